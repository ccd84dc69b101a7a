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

/** The run of TLC that wrote a graph. */
export interface GraphRun {
  /** False where a violation ended it. */
  readonly isComplete: boolean;
  /** How many states it generated, and how many of them were initial. */
  readonly generated: number;
  readonly initial: number;
}

/**
 * @param run Whose graph this is: when complete, it must have an edge for each state generated.
 * @throws VerifyError DUMP_UNREADABLE, DUMP_TRUNCATED, DUMP_MALFORMED, DUMP_OTHER_MODEL
 */
export function conformModel(model: Model, dump: string, run?: GraphRun): ConformOutcome {
  const start = performance.now();
  const stepper = new Stepper(systemOf(model));
  const result = conform(stepper, dump, run?.isComplete);
  if (result.difference === undefined && run?.isComplete === true) {
    checkComplete(dump, result.edges, run.generated - run.initial);
  }
  return outcomeOf(model, stepper, result, start);
}

/** What a comparison that began at `start` covered, beside its result. */
export function outcomeOf(
  model: Model,
  stepper: Stepper<System>,
  result: ConformResult,
  start: number,
): ConformOutcome {
  const actions = coreSpecOf(model.spec.modules, "model").actions.map(({ name }) => name);
  const audits = stepper.automata.map((automaton) => auditAutomaton(automaton));
  const ruledOut = new Set(model.neverTaken ?? []);
  const complete = result.difference === undefined && result.isComplete;
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
