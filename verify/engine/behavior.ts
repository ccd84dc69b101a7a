/** A behavior of the implementation, found again from the states on its way. */
import type { Stepper } from "./stepper.js";

/** One step: who takes it, which action it is, and which program it starts, if it starts one. */
export interface BehaviorStep {
  readonly actor: number;
  readonly action: string;
  /** The index of the program among the actor's; -1 when the actor goes on. */
  readonly program: number;
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
  stepper.forEachStep(words, base, (actor, operation, successor, program) => {
    if (found === undefined && successor.every((word, w) => word === state[w])) {
      found = { actor, action: operation.label, program, state };
    }
  });
  if (found === undefined) throw new Error("a step that was taken cannot be taken again");
  return found;
}
