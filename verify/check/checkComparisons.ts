/** What the manifest pins of a model beside what a run over it showed. */
import { verdictText } from "../model/verdictText.js";
import { type Comparison, finding } from "../support/comparison.js";
import type { CheckOutcome } from "./checkModel.js";

/** Counts of another verdict say nothing, so that the verdict comes alone when it differs. */
export function checkComparisons(check: CheckOutcome): readonly Comparison[] {
  const { expect } = check.model;
  const verdict = finding("verdict", verdictText(expect.verdict, expect.violates), check.verdict);
  if (verdict.expected !== verdict.found) return [verdict];
  if (expect.verdict !== "holds") {
    return [verdict, pin("traceLength", expect.traceLength, check.trace.length)];
  }
  return [
    verdict,
    pin("generated", expect.generated, check.generated),
    pin("distinct", expect.distinct, check.distinct),
    pin("depth", expect.depth, check.depth),
  ];
}

/** A manifest with other counts than the engine's is bad input. */
const pin = (what: string, expected = 0, found: number): Comparison => {
  return { what, expected, found, exit: 2 };
};
