/**
 * Behaviors that together take each edge as often as a cover says: an Eulerian tour of the graph in
 * which each edge is there that often, cut where a behavior ends and the next one begins.
 */
import type { Edges } from "./shortestCover.js";

export interface Behaviors {
  /** For each step, all behaviors one after the other: which of the state's edges, from 0. */
  readonly choices: Uint8Array;
  /** How many steps each behavior has. */
  readonly lengths: Int32Array;
}

/** A choice has 8 bits. */
export const MOST_EDGES = 2 ** 8;

/** What stands in a tour where one behavior ends and another begins. */
const AGAIN = -1;

/** @param extra How often each edge is taken beyond the first time, as a cover has it. */
export function behaviorsOf(edges: Edges, extra: Int32Array): Behaviors {
  const { states, firstEdge, targets } = edges;
  const left = Int32Array.from(extra, (more) => more + 1);
  // What comes in and does not go out ends there.
  const ends = new Int32Array(states);
  for (let s = 0; s < states; s++) {
    for (let e = firstEdge[s]; e < firstEdge[s + 1]; e++) {
      ends[targets[e]] += left[e];
      ends[s] -= left[e];
    }
  }
  ends[0] = 0;
  const steps = left.reduce((sum, often) => sum + often, 0);
  const all = steps + ends.reduce((sum, often) => sum + often, 0);
  const tour = new Int32Array(all);
  const stack = new Int32Array(all + 1);
  const at = new Int32Array(all + 1);
  const cursors = firstEdge.slice(0, states);
  let height = 0;
  let length = all;
  for (;;) {
    const s = at[height];
    while (cursors[s] < firstEdge[s + 1] && left[cursors[s]] === 0) cursors[s]++;
    const e = cursors[s];
    if (e < firstEdge[s + 1]) {
      left[e]--;
      stack[++height] = e;
      at[height] = targets[e];
    } else if (ends[s] > 0) {
      ends[s]--;
      stack[++height] = AGAIN;
      at[height] = 0;
    } else {
      if (height === 0) break;
      tour[--length] = stack[height--];
    }
  }
  if (length !== 0) throw new Error("the cover is no flow that state 0 feeds");
  return cut(edges, tour, steps);
}

function cut({ firstEdge, targets }: Edges, tour: Int32Array, steps: number): Behaviors {
  const choices = new Uint8Array(steps);
  const lengths: number[] = [];
  let step = 0;
  let begin = 0;
  let state = 0;
  for (const e of tour) {
    if (e === AGAIN) {
      lengths.push(step - begin);
      begin = step;
      state = 0;
    } else {
      choices[step++] = e - firstEdge[state];
      state = targets[e];
    }
  }
  if (step > begin) lengths.push(step - begin);
  return { choices, lengths: Int32Array.from(lengths) };
}
