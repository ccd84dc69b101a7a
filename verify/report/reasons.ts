/** Why one side has no step where the other has one. */
import type { ConformOutcome } from "../conform/conformModel.js";
import { Guards, refusalsText } from "../explain/guards.js";
import type { System } from "../mediator/system.js";
import { elementOf } from "../model/stateText.js";
import { machineAfter, type StepChoice, type Waiting } from "../replay/machine.js";
import type { ReplayResult } from "../replay/replayTrace.js";

/**
 * For a step that only the implementation offers, the conjunct of the spec that is false. For one
 * that only the model takes, the lock that the implementation's actor waits on there.
 */
export function reasonsFor({ difference, stepper, model }: ConformOutcome): readonly string[] {
  if (difference === undefined) return [];
  const { kind, action, actor, behavior } = difference;
  if (kind === "model-only") {
    return waitReasons(stepper.system, behavior, (waiting) => waiting.action === action);
  }
  if (kind !== "implementation-only" || actor === undefined) return [];
  const { states } = machineAfter(stepper.system, behavior);
  const refusals = new Guards(model).refusals(action, actor, states[states.length - 1]);
  return refusals.length === 0 ? [] : [`the spec refuses it: ${refusalsText(refusals)}`];
}

/** Where a trace takes a step that the implementation does not: what that step's actor waits on. */
export function divergenceReasons(
  system: System,
  { steps, states, divergence }: ReplayResult,
): readonly string[] {
  const [here, next] = [states[states.length - 1].get("pc"), divergence?.model.get("pc")];
  const moves = ({ actor }: Waiting) => elementOf(here, actor) !== elementOf(next, actor);
  return divergence === undefined ? [] : waitReasons(system, steps, moves);
}

/** What the chosen ones of the actors that wait in the code behind these steps wait on. */
function waitReasons(
  system: System,
  steps: readonly StepChoice[],
  isMeant: (waiting: Waiting) => boolean,
): readonly string[] {
  const { machine } = machineAfter(system, steps);
  return machine
    .waiting()
    .filter(isMeant)
    .map((waiting) => waitText(system, waiting));
}

const waitText = ({ actors }: System, { actor, action, on }: Waiting): string =>
  `the implementation waits: ${actors[actor - 1].name}, ${action}, on ${on}`;
