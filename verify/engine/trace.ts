/** The behavior to a finding, found again from the states on its way. */

import { SyncFault } from "../../src/sync/index.js";
import { stepBetween } from "./behavior.js";
import type { FaultStep, Violation } from "./exploration.js";
import type { Finding } from "./finding.js";
import type { Stepper } from "./stepper.js";

/** A state of `level`, from 1, that has a step to `target`. */
export type Predecessor = (target: Int32Array, level: number) => Promise<Int32Array>;

/** A shortest behavior, since each of its states was first found at its level. */
export async function violationOf(
  stepper: Stepper,
  finding: Finding,
  predecessor: Predecessor,
): Promise<Violation> {
  const states = [finding.state];
  for (let level = finding.level - 1; level >= 1; level--) {
    states.unshift(await predecessor(states[0], level));
  }
  if (finding.after !== undefined) states.push(finding.after);
  const behavior = states.slice(1).map((state, i) => stepBetween(stepper, states[i], 0, state));
  const { kind, name } = finding;
  const violation = { kind, name, behavior, length: states.length };
  return kind === "fault" ? { ...violation, fault: faultStepOf(stepper, finding) } : violation;
}

/** Which step of the last state it is that fails. */
function faultStepOf(stepper: Stepper, { state, where, detail }: Finding): FaultStep {
  for (const [a, automaton] of stepper.automata.entries()) {
    for (const [nth, { branch, operation }] of stepper.offersOf(a, state).entries()) {
      try {
        stepper.table.resolve(a, nth, state, 0);
      } catch (fault) {
        if (!(fault instanceof SyncFault)) throw fault;
        const { number } = automaton.actor;
        return {
          actor: number,
          action: operation.label,
          branch,
          where: where ?? "",
          detail: detail ?? "",
        };
      }
    }
  }
  throw new Error("a step that failed does not fail again");
}
