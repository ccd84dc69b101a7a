/**
 * Takes every step of many states, with code made for one packing.
 *
 * The code is made from the declarations: where the node of each actor is, how many programs it
 * has, and how many words a state takes. What a step does is in the step table. Only where the
 * environment can choose at all is there code that asks how many choices a node has.
 */
import type { Packing } from "./packing.js";
import { hashLines, indices, words } from "./stateCode.js";
import {
  BLOCKED_STEP,
  FIRST_ENTRY,
  KEY_LIMIT,
  KEY_MASK,
  KEY_SHIFT,
  KEY_WORD,
  MORE,
  PLACE,
  type StepTable,
} from "./stepTable.js";

/** The steps of some states: where each leads, its hash, from where, and which step it is. */
export class StepBatch {
  readonly states: Int32Array;
  readonly hashes: Int32Array;
  /** Which state, counted in its chunk, the step is one of. */
  readonly sources: Int32Array;
  readonly steps: Int32Array;
  count = 0;
  /** The state to go on with. */
  next = 0;
  /** A state without steps; -1 when there was none. */
  deadlock = -1;
  /** The state whose steps were looked up last. */
  source = 0;

  constructor(
    words: number,
    /** How many steps the batch takes before it is full; one state's steps more have room. */
    readonly limit: number,
    mostSteps: number,
  ) {
    this.states = new Int32Array((limit + mostSteps) * words);
    this.hashes = new Int32Array(limit + mostSteps);
    this.sources = new Int32Array(limit + mostSteps);
    this.steps = new Int32Array(limit + mostSteps);
  }
}

/**
 * Takes the steps of the states `first..end-1` of a chunk until the batch is full, counts them in
 * the table, and notes in the batch the state to go on with.
 *
 * @throws SyncFault, VerifyError FIELD_EXHAUSTED; `batch.source` is the state then.
 */
export type Expand = (
  table: StepTable,
  batch: StepBatch,
  chunk: Int32Array,
  first: number,
  end: number,
) => void;

/** How many steps a state can have, at the most. */
export const mostStepsOf = ({ system, choices }: StepTable): number =>
  system.actors.reduce((steps, { programs }) => steps + Math.max(choices, programs.length), 0);

/** @param visible The bits that the hash of a state follows from. */
export function compileExpand(table: StepTable, visible: Int32Array, hashBits: number): Expand {
  const n = table.packing.words;
  const actors = table.system.actors.map((_, a) => actorCode(table, a, visible, hashBits));
  const body = `
    const { places } = table, { states, hashes, sources, steps, limit } = batch;
    let entries = table.entries, effects = table.effects, counts = table.counts;
    let count = 0, index = first;
    batch.deadlock = -1;
    for (; index < end && count < limit; index++) {
      const o = index * ${n}, before = count;
      ${words("chunk", "o", n, "s")}
      let place = 0, last = 0;
      ${actors.join("")}
      if (count === before && batch.deadlock < 0) batch.deadlock = index;
    }
    batch.count = count;
    batch.next = index;`;
  return new Function("table", "batch", "chunk", "first", "end", body) as Expand;
}

/** The steps of one actor: those of its node, or all that start a program. */
function actorCode(table: StepTable, a: number, visible: Int32Array, hashBits: number): string {
  const { packing, nodePlaces, programPlaces, system, choices } = table;
  const { word, shift, mask } = packing.nodes[a];
  const n = packing.words;
  const first = programPlaces[a];
  const nth = `place >= ${first} ? place - ${first} : (place - ${nodePlaces[a]}) % ${choices}`;
  // The places of programs have no more; those of a node do when the first of them was met.
  const more = choices > 1 ? `last += places[at + ${MORE}];` : "";
  const successor = indices(n).map(
    (w) => `t${w} = (s${w} & effects[f + ${w}]) | effects[f + ${n + w}]`,
  );
  return `
      place = (s${word} >>> ${shift}) & ${mask};
      if (place !== 0) { place = ${nodePlaces[a]} + place * ${choices}; last = place; }
      else { place = ${first}; last = ${first + system.actors[a].programs.length - 1}; }
      for (; place <= last; place++) {
        const at = place * ${PLACE};
        let key = chunk[o + places[at + ${KEY_WORD}]] >>> places[at + ${KEY_SHIFT}];
        key &= places[at + ${KEY_MASK}];
        if (key > places[at + ${KEY_LIMIT}]) key = places[at + ${KEY_LIMIT}];
        let step = entries[places[at + ${FIRST_ENTRY}] + key];
        if (step === 0) {
          batch.source = index;
          step = table.resolve(${a}, ${nth}, chunk, o);
          entries = table.entries; effects = table.effects; counts = table.counts;
        }
        ${more}
        if (step === ${BLOCKED_STEP}) continue;
        const f = step * ${2 * n}, ${successor.join(", ")};
        ${hashLines("h", "t", visible, hashBits)}
        const to = count * ${n};
        ${indices(n)
          .map((w) => `states[to + ${w}] = t${w};`)
          .join(" ")}
        hashes[count] = h; sources[count] = index; steps[count] = step;
        counts[step]++;
        count++;
      }`;
}

/** The bits of a state that the model sees: all but those of hidden slots. */
export function visibleBits(packing: Packing, hiddenSlots: readonly number[]): Int32Array {
  const visible = new Int32Array(packing.words).fill(-1);
  for (const slot of hiddenSlots) {
    const { word, shift, mask } = packing.slots[slot];
    visible[word] &= ~(mask << shift);
  }
  return visible;
}
