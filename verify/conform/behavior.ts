/** The behavior that the comparison has followed to a state. */
import { type BehaviorStep, stepBetween } from "../engine/behavior.js";
import type { Stepper } from "../engine/stepper.js";
import type { DumpStates } from "./dumpStates.js";

/** The steps from the initial state to state `index`, by the states' parents. */
export function behaviorTo(
  stepper: Stepper,
  { arena, parents, words }: Pick<DumpStates, "arena" | "parents" | "words">,
  index: number,
): readonly BehaviorStep[] {
  const path: number[] = [];
  for (let at = index; at >= 0; at = parents[at]) path.push(at);
  path.reverse();
  return path.slice(1).map((to, i) => {
    return stepBetween(stepper, arena, path[i] * words, arena.slice(to * words, (to + 1) * words));
  });
}
