/** Compares one model's state graph with the implementation, and says what was covered. */
import { auditAutomaton } from "../engine/auditAutomaton.js";
import { Stepper } from "../engine/stepper.js";
import { systemOf } from "../mediator/createSystem.js";
import type { Model } from "../mediator/model.js";
import type { System } from "../mediator/system.js";
import { coreSpecOf } from "../model/specActions.js";
import { agree, type Comparison, differing, finding } from "../support/comparison.js";
import { type ConformResult, conform } from "./conform.js";

/** What TLC counted while it wrote the graph. */
export interface GraphCounts {
  readonly generated: number;
  readonly initialStates: number;
  readonly distinct: number;
  readonly depth: number;
}

export interface ConformOutcome extends ConformResult {
  readonly model: Model;
  readonly stepper: Stepper<System>;
  /** Undefined for a graph that was written before. */
  readonly counts: GraphCounts | undefined;
  /** Runs of the implementation that were compared to see that its local states are complete. */
  readonly audited: number;
  readonly seconds: number;
}

/** @throws VerifyError DUMP_UNREADABLE, DUMP_TRUNCATED, DUMP_MALFORMED, DUMP_OTHER_MODEL */
export function conformModel(model: Model, dump: string, counts?: GraphCounts): ConformOutcome {
  const start = performance.now();
  const stepper = new Stepper(systemOf(model));
  const result = conform(stepper, dump);
  const audits = stepper.automata.map((automaton) => auditAutomaton(automaton));
  return {
    ...result,
    model,
    stepper,
    counts,
    audited: audits.reduce((sum, paths) => sum + paths, 0),
    seconds: (performance.now() - start) / 1000,
  };
}

/** Whether the two agree and everything that should be was covered. */
export const conforms = (outcome: ConformOutcome): boolean => agree(conformComparisons(outcome));

/** Behind a first difference nothing was counted, so that it comes alone. */
export function conformComparisons(outcome: ConformOutcome): readonly Comparison[] {
  const { difference, counts, states, edges, depth } = outcome;
  const graph = finding("graph", "equal", difference === undefined ? "equal" : difference.kind);
  if (difference !== undefined) return [graph];
  const ofTlc = counts && [
    finding("states of the graph", counts.distinct, states),
    finding("edges of the graph", counts.generated - counts.initialStates, edges),
    finding("depth of the graph", counts.depth, depth),
  ];
  return [graph, ...(ofTlc ?? []), ...actionComparisons(outcome), ...actorComparisons(outcome)];
}

/** Each action of the spec is taken, but for those that the manifest rules out. */
function actionComparisons({ model, edgesByAction }: ConformOutcome): readonly Comparison[] {
  const actions = coreSpecOf(model.spec.modules, "model").actions.map(({ name }) => name);
  return [...new Set([...actions, ...edgesByAction.keys()])].map((action) => {
    const isRuledOut = model.neverTaken?.includes(action) || !actions.includes(action);
    return finding(action, amount(isRuledOut ? 0 : 1), amount(edgesByAction.get(action)));
  });
}

/** Actions that the manifest expects and the graph has no edge of, and the other way round. */
export function wronglyTaken(outcome: ConformOutcome): {
  readonly neverTaken: readonly string[];
  readonly unexpectedlyTaken: readonly string[];
} {
  const wrong = outcome.difference ? [] : differing(actionComparisons(outcome));
  const foundTo = (be: string) => wrong.filter(({ found }) => found === be).map(({ what }) => what);
  return { neverTaken: foundTo(amount(0)), unexpectedlyTaken: foundTo(amount(1)) };
}

const actorComparisons = ({ stepper, edgesByActor }: ConformOutcome): readonly Comparison[] =>
  stepper.system.actors.map(({ name }, i) => {
    return finding(name, amount(1), amount(edgesByActor[i]));
  });

const amount = (count = 0): string => (count > 0 ? "steps" : "none");
