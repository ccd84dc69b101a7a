/**
 * States packed into 32-bit words, from the declarations alone: a field for each slot of the
 * layout, wide enough for its values, and one for the node of each actor.
 */
import type { Explorable } from "./explorable.js";

export interface Field {
  readonly word: number;
  readonly shift: number;
  /** Unshifted. */
  readonly mask: number;
}

/** How wide the fields of a state are, in bits. */
export interface Widths {
  /** Of the nodes of each actor; index 0 is actor 1. */
  readonly nodes: readonly number[];
  readonly slots: readonly number[];
}

/** Wide enough for all that the layout declares, and for so many nodes of each actor. */
export const declaredWidths = ({ actors, layout }: Explorable, nodeBits: number): Widths => ({
  nodes: actors.map(() => nodeBits),
  slots: layout.slotLimits.map((limit) => bitsFor(limit)),
});

export class Packing {
  /** How many 32-bit words a state takes. */
  readonly words: number;
  readonly slots: readonly Field[];
  /** Index 0 is actor 1. */
  readonly nodes: readonly Field[];

  constructor(
    { actors, layout }: Explorable,
    readonly widths: Widths,
  ) {
    const groups = [
      ...actors.map((_, a) => [{ of: "nodes" as const, index: a, bits: widths.nodes[a] }]),
      ...layout.locations.map(({ slot, slots }) =>
        Array.from({ length: slots }, (_, i) => {
          return { of: "slots" as const, index: slot + i, bits: widths.slots[slot + i] };
        }),
      ),
    ];
    const { nodes, slots, words } = place(groups.flatMap(splitIfWide));
    this.words = words;
    this.nodes = nodes;
    this.slots = slots;
  }
}

interface Part {
  readonly of: "nodes" | "slots";
  readonly index: number;
  readonly bits: number;
}

/** How many bits tell `limit` values apart. */
export const bitsFor = (limit: number): number => (limit <= 1 ? 0 : 32 - Math.clz32(limit - 1));

const sum = (group: readonly Part[]): number => group.reduce((bits, part) => bits + part.bits, 0);

/** The slots of a location stay together, if a word has room for them. */
const splitIfWide = (group: readonly Part[]): readonly (readonly Part[])[] =>
  sum(group) <= 32 ? [group] : group.map((part) => [part]);

/** Wide groups first, each in the first word with room for it. */
function place(groups: readonly (readonly Part[])[]) {
  const used: number[] = [0];
  const fields: { nodes: Field[]; slots: Field[] } = { nodes: [], slots: [] };
  for (const group of groups.toSorted((a, b) => sum(b) - sum(a))) {
    let word = used.findIndex((bits) => bits + sum(group) <= 32);
    if (word < 0) word = used.push(0) - 1;
    for (const { of, index, bits } of group) {
      // A field of no bits reads as 0 wherever it is; a shift by 32 would be one by 0.
      fields[of][index] = { word, shift: bits === 0 ? 0 : used[word], mask: 2 ** bits - 1 };
      used[word] += bits;
    }
  }
  return { ...fields, words: used.length };
}

/** Reads a field. */
export function readField(words: Int32Array, base: number, field: Field): number {
  return (words[base + field.word] >>> field.shift) & field.mask;
}

/** Changes a field from one value to another. */
export function changeField(
  words: Int32Array,
  base: number,
  field: Field,
  from: number,
  to: number,
): void {
  words[base + field.word] = (words[base + field.word] + ((to - from) << field.shift)) | 0;
}
