/** The whole graph again, from its initial state and the steps of each actor in each state. */
import type { Field } from "../engine/packing.js";
import { StateTable } from "../engine/stateTable.js";
import { CellPacking, kindOf, type ModelGraph } from "./modelGraph.js";
import type { Offer, OfferedGraph } from "./offers.js";

/** @throws Error, with what is wrong, where the parts do not make one graph */
export function rebuildGraph(offered: OfferedGraph): ModelGraph {
  const { cells, actors, actions, initial, lists } = offered;
  const packing = new CellPacking(offered);
  const { fields, words } = packing;
  const table = new OfferTable(offered, packing);
  const states = lists.length / actors;
  const known = new StateTable(words, powerOfTwo(states));
  const firstEdge = new Int32Array(states + 1);
  let targets = new Int32Array(4 * states);
  let kinds = new Uint16Array(4 * states);
  let edge = 0;
  const successor = new Int32Array(words);
  for (const [c, field] of fields.entries()) put(successor, field, initial[c]);
  known.add(successor);
  for (let s = 0; s < known.size; s++) {
    if (s >= states) throw new Error(`there are steps into more than ${states} states`);
    for (let a = 0; a < actors; a++) {
      const { word, shift, mask } = fields[a];
      const value = (known.arena[s * words + word] >>> shift) & mask;
      const list = table.listOf(a, value, lists[s * actors + a]);
      if (list < 0) throw new Error(`state ${s} has no list ${lists[s * actors + a]} of steps`);
      for (let o = table.first[list]; o < table.first[list + 1]; o++) {
        if (edge === targets.length) {
          targets = enlarged(targets, new Int32Array(2 * edge));
          kinds = enlarged(kinds, new Uint16Array(2 * edge));
        }
        const at = 2 * words * o;
        for (let w = 0; w < words; w++) {
          const before = known.arena[s * words + w];
          successor[w] = (before & table.effects[at + w]) | table.effects[at + words + w];
        }
        targets[edge] = known.add(successor);
        kinds[edge++] = table.kinds[o];
      }
    }
    firstEdge[s + 1] = edge;
  }
  if (known.size !== states) throw new Error(`there are ${known.size} states, not ${states}`);
  return {
    ...{ cells, actors, actions, states, firstEdge },
    arena: known.arena.slice(0, states * words),
    targets: targets.slice(0, edge),
    kinds: kinds.slice(0, edge),
  };
}

/** All steps of all lists, as masked operations on a state's words. */
class OfferTable {
  /** The first step of each list, and the end of the last one's. */
  readonly first: Int32Array;
  /** Of each step: the words to keep, then the words to set. */
  readonly effects: Int32Array;
  readonly kinds: Uint16Array;
  /** By actor, by value: the number of its first list, and behind the last value that of none. */
  private readonly listsOf: readonly Int32Array[];

  constructor(offered: OfferedGraph, { fields, words }: CellPacking) {
    const lists = offered.offers.flat(2);
    const steps = lists.flat();
    this.first = new Int32Array(lists.length + 1);
    for (const [i, { length }] of lists.entries()) this.first[i + 1] = this.first[i] + length;
    this.effects = new Int32Array(2 * words * steps.length);
    this.kinds = new Uint16Array(steps.length);
    let at = 0;
    let number = 0;
    this.listsOf = offered.offers.map((byValue, a) => {
      const starts = new Int32Array(byValue.length + 1);
      for (const [value, own] of byValue.entries()) {
        starts[value] = number;
        number += own.length;
        for (const step of own.flat()) {
          this.kinds[at] = kindOf(offered, a + 1, step[0]);
          this.putEffect(step, fields, words, at++);
        }
      }
      starts[byValue.length] = number;
      return starts;
    });
  }

  /** -1 where there is none. */
  listOf(a: number, value: number, nth: number): number {
    const starts = this.listsOf[a];
    const list = starts[value] + nth;
    return list < starts[value + 1] ? list : -1;
  }

  private putEffect(step: Offer, fields: readonly Field[], words: number, at: number): void {
    const keep = this.effects.subarray(2 * words * at, 2 * words * at + words);
    const set = this.effects.subarray(2 * words * at + words, 2 * words * (at + 1));
    keep.fill(-1);
    for (let i = 1; i < step.length; i += 2) {
      const field = fields[step[i]];
      keep[field.word] &= ~(field.mask << field.shift);
      put(set, field, step[i + 1]);
    }
  }
}

function put(words: Int32Array, { word, shift }: Field, value: number): void {
  words[word] |= value << shift;
}

const powerOfTwo = (least: number): number => 2 ** Math.ceil(Math.log2(Math.max(2, least)));

function enlarged<T extends Int32Array | Uint16Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
