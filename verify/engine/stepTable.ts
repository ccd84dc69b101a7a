/**
 * Steps as table look-ups: (place of an actor, what its operation depends on) -> the whole step.
 *
 * A place is a node of an actor with a choice of the environment, or a program that it may start.
 * The bits that the operation there depends on are one field of the packed state; the field's value
 * finds an entry, and the entry is a masked operation on the words that changes shared memory and
 * the actor's node at once. Entries are made when they are met for the first time, by executing the
 * operation.
 */
import { choicesAt, choicesOf, type Operation } from "../../src/sync/index.js";
import { Automaton, IDLE } from "./automaton.js";
import type { AutomatonLog } from "./automatonLog.js";
import { branchOf } from "./branch.js";
import type { Explorable } from "./explorable.js";
import { FieldExhausted } from "./fieldExhausted.js";
import { partOf } from "./fieldPart.js";
import { type Footprint, footprintOf } from "./footprint.js";
import { bitsFor, type Field, type Packing, readField } from "./packing.js";
import { effectOf } from "./stepEffect.js";

/** Integers that describe a place: where its key is in a state, and its part of `entries`. */
export const PLACE = 8;
export const KEY_WORD = 0;
export const KEY_SHIFT = 1;
export const KEY_MASK = 2;
/** Greater keys count as this one. */
export const KEY_LIMIT = 3;
export const FIRST_ENTRY = 4;
/** At the first place of a node, known once that is met: how many more choices it has. */
export const MORE = 5;

/** Values of `entries`: not met yet, and known to be blocked; all else numbers a step. */
export const UNKNOWN = 0;
export const BLOCKED_STEP = 1;

/** A key of more bits is looked up by its text, each time. */
const MOST_KEY_BITS = 13;

/** What an entry stands for. */
export interface KnownStep {
  /** From 1. */
  readonly actor: number;
  readonly operation: Operation;
  /** As branch.ts has it. */
  readonly branch: number;
  /** The node before the step. */
  readonly from: number;
  readonly to: number;
  readonly result: number;
}

export class StepTable {
  readonly automata: readonly Automaton[];
  /** PLACE integers for each place; all 0 until the place is met. */
  readonly places: Int32Array;
  /** How many places a node has: the most choices that any operation can have. */
  readonly choices: number;
  /** The first place of each actor's nodes, and of its programs. */
  readonly nodePlaces: readonly number[];
  readonly programPlaces: readonly number[];
  /** The first one is always UNKNOWN: it is where places point that are not met yet. */
  entries: Int32Array = new Int32Array(1024);
  /** For each step the words to keep, then the words to set. */
  effects: Int32Array = new Int32Array(1024);
  /** How often each step was taken; whoever takes steps counts. */
  counts = new Float64Array(256);
  /** By number; the first two are not steps. */
  readonly steps: (KnownStep | undefined)[] = [undefined, undefined];

  private entryCount = 1;
  private readonly byText = new Map<string, number>();

  constructor(
    readonly system: Explorable,
    readonly packing: Packing,
    private readonly log: AutomatonLog | null = null,
    automata: readonly Automaton[] = system.actors.map((actor) => new Automaton(system, actor)),
  ) {
    this.automata = automata;
    let place = 0;
    const take = (count: number): number => {
      place += count;
      return place - count;
    };
    this.choices = mostChoices(system);
    this.nodePlaces = packing.widths.nodes.map((bits) => take(this.choices * 2 ** bits));
    this.programPlaces = system.actors.map(({ programs }) => take(programs.length));
    this.places = new Int32Array(place * PLACE);
  }

  /** Learns the nodes that others have found, before a state of theirs is looked at. */
  learn(): void {
    this.log?.learn(this.discover);
  }

  /**
   * The entry for a step of actor `a`, from 0, in the state at `words[base..]`.
   *
   * @param nth Which of its steps, from 0: the program that it starts, or the choice.
   * @throws SyncFault, VerifyError FIELD_EXHAUSTED
   */
  resolve(a: number, nth: number, words: Int32Array, base: number): number {
    const node = readField(words, base, this.packing.nodes[a]);
    if (node >= this.automata[a].nodes.length) this.learn();
    const automaton = this.automata[a];
    const op = automaton.nodes[node].operation ?? automaton.firsts[nth];
    const place = PLACE * this.placeOf(a, node, nth);
    if (node !== IDLE && nth === 0) {
      this.places[place + MORE] = choicesOf(this.system.layout, op) - 1;
    }
    const footprint = footprintOf(this.system.layout, op, a + 1);
    const key = this.keyOf(footprint);
    if (key === null) return this.byKeyText(a, node, nth, op, footprint, words, base);
    if (this.places[place + FIRST_ENTRY] === 0) this.openPlace(place, key);
    const value = Math.min(readField(words, base, key), this.places[place + KEY_LIMIT]);
    const entry = this.places[place + FIRST_ENTRY] + value;
    if (this.entries[entry] === UNKNOWN) {
      this.entries[entry] = this.newStep(a, node, nth, op, footprint, words, base);
    }
    return this.entries[entry];
  }

  /** The place of the `nth` step of an actor, from 0, at a node. */
  placeOf(a: number, node: number, nth: number): number {
    return (node === IDLE ? this.programPlaces[a] : this.nodePlaces[a] + node * this.choices) + nth;
  }

  /** The field that holds all that a footprint reads; null when there is no such small field. */
  private keyOf({ reads, onlyWhenZero }: Footprint): (Field & { limit: number }) | null {
    const fields = reads
      .map(({ slot, mask }) => partOf(this.packing.slots[slot], mask))
      .filter((field) => field.mask !== 0);
    if (fields.length === 0) return { word: 0, shift: 0, mask: 0, limit: 0 };
    const { word } = fields[0];
    const shift = Math.min(...fields.map((field) => field.shift));
    const top = Math.max(...fields.map((field) => field.shift + bitsFor(field.mask + 1)));
    const bits = top - shift;
    if (fields.some((field) => field.word !== word) || bits > 31) return null;
    const used = fields.reduce((count, field) => count + bitsFor(field.mask + 1), 0);
    if (onlyWhenZero ? used < bits : bits > MOST_KEY_BITS) return null;
    const mask = 2 ** bits - 1;
    return { word, shift, mask, limit: onlyWhenZero ? 1 : mask };
  }

  private openPlace(place: number, key: Field & { limit: number }): void {
    const first = this.entryCount;
    this.entryCount += key.limit + 1;
    this.entries = withRoom(this.entries, this.entryCount);
    this.places.set([key.word, key.shift, key.mask, key.limit, first], place);
  }

  /** For operations that depend on too many bits for a table. */
  private byKeyText(
    a: number,
    node: number,
    nth: number,
    op: Operation,
    footprint: Footprint,
    words: Int32Array,
    base: number,
  ): number {
    const values = footprint.reads.map(({ slot, mask }) => {
      return readField(words, base, this.packing.slots[slot]) & mask;
    });
    const text = `${a}:${node}:${nth}:${values}`;
    let step = this.byText.get(text);
    if (step === undefined) {
      step = this.newStep(a, node, nth, op, footprint, words, base);
      this.byText.set(text, step);
    }
    return step;
  }

  private newStep(
    a: number,
    node: number,
    nth: number,
    op: Operation,
    footprint: Footprint,
    words: Int32Array,
    base: number,
  ): number {
    const { packing, system } = this;
    const isIdle = node === IDLE;
    const choice = isIdle ? 0 : nth;
    const effect = effectOf(system.layout, packing, footprint, op, a + 1, choice, words, base);
    if (effect === null) return BLOCKED_STEP;
    const { result, keep, set } = effect;
    const to = this.nodeAfter(a, isIdle ? ~nth : node, result);
    if (to >>> packing.widths.nodes[a] !== 0) throw nodesExhausted(this.automata[a], packing, a);
    const field = packing.nodes[a];
    keep[field.word] &= ~(field.mask << field.shift);
    set[field.word] |= to << field.shift;

    const number = this.steps.length;
    this.effects = withRoom(this.effects, 2 * packing.words * (number + 1));
    this.effects.set(keep, 2 * packing.words * number);
    this.effects.set(set, 2 * packing.words * number + packing.words);
    if (number === this.counts.length) {
      const counts = new Float64Array(2 * number);
      counts.set(this.counts);
      this.counts = counts;
    }
    const branch = branchOf(nth, isIdle, choicesOf(system.layout, op));
    this.steps.push({ actor: a + 1, operation: op, branch, from: node, to, result });
    return number;
  }

  /** The node that a result leads to; found by all workers in one order. */
  private nodeAfter(a: number, node: number, result: number): number {
    const automaton = this.automata[a];
    const isKnown = () =>
      node < 0 ? automaton.knownStarts(~node).has(result) : automaton.known(node).has(result);
    if (!isKnown()) this.log?.add(a, node, result, isKnown, this.discover);
    return node < 0 ? automaton.start(~node, result) : automaton.next(node, result);
  }

  private readonly discover = (a: number, node: number, result: number): void => {
    if (node < 0) this.automata[a].start(~node, result);
    else this.automata[a].next(node, result);
  };

  /** How often each action was taken, as counted. */
  countsByLabel(): Map<string, number> {
    const byLabel = new Map<string, number>();
    for (const [i, step] of this.steps.entries()) {
      if (step === undefined || this.counts[i] === 0) continue;
      const { label } = step.operation;
      byLabel.set(label, (byLabel.get(label) ?? 0) + this.counts[i]);
    }
    return byLabel;
  }
}

/** The most results that the environment may choose from. */
function mostChoices({ layout }: Explorable): number {
  return Math.max(1, ...layout.locations.map(choicesAt));
}

function withRoom(array: Int32Array, length: number): Int32Array {
  if (length <= array.length) return array;
  const larger = new Int32Array(Math.max(length, 2 * array.length));
  larger.set(array);
  return larger;
}

function nodesExhausted({ actor }: Automaton, { widths }: Packing, a: number): FieldExhausted {
  const what = `${actor.name} has more than ${2 ** widths.nodes[a]} local states`;
  return new FieldExhausted({ of: "nodes", index: a }, what);
}
