/** What exploring the implementation should show beside what it showed. */
import type { Exploration, Outcome } from "../engine/exploration.js";
import { verdictText } from "../model/verdictText.js";
import { type Comparison, finding } from "../support/comparison.js";
import type { ExploreOutcome, TlcCounts } from "./exploreOutcome.js";

export function exploreComparisons(outcome: ExploreOutcome): readonly Comparison[] {
  const { model, exploration, isSample } = outcome;
  const { verdict, violates, traceLength = 0 } = model.expect;
  const found = exploration.outcome;
  const end = finding("verdict", verdictText(verdict, violates), verdictOf(found));
  // What was not looked at can hold anything: no finding, and no whole answer either.
  if (found.kind === "partial") return isSample ? [] : [{ ...end, exit: 2 }];
  if (end.expected !== end.found) return [end];
  return found.kind === "violation"
    ? [end, finding("traceLength", traceLength, found.violation.length)]
    : [end, ...countsComparisons(outcome).map((each) => ofInput(each, outcome))];
}

/** Where model and implementation agree on all steps, the counts that were expected are wrong. */
const ofInput = (comparison: Comparison, { parting }: ExploreOutcome): Comparison =>
  parting?.isWhole && parting.outcome.difference === undefined
    ? { ...comparison, exit: 2 }
    : comparison;

/** None where there are no counts of a whole graph on both sides. */
export function countsComparisons({
  exploration,
  tlc,
}: Pick<ExploreOutcome, "exploration" | "tlc">): readonly Comparison[] {
  if (tlc === undefined || exploration.outcome.kind !== "holds") return [];
  return [
    finding("distinct", tlc.distinct, exploration.mappedDistinct),
    finding("generated", tlc.generated, exploration.generated),
    finding("depth", tlc.depth, exploration.depth),
    ...actionComparisons(exploration, tlc),
  ];
}

function actionComparisons(
  { generatedByAction }: Exploration,
  { byAction }: TlcCounts,
): readonly Comparison[] {
  if (byAction === undefined) return [];
  return [...new Set([...byAction.keys(), ...generatedByAction.keys()])].map((action) => {
    return finding(action, byAction.get(action) ?? 0, generatedByAction.get(action) ?? 0);
  });
}

function verdictOf(outcome: Outcome): string {
  switch (outcome.kind) {
    case "holds":
      return "holds";
    case "partial":
      return `partial (${outcome.reason})`;
    case "violation": {
      const { kind, name } = outcome.violation;
      return verdictText(kind, kind === "deadlock" ? undefined : name);
    }
  }
}
