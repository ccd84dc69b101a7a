/**
 * A graph with its behaviors as bytes, before they are compressed: the vocabulary and the lists of
 * steps as JSON, then for each state and actor the number of a list, the lengths of the behaviors,
 * and the choices. Numbers are varints of seven bits a byte, the lowest first.
 */
import { z } from "zod";
import type { ModelGraph } from "./modelGraph.js";
import { type OfferedGraph, offersOf } from "./offers.js";
import { rebuildGraph } from "./rebuildGraph.js";
import type { Behaviors } from "./tour.js";

export interface Corpus {
  readonly graph: ModelGraph;
  readonly behaviors: Behaviors;
}

/** How much there is of everything; a file says it in its head. */
export interface Amounts {
  readonly states: number;
  readonly edges: number;
  readonly behaviors: number;
  readonly steps: number;
}

export const amountsOf = ({ graph, behaviors }: Corpus): Amounts => ({
  states: graph.states,
  edges: graph.targets.length,
  behaviors: behaviors.lengths.length,
  steps: behaviors.choices.length,
});

export function encodeContent({ graph, behaviors }: Corpus): Buffer {
  const { lists, ...vocabulary } = offersOf(graph);
  const json = Buffer.from(JSON.stringify(vocabulary));
  return Buffer.concat([
    varints([json.length]),
    json,
    varints(lists),
    varints(behaviors.lengths),
    behaviors.choices,
  ]);
}

/** @throws Error, with what is wrong, where the bytes are no content with these amounts */
export function decodeContent(content: Buffer, amounts: Amounts): Corpus {
  const reader = new Reader(content);
  const [jsonBytes] = reader.varints(1, Uint32Array);
  const vocabulary = vocabularyIn(reader.bytes(jsonBytes).toString("utf8"));
  const lists = reader.varints(amounts.states * vocabulary.actors, Uint16Array);
  const lengths = Int32Array.from(reader.varints(amounts.behaviors, Uint32Array));
  const choices = Uint8Array.from(reader.bytes(amounts.steps));
  if (!reader.isAtEnd) throw new Error("there are bytes behind its end");
  const steps = lengths.reduce((sum, length) => sum + length, 0);
  if (steps !== amounts.steps) throw new Error(`its behaviors have ${steps} steps`);
  const graph = rebuildGraph({ ...vocabulary, lists });
  if (graph.targets.length !== amounts.edges) {
    throw new Error(`its graph has ${graph.targets.length} edges, not ${amounts.edges}`);
  }
  return { graph, behaviors: { choices, lengths } };
}

const count = z.int().nonnegative();
const vocabularyForm = z.strictObject({
  cells: z.array(
    z.strictObject({
      parts: z.array(z.strictObject({ variable: z.string(), index: count })).min(1),
      values: z.array(z.array(z.string())).min(1),
    }),
  ),
  actors: count.min(1),
  actions: z.array(z.string()).min(1),
  initial: z.array(count),
  offers: z.array(z.array(z.array(z.array(z.array(count).min(1))))),
});

/** @throws Error where it is none, or names what it does not have */
function vocabularyIn(json: string): Omit<OfferedGraph, "lists"> {
  const parsed = vocabularyForm.safeParse(JSON.parse(json));
  if (!parsed.success) throw new Error(`its vocabulary is none: ${parsed.error.issues[0].message}`);
  const vocabulary = parsed.data;
  const { cells, actors, actions, initial, offers } = vocabulary;
  const isValue = (cell: number | undefined, value: number | undefined): boolean =>
    (value ?? 0) < (cells[cell ?? 0]?.values.length ?? 0);
  const isWhole =
    actors <= cells.length &&
    cells.every(({ parts, values }) => values.every(({ length }) => length === parts.length)) &&
    initial.length === cells.length &&
    initial.every((value, cell) => isValue(cell, value)) &&
    offers.length === actors &&
    offers.every((of, a) => of.length === cells[a].values.length) &&
    offers.flat(3).every((offer) => isOffer(offer, actions.length, isValue));
  if (!isWhole) throw new Error("its vocabulary names what is not in it");
  return vocabulary;
}

function isOffer(
  [action, ...changes]: readonly number[],
  actions: number,
  isValue: (cell: number | undefined, value: number | undefined) => boolean,
): boolean {
  const pairs = Array.from({ length: Math.ceil(changes.length / 2) }, (_, i) => 2 * i);
  const isPaired = changes.length % 2 === 0;
  return action < actions && isPaired && pairs.every((i) => isValue(changes[i], changes[i + 1]));
}

function varints(numbers: Iterable<number> & { readonly length: number }): Buffer {
  const bytes = Buffer.allocUnsafe(5 * numbers.length);
  let end = 0;
  for (const number of numbers) {
    let rest = number;
    for (; rest > 127; rest >>>= 7) bytes[end++] = (rest & 127) | 128;
    bytes[end++] = rest;
  }
  return bytes.subarray(0, end);
}

type NumberArray = Uint16Array | Uint32Array;

class Reader {
  private at = 0;

  constructor(private readonly content: Buffer) {}

  get isAtEnd(): boolean {
    return this.at === this.content.length;
  }

  bytes(length: number): Buffer {
    if (this.at + length > this.content.length) throw new Error("it ends too early");
    this.at += length;
    return this.content.subarray(this.at - length, this.at);
  }

  varints<T extends NumberArray>(length: number, make: new (size: number) => T): T {
    if (length > this.content.length - this.at) throw new Error("it ends too early");
    const numbers = new make(length);
    for (let i = 0; i < length; i++) {
      let number = 0;
      let byte = 128;
      for (let shift = 0; byte > 127; shift += 7) {
        byte = this.content[this.at++] ?? 0;
        if (shift > 28) throw new Error("it has a number that is too large");
        number |= (byte & 127) << shift;
      }
      numbers[i] = number;
      if (numbers[i] !== number) throw new Error("it has a number that is too large");
    }
    if (this.at > this.content.length) throw new Error("it ends too early");
    return numbers;
  }
}
