/** A behavior of the implementation, found again from the states on its way. */
import type { Stepper } from "../explore/stepper.js";
import type { DumpStates } from "./dumpStates.js";

/** One step: who takes it, which action it is, and which program it starts, if it starts one. */
export interface BehaviorStep {
  readonly actor: number;
  readonly action: string;
  /** The index of the program among the actor's; -1 when the actor goes on. */
  readonly program: number;
  /** The packed state behind the step. */
  readonly state: Int32Array;
}

/** The steps from the initial state to state `index`, by the states' parents. */
export function behaviorTo(
  stepper: Stepper,
  states: Pick<DumpStates, "arena" | "parents" | "words">,
  index: number,
): readonly BehaviorStep[] {
  const path: number[] = [];
  for (let at = index; at >= 0; at = states.parents[at]) path.push(at);
  path.reverse();
  return path.slice(1).map((to, i) => stepBetween(stepper, states, path[i], to));
}

function stepBetween(
  stepper: Stepper,
  { arena, words }: Pick<DumpStates, "arena" | "words">,
  from: number,
  to: number,
): BehaviorStep {
  const target = arena.slice(to * words, (to + 1) * words);
  let found: BehaviorStep | undefined;
  stepper.forEachStep(arena, from * words, (actor, operation, successor, program) => {
    if (found === undefined && successor.every((word, w) => word === target[w])) {
      found = { actor, action: operation.label, program, state: target };
    }
  });
  if (found === undefined) throw new Error("a recorded step cannot be taken again");
  return found;
}
