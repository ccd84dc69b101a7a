/** Compares one model's state graph with the implementation, and says what was covered. */
import { auditAutomaton } from "../engine/auditAutomaton.js";
import { Stepper } from "../engine/stepper.js";
import { systemOf } from "../mediator/createSystem.js";
import type { Model } from "../mediator/model.js";
import type { System } from "../mediator/system.js";
import { coreSpecOf } from "../model/specActions.js";
import { VerifyError } from "../support/verifyError.js";
import { type ConformResult, conform } from "./conform.js";

export interface ConformOutcome extends ConformResult {
  readonly model: Model;
  readonly stepper: Stepper<System>;
  /** Runs of the implementation that were compared to see that its local states are complete. */
  readonly audited: number;
  /** Actions of the spec that the graph has no edge of, though the manifest says it should. */
  readonly neverTaken: readonly string[];
  /** Actions that the manifest rules out and that were taken. */
  readonly unexpectedlyTaken: readonly string[];
  readonly seconds: number;
}

/**
 * @param generated How many states TLC generated, and how many of them were initial: the dump must
 *   have an edge for each of the others.
 * @throws VerifyError DUMP_UNREADABLE, DUMP_TRUNCATED, DUMP_MALFORMED, DUMP_OTHER_MODEL
 */
export function conformModel(
  model: Model,
  dump: string,
  generated?: { readonly states: number; readonly initial: number },
): ConformOutcome {
  const start = performance.now();
  const actions = coreSpecOf(model.spec.modules, "model").actions.map(({ name }) => name);
  const stepper = new Stepper(systemOf(model));
  const result = conform(stepper, dump);
  if (result.difference === undefined && generated !== undefined) {
    checkComplete(dump, result.edges, generated.states - generated.initial);
  }
  const audits = stepper.automata.map((automaton) => auditAutomaton(automaton));
  const ruledOut = new Set(model.neverTaken ?? []);
  const complete = result.difference === undefined;
  return {
    ...result,
    model,
    stepper,
    audited: audits.reduce((sum, paths) => sum + paths, 0),
    neverTaken: actions.filter((action) => {
      return complete && !ruledOut.has(action) && !result.edgesByAction.has(action);
    }),
    unexpectedlyTaken: [...result.edgesByAction.keys()].filter((action) => ruledOut.has(action)),
    seconds: (performance.now() - start) / 1000,
  };
}

/** Whether the two agree and everything that should be was covered. */
export const conforms = (outcome: ConformOutcome): boolean =>
  outcome.difference === undefined &&
  outcome.edges > 0 &&
  outcome.neverTaken.length === 0 &&
  outcome.unexpectedlyTaken.length === 0;

function checkComplete(dump: string, edges: number, expected: number): void {
  if (edges === expected) return;
  throw new VerifyError({
    code: "DUMP_TRUNCATED",
    what: "the state graph does not have an edge for each state that TLC generated",
    where: dump,
    expected: `${expected} edges`,
    found: `${edges}`,
    hint: "a CONSTRAINT in the cfg cuts edges off; the disk may have been full",
  });
}
