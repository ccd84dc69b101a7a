/** Compares one model's state graph with the implementation, and says what was covered. */
import { auditAutomaton } from "../engine/auditAutomaton.js";
import { Stepper } from "../engine/stepper.js";
import { BEGINNINGS } from "../mediator/correspondence/actions.js";
import { systemOf } from "../mediator/createSystem.js";
import type { Model } from "../mediator/model.js";
import type { System } from "../mediator/system.js";
import { actionsNamed, coreSpecOf } from "../model/specActions.js";
import { agree, type Comparison, differing, finding } from "../support/comparison.js";
import { type ConformResult, conform } from "./conform.js";

/** What TLC showed and counted while it wrote the graph. */
export interface GraphRun {
  readonly verdict: string;
  readonly generated: number;
  readonly initialStates: number;
  readonly distinct: number;
  readonly depth: number;
}

export interface ConformOutcome extends ConformResult {
  readonly model: Model;
  readonly stepper: Stepper<System>;
  /** Undefined for a graph that was written before. */
  readonly counts: GraphRun | undefined;
  /** Runs of the implementation that were compared to see that its local states are complete. */
  readonly audited: number;
  readonly seconds: number;
}

/**
 * @param run The run that wrote the graph; one that a violation ended did not write all of it.
 * @throws VerifyError DUMP_UNREADABLE, DUMP_TRUNCATED, DUMP_MALFORMED, DUMP_OTHER_MODEL
 */
export function conformModel(model: Model, dump: string, run?: GraphRun): ConformOutcome {
  const start = performance.now();
  const stepper = new Stepper(systemOf(model));
  const result = conform(stepper, dump, run === undefined || run.verdict === "holds");
  return outcomeOf(model, stepper, result, run, start);
}

/** What a comparison that began at `start` covered, beside its result. */
export function outcomeOf(
  model: Model,
  stepper: Stepper<System>,
  result: ConformResult,
  counts: GraphRun | undefined,
  start: number,
): ConformOutcome {
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

/** Behind a first difference, or in a part of a graph, nothing was counted. */
export function conformComparisons(outcome: ConformOutcome): readonly Comparison[] {
  const { difference, counts, states, edges, depth, isComplete } = outcome;
  const graph = finding("graph", "equal", difference === undefined ? "equal" : difference.kind);
  if (difference !== undefined) return [graph];
  const isWhole = counts === undefined || counts.verdict === "holds";
  const end = finding("end of the graph", extent(isWhole), extent(isComplete));
  if (!isComplete) return [graph, end];
  const ofTlc = counts && [
    finding("states of the graph", counts.distinct, states),
    finding("edges of the graph", counts.generated - counts.initialStates, edges),
    finding("depth of the graph", counts.depth, depth),
  ];
  return [
    graph,
    end,
    ...(ofTlc ?? []),
    ...actionComparisons(outcome),
    ...actorComparisons(outcome),
  ];
}

/** Each action of the spec is taken, but for those that the manifest rules out. */
function actionComparisons({ model, edgesByAction }: ConformOutcome): readonly Comparison[] {
  const actions = coreSpecOf(model.spec.modules, "model").actions.map(({ name }) => name);
  const ruledOut = ruledOutIn(model);
  return [...new Set([...actions, ...edgesByAction.keys()])].map((action) => {
    const isRuledOut = ruledOut.includes(action) || !actions.includes(action);
    return finding(action, amount(isRuledOut ? 0 : 1), amount(edgesByAction.get(action)));
  });
}

/** Actions that the manifest expects and the graph has no edge of, and the other way round. */
export function wronglyTaken(outcome: ConformOutcome): {
  readonly neverTaken: readonly string[];
  readonly unexpectedlyTaken: readonly string[];
} {
  if (outcome.difference !== undefined || !outcome.isComplete) {
    return { neverTaken: [], unexpectedlyTaken: [] };
  }
  const wrong = differing(actionComparisons(outcome));
  const foundTo = (be: string) => wrong.filter(({ found }) => found === be).map(({ what }) => what);
  return { neverTaken: foundTo(amount(0)), unexpectedlyTaken: foundTo(amount(1)) };
}

const ruledOutIn = ({ neverTaken = [], spec }: Model): readonly string[] =>
  actionsNamed(neverTaken, spec.modules);

/** Each actor takes steps, if the manifest rules out none that it begins with. */
function actorComparisons({ model, stepper, edgesByActor }: ConformOutcome): readonly Comparison[] {
  const ruledOut = ruledOutIn(model);
  return stepper.system.actors.map(({ name, kind }, i) => {
    const mayBegin = BEGINNINGS[kind].some((action) => !ruledOut.includes(action));
    return finding(name, amount(mayBegin ? 1 : 0), amount(edgesByActor[i]));
  });
}

const extent = (isWhole: boolean): string => (isWhole ? "whole" : "in part");

const amount = (count = 0): string => (count > 0 ? "steps" : "none");
