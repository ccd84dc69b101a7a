/**
 * The steps that the implementation offers in a packed state.
 *
 * Nothing here knows the protocol: operations come from the automata, meaning from src/, and a
 * step that was taken before is a look-up.
 */
import { choicesOf, type Operation } from "../../src/sync/index.js";
import { type Automaton, IDLE } from "./automaton.js";
import type { AutomatonLog } from "./automatonLog.js";
import { branchOf } from "./branch.js";
import type { StateView } from "./clause.js";
import type { Explorable } from "./explorable.js";
import { changeField, declaredWidths, Packing, readField, type Widths } from "./packing.js";
import {
  BLOCKED_STEP,
  FIRST_ENTRY,
  KEY_LIMIT,
  KEY_MASK,
  KEY_SHIFT,
  KEY_WORD,
  MORE,
  PLACE,
  StepTable,
  UNKNOWN,
} from "./stepTable.js";

const NODE_BITS = 12;

/** Called for each step; `words` holds the successor and is used again for the next one. */
export type OnStep = (
  actor: number,
  operation: Operation,
  words: Int32Array,
  /** As branch.ts has it. */
  branch: number,
) => void;

/** An operation that comes next, on one branch. */
export interface Offer {
  readonly branch: number;
  readonly operation: Operation;
}

export class Stepper<S extends Explorable = Explorable> {
  readonly packing: Packing;
  readonly table: StepTable;
  /** The initial state. */
  readonly initial: Int32Array;
  private readonly successor: Int32Array;

  /**
   * @param widths Default: all that is declared, and 4096 nodes of each actor.
   * @param automata What is known of the actors. Default: nothing.
   */
  constructor(
    readonly system: S,
    widths: Widths = declaredWidths(system, NODE_BITS),
    log: AutomatonLog | null = null,
    automata?: readonly Automaton[],
  ) {
    this.packing = new Packing(system, widths);
    this.table = new StepTable(system, this.packing, log, automata);
    this.successor = new Int32Array(this.packing.words);
    this.initial = initialState(system, this.packing);
  }

  get automata(): readonly Automaton[] {
    return this.table.automata;
  }

  /** The state at `words[base..]`, of which everything may be read. */
  viewAt(words: Int32Array, base: number): StateView {
    const { packing, automata } = this;
    return {
      profile: (actor) =>
        automata[actor - 1].nodes[readField(words, base, packing.nodes[actor - 1])].profile,
      code: (slot) => readField(words, base, packing.slots[slot]),
    };
  }

  /** Visits every step that is enabled in the state at `words[base..]`. @throws SyncFault */
  forEachStep(words: Int32Array, base: number, visit: OnStep): void {
    const { table, packing } = this;
    for (let a = 0; a < packing.nodes.length; a++) {
      const node = readField(words, base, packing.nodes[a]);
      const first = table.placeOf(a, node, 0);
      let count = node === IDLE ? table.system.actors[a].programs.length : 1;
      for (let nth = 0; nth < count; nth++) {
        this.step(words, base, a, nth, first + nth, visit);
        // How many choices there are is known once the first of them was looked up.
        if (nth === 0 && node !== IDLE) count += table.places[first * PLACE + MORE];
      }
    }
  }

  /**
   * The numbers in the table of all steps that are enabled in the state at `words[base..]`, by
   * actor; {@link take} takes one.
   *
   * @param into Room for them.
   * @returns How many there are; more than there was room for when that is larger than `into`.
   * @throws SyncFault
   */
  enabledSteps(words: Int32Array, base: number, into: Int32Array): number {
    const { table, packing } = this;
    let found = 0;
    for (let a = 0; a < packing.nodes.length; a++) {
      const node = readField(words, base, packing.nodes[a]);
      const first = table.placeOf(a, node, 0);
      let count = node === IDLE ? table.system.actors[a].programs.length : 1;
      for (let nth = 0; nth < count; nth++) {
        const entry = this.entryAt(words, base, a, nth, first + nth);
        if (nth === 0 && node !== IDLE) count += table.places[first * PLACE + MORE];
        if (entry !== BLOCKED_STEP) into[found++] = entry;
      }
    }
    return found;
  }

  /** Takes a step that is enabled in the state at `words[base..]`; `into` gets what it leads to. */
  take(step: number, words: Int32Array, base: number, into: Int32Array): void {
    const { effects } = this.table;
    const n = this.packing.words;
    const effect = 2 * n * step;
    for (let w = 0; w < n; w++) {
      into[w] = (words[base + w] & effects[effect + w]) | effects[effect + n + w];
    }
  }

  /** What actor `a`, from 0, may do next, enabled or not, in the order of its steps. */
  offersOf(a: number, words: Int32Array, base = 0): readonly Offer[] {
    const automaton = this.automata[a];
    const { operation } = automaton.nodes[readField(words, base, this.packing.nodes[a])];
    if (operation === null) {
      return automaton.firsts.map((first, branch) => ({ branch, operation: first }));
    }
    const choices = choicesOf(this.system.layout, operation);
    return Array.from({ length: choices }, (_, nth) => {
      return { branch: branchOf(nth, false, choices), operation };
    });
  }

  /** Takes one step, the actor's `nth`. */
  private step(
    words: Int32Array,
    base: number,
    a: number,
    nth: number,
    place: number,
    visit: OnStep,
  ): void {
    const entry = this.entryAt(words, base, a, nth, place);
    if (entry === BLOCKED_STEP) return;
    this.take(entry, words, base, this.successor);
    const { operation, branch } = this.table.steps[entry]!;
    visit(a + 1, operation, this.successor, branch);
  }

  private entryAt(words: Int32Array, base: number, a: number, nth: number, place: number): number {
    const { table } = this;
    const { places } = table;
    const at = place * PLACE;
    let key =
      (words[base + places[at + KEY_WORD]] >>> places[at + KEY_SHIFT]) & places[at + KEY_MASK];
    if (key > places[at + KEY_LIMIT]) key = places[at + KEY_LIMIT];
    const entry = table.entries[places[at + FIRST_ENTRY] + key];
    return entry === UNKNOWN ? table.resolve(a, nth, words, base) : entry;
  }
}

export function initialState({ layout }: Explorable, packing: Packing): Int32Array {
  const words = new Int32Array(packing.words);
  for (const [i, field] of packing.slots.entries()) {
    changeField(words, 0, field, 0, layout.initialSlots[i]);
  }
  return words;
}
