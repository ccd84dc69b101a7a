/** A behavior of the implementation, found again from the states on its way. */
import type { Stepper } from "./stepper.js";

/** One step: who takes it, which action it is, and on which branch. */
export interface BehaviorStep {
  readonly actor: number;
  readonly action: string;
  /** As branch.ts has it. */
  readonly branch: number;
  /** The packed state behind the step. */
  readonly state: Int32Array;
}

/** The step from the state at `words[base..]` to `state`: one that was taken before. */
export function stepBetween(
  stepper: Stepper,
  words: Int32Array,
  base: number,
  state: Int32Array,
): BehaviorStep {
  let found: BehaviorStep | undefined;
  stepper.forEachStep(words, base, (actor, operation, successor, branch) => {
    if (found === undefined && successor.every((word, w) => word === state[w])) {
      found = { actor, action: operation.label, branch, state };
    }
  });
  if (found === undefined) throw new Error("a step that was taken cannot be taken again");
  return found;
}
