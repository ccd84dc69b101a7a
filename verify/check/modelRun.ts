/** What one run over a model shows, and whether that is what it should. */
import { type ConformOutcome, conforms } from "../conform/conformModel.js";
import type { Digest } from "../explore/digest.js";
import type { Model } from "../mediator/model.js";
import type { System } from "../mediator/system.js";
import type { ReplayResult } from "../replay/replayTrace.js";
import type { CheckOutcome } from "./checkModel.js";

/** A counterexample, replayed on the implementation. */
export interface ReplayedTrace {
  readonly system: System;
  readonly result: ReplayResult;
}

/** What TLC and the implementation sum their graphs up to. */
export interface Digests {
  readonly tlc: Digest;
  readonly implementation: Digest;
}

export interface ModelRun {
  readonly model: Model;
  readonly check: CheckOutcome;
  readonly conformance: ConformOutcome | undefined;
  readonly replay: ReplayedTrace | undefined;
  readonly digests: Digests | undefined;
}

/** Whether model and implementation say what they should, whatever the counts. */
export const answersAsExpected = ({ check, conformance, replay, digests }: ModelRun): boolean =>
  check.differences.every(({ what }) => what !== "verdict") &&
  (conformance === undefined || conforms(conformance)) &&
  replay?.result.divergence === undefined &&
  digests?.tlc.join() === digests?.implementation.join();

/** Whether a run shows what the manifest says, and the implementation agrees. */
export const asExpected = (run: ModelRun): boolean =>
  answersAsExpected(run) && run.check.differences.length === 0;
