/** What one run over a model shows, and whether that is what it should. */
import { type ConformOutcome, conformComparisons } from "../conform/conformModel.js";
import type { Parting } from "../conform/conformSpec.js";
import type { Digest, DigestResult } from "../explore/digest.js";
import type { Model } from "../mediator/model.js";
import type { System } from "../mediator/system.js";
import { replayComparison } from "../replay/replayComparison.js";
import { type ReplayResult, statesToReach } from "../replay/replayTrace.js";
import { agree, type Comparison, finding } from "../support/comparison.js";
import { checkComparisons } from "./checkComparisons.js";
import type { CheckOutcome } from "./checkModel.js";

/** A counterexample, replayed on the implementation. */
export interface ReplayedTrace {
  readonly system: System;
  readonly result: ReplayResult;
}

/** What TLC and the implementation sum their graphs up to. */
export interface Digests {
  readonly tlc: Digest;
  readonly implementation: DigestResult;
}

export interface ModelRun {
  readonly model: Model;
  readonly check: CheckOutcome;
  /** Whether the graph was to be compared with the implementation. */
  readonly isCompared: boolean;
  readonly conformance: ConformOutcome | undefined;
  readonly replay: ReplayedTrace | undefined;
  readonly digests: Digests | undefined;
  /** Where model and implementation part; looked for when counts alone are not as pinned. */
  readonly parting: Parting | undefined;
}

/** What should have been done is compared as well: a part that is left out must not look good. */
export function runComparisons(run: ModelRun): readonly Comparison[] {
  const { check, isCompared, conformance, replay, digests } = run;
  const compared = conformance === undefined ? "not compared" : "compared";
  return [
    ...checkComparisons(check),
    ...(isCompared ? [finding("state graph", "compared", compared)] : []),
    ...(conformance === undefined ? [] : conformComparisons(conformance)),
    ...(check.trace.length > 0
      ? [replayComparison(statesToReach(check.trace.length, check.loop), replay?.result)]
      : []),
    ...(isSummedUp(check) ? digestComparisons(check, digests) : []),
  ];
}

/** Whether TLC has summed the whole graph up. */
export const isSummedUp = ({ model, engine, verdict }: CheckOutcome): boolean =>
  model.digest === true && engine === "tlc" && verdict === "holds";

export function digestComparisons(
  { generated, initialStates, distinct }: CheckOutcome,
  digests: Digests | undefined,
): readonly Comparison[] {
  const { digest, states = 0, edges = 0 } = digests?.implementation ?? {};
  return [
    finding("digest", digests?.tlc.join(" ") ?? "none of TLC", digest?.join(" ") ?? "none"),
    finding("states of the digest", distinct, states),
    finding("steps of the digest", generated - initialStates, edges),
  ];
}

/** Whether a run shows what the manifest says, and the implementation agrees. */
export const asExpected = (run: ModelRun): boolean => agree(runComparisons(run));
