/** How fast the bare table of states takes random probes on this machine: the next limit. */

import { StepBatch } from "../engine/expander.js";
import type { Explorable } from "../engine/explorable.js";
import { Packing, type Widths } from "../engine/packing.js";
import { StateSet } from "../engine/stateSet.js";

export interface TableRate {
  readonly probes: number;
  readonly distinct: number;
  readonly probesPerSecond: number;
}

const BATCH = 1024;

/** Probes a table with random states: `distinct` different ones, as often as `probes` says. */
export function measureTable(
  system: Explorable,
  widths: Widths,
  distinct: number,
  probes: number,
): TableRate {
  const packing = new Packing(system, widths);
  const n = packing.words;
  const set = new StateSet(packing, new Int32Array(n).fill(-1));
  const batch = new StepBatch(n, BATCH, 0);
  const state = new Int32Array(n);
  let seed = 1;
  let milliseconds = 0;
  for (let done = 0; done < probes; done += BATCH) {
    for (let i = 0; i < BATCH; i++) {
      seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
      // Each number stands for one state; the product spreads it over the words.
      const number = (seed >>> 0) % distinct;
      for (let w = 0; w < n; w++) state[w] = Math.imul(number, 0x9e3779b1 + 2 * w);
      batch.states.set(state, i * n);
      batch.hashes[i] = set.hashOf(state);
    }
    const start = performance.now();
    set.addAll(batch, BATCH);
    milliseconds += performance.now() - start;
  }
  return { probes, distinct: set.size, probesPerSecond: (1000 * probes) / milliseconds };
}
