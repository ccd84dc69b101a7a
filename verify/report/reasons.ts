/** Why one side has no step where the other has one. */
import type { ConformOutcome } from "../conform/conformModel.js";
import { Guards, refusalText } from "../explain/guards.js";
import type { System } from "../mediator/system.js";
import {
  type MachineStep,
  machineAfter,
  type StepChoice,
  type Waiting,
} from "../replay/machine.js";

/**
 * For a step that only the implementation offers, the conjunct of the spec that is false. For one
 * that only the model takes, the lock that the implementation's actor waits on there.
 */
export function reasonsFor({ difference, stepper, model }: ConformOutcome): readonly string[] {
  if (difference === undefined) return [];
  const { kind, action, actor, behavior } = difference;
  if (kind === "model-only") return waitReasons(stepper.system, behavior, action);
  if (kind !== "implementation-only" || actor === undefined) return [];
  const { states } = machineAfter(stepper.system, behavior);
  const refusal = new Guards(model).refusal(action, actor, states[states.length - 1]);
  return refusal === undefined ? [] : [`the spec refuses it: ${refusalText(refusal)}`];
}

/** The actors that wait in the code behind these steps; of one action, where it is given. */
export function waitReasons(
  system: System,
  steps: readonly StepChoice[],
  action?: MachineStep["action"],
): readonly string[] {
  const { machine } = machineAfter(system, steps);
  return machine
    .waiting()
    .filter((waiting) => action === undefined || waiting.action === action)
    .map((waiting) => waitText(system, waiting));
}

const waitText = ({ actors }: System, { actor, action, on }: Waiting): string =>
  `the implementation waits: ${actors[actor - 1].name}, ${action}, on ${on}`;
