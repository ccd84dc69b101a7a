/**
 * How wide the fields of a system's states need to be, as far as some of its states tell: those
 * that come first, and those on some long ways. A field as wide as what is declared would mostly be
 * empty, and states would take more memory; where the guess is too low, the explorer starts over.
 */
import { SyncFault } from "../../src/sync/index.js";
import type { Automaton } from "./automaton.js";
import type { AutomatonLog } from "./automatonLog.js";
import type { Explorable } from "./explorable.js";
import { FieldExhausted } from "./fieldExhausted.js";
import { bitsFor, declaredWidths, readField, type Widths } from "./packing.js";
import { Search } from "./search.js";
import { Stepper } from "./stepper.js";

/** More nodes than this are not sampled. */
const NODE_BITS = 10;

/** How many long ways there are, and the most steps of each. */
const WAYS = 64;
const STEPS = 1000;

/** What is found of the actors on the way need not be found again. */
export interface Sampled {
  readonly widths: Widths;
  readonly automata: readonly Automaton[];
}

/**
 * @param sample How many states are looked at.
 * @param log Has what is found of the actors, too, for workers.
 */
export function sampleWidths(
  system: Explorable,
  sample: number,
  log: AutomatonLog | null = null,
): Sampled {
  const declared = declaredWidths(system, NODE_BITS);
  const stepper = new Stepper(system, declared, log);
  const { packing, automata } = stepper;
  const used = stepper.initial.slice();
  const note = (words: Int32Array, base: number): void => {
    for (let w = 0; w < used.length; w++) used[w] |= words[base + w];
  };
  try {
    if (!searchSome(stepper, sample, note)) walkSome(stepper, note);
  } catch (error) {
    // An actor has more local states than this, or a way leads to a misuse of shared memory, which
    // the explorer finds too; what is known so far will do to begin with.
    if (!(error instanceof FieldExhausted || error instanceof SyncFault)) throw error;
  }
  const widths = {
    nodes: automata.map(({ nodes }) => bitsFor(nodes.length + (nodes.length >>> 3) + 1)),
    slots: packing.slots.map((field) => bitsFor(readField(used, 0, field) + 1)),
  };
  return { widths, automata };
}

type Note = (words: Int32Array, base: number) => void;

/** @returns whether these are all states. @throws FieldExhausted */
function searchSome(stepper: Stepper, sample: number, note: Note): boolean {
  const search = new Search(stepper, {
    checkables: [],
    deadlock: false,
    memoryLimit: Number.POSITIVE_INFINITY,
  });
  search.start();
  search.addAll(search.batch);
  while (search.found > 0 && search.set.size < sample && !search.stopped) {
    search.beginLevel();
    while (search.hasStates && !search.stopped) {
      search.expandSome();
      const { states, count } = search.batch;
      for (let i = 0; i < count; i++) note(states, i * stepper.packing.words);
      search.addAll(search.batch);
    }
  }
  return search.found === 0;
}

/** The same ways each time. @throws FieldExhausted */
function walkSome(stepper: Stepper, note: Note): void {
  let seed = 1;
  const { words } = stepper.packing;
  const successors = new Int32Array(1024 * words);
  for (let way = 0; way < WAYS; way++) {
    const state = stepper.initial.slice();
    for (let i = 0; i < STEPS; i++) {
      let count = 0;
      stepper.forEachStep(state, 0, (_, __, after) => {
        if (count < 1024) successors.set(after, count++ * words);
      });
      if (count === 0) break;
      // The generator of Park and Miller.
      seed = (seed * 48_271) % 2_147_483_647;
      const at = (seed % count) * words;
      state.set(successors.subarray(at, at + words));
      note(state, 0);
    }
  }
}
