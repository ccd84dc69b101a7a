/** The steps that the implementation offers in one state, kept in arrays that are used again. */

import type { Stepper } from "../engine/stepper.js";
import { VerifyError } from "../support/verifyError.js";
import { MOST_STEPS } from "./dumpStates.js";

export class Steps {
  count = 0;
  readonly labels: string[] = [];
  readonly actors: number[] = [];
  /** The successors, `words` words each. */
  readonly successors: Int32Array;
  private readonly words: number;

  constructor(private readonly stepper: Stepper) {
    this.words = stepper.packing.words;
    this.successors = new Int32Array(MOST_STEPS * this.words);
  }

  /**
   * Finds the steps of the state at `arena[base..]`. @throws VerifyError TOO_MANY_STEPS,
   * SyncFault
   */
  find(arena: Int32Array, base: number): void {
    this.count = 0;
    this.stepper.forEachStep(arena, base, (actor, operation, words) => {
      if (this.count === MOST_STEPS) throw tooManySteps();
      this.labels[this.count] = operation.label;
      this.actors[this.count] = actor;
      this.successors.set(words, this.count * this.words);
      this.count++;
    });
  }

  /** Whether step `i` leads to the state at `other[base..]`, as far as `mask` can see. */
  leadsTo(i: number, other: Int32Array, base: number, mask: Int32Array): boolean {
    const at = i * this.words;
    for (let w = 0; w < this.words; w++) {
      if (((this.successors[at + w] ^ other[base + w]) & mask[w]) !== 0) return false;
    }
    return true;
  }

  successor(i: number): Int32Array {
    return this.successors.subarray(i * this.words, (i + 1) * this.words);
  }
}

function tooManySteps(): VerifyError {
  return new VerifyError({
    code: "TOO_MANY_STEPS",
    what: `a state offers more than ${MOST_STEPS} steps`,
    hint: "give the model fewer calls, or raise MATCH_WORDS in verify/conform/dumpStates.ts",
  });
}
