/** What exploring the implementation should show beside what it showed. */
import type { Exploration, Outcome } from "../engine/exploration.js";
import { boundsOf } from "../mediator/createSystem.js";
import { verdictText } from "../model/verdictText.js";
import { type Comparison, finding } from "../support/comparison.js";
import type { ExploreOutcome, TlcCounts } from "./exploreOutcome.js";

export function exploreComparisons(outcome: ExploreOutcome): readonly Comparison[] {
  const { model, exploration, isSample } = outcome;
  const { verdict, violates, traceLength = 0 } = model.expect;
  const found = exploration.outcome;
  const end = finding("verdict", verdictText(verdict, violates), verdictOf(found));
  const ofTlc = verdictComparisons(outcome);
  // What was not looked at can hold anything: no finding, and no whole answer either.
  if (found.kind === "partial") {
    const isPinned = outcome.tlc?.by === undefined || outcome.tlc.by.verdict === end.expected;
    const ofPart = ofTlc.map((each) => (isPinned ? { ...each, exit: 2 as const } : each));
    return isSample ? [] : [{ ...end, exit: 2 }, ...ofPart];
  }
  if (end.expected !== end.found) return [end, ...ofTlc];
  return found.kind === "violation"
    ? [end, ...ofTlc, finding("traceLength", traceLength, found.violation.length)]
    : [
        end,
        ...ofTlc,
        ...countedComparisons(outcome),
        ...countsComparisons(outcome).map((each) => ofInput(each, outcome)),
      ];
}

/** Within a model's own bounds there are counts; left out, they must not look good. */
function countedComparisons({
  model,
  bounds,
  isSample,
  tlc,
}: ExploreOutcome): readonly Comparison[] {
  const own = boundsOf(model);
  if (isSample || bounds.domains !== own.domains || bounds.vcpus !== own.vcpus) return [];
  const found = tlc === undefined ? "not compared" : "compared";
  return [{ what: "TLC's counts", expected: "compared", found, exit: 2 }];
}

/** All that there is of TLC beside the exploration. */
export const tlcComparisons = (outcome: ExploreOutcome): readonly Comparison[] => [
  ...verdictComparisons(outcome),
  ...countsComparisons(outcome),
];

/** None where TLC did not run: the verdict that is pinned is compared by itself. */
function verdictComparisons({ exploration, tlc }: ExploreOutcome): readonly Comparison[] {
  if (tlc?.by === undefined) return [];
  const { engineName, verdict } = tlc.by;
  return [finding(`verdict of ${engineName}`, verdict, verdictOf(exploration.outcome))];
}

/**
 * Where model and implementation agree on all steps, the counts that are pinned are wrong; those of
 * a run are not, so that it is the exploration that counts otherwise.
 */
const ofInput = (comparison: Comparison, { parting, tlc }: ExploreOutcome): Comparison =>
  tlc?.by === undefined && parting?.isWhole && parting.outcome.difference === undefined
    ? { ...comparison, exit: 2 }
    : comparison;

/** None where there are no counts of a whole graph on both sides. */
export function countsComparisons({
  exploration,
  tlc,
}: Pick<ExploreOutcome, "exploration" | "tlc">): readonly Comparison[] {
  if (tlc === undefined || exploration.outcome.kind !== "holds") return [];
  if (tlc.by !== undefined && tlc.by.verdict !== "holds") return [];
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
