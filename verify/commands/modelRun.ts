/** One model through everything that it is meant for: TLC, the comparison, the replay. */
import { join } from "node:path";
import { type TlcProgress, withTemporaryDirectory } from "tla2tools-runner";
import { type CheckOptions, type CheckOutcome, checkModel } from "../check/checkModel.js";
import { type ConformOutcome, conformModel, conforms } from "../conform/conformModel.js";
import { type Digest, digestOf, readDigest } from "../explore/digest.js";
import { createSystem, type System } from "../explore/programs.js";
import type { Model } from "../model/model.js";
import { type ReplayResult, replayTrace } from "../replay/replayTrace.js";
import type { Progress } from "../report/progress.js";
import { grouped, rate, seconds } from "../report/screen.js";
import { ALL_AS_EXPECTED, BAD_USAGE_OR_TOOL, type ExitCode, SOMETHING_DIFFERS } from "./common.js";

/** A counterexample, replayed on the implementation. */
export interface ReplayedTrace {
  readonly system: System;
  readonly result: ReplayResult;
}

export interface ModelRun {
  readonly model: Model;
  readonly check: CheckOutcome;
  readonly conformance: ConformOutcome | undefined;
  readonly replay: ReplayedTrace | undefined;
  readonly digests: Digests | undefined;
}

/** What TLC and the implementation sum their graphs up to. */
export interface Digests {
  readonly tlc: Digest;
  readonly implementation: Digest;
}

export interface ModelRunOptions extends Omit<CheckOptions, "onProgress" | "dump"> {
  readonly progress: Progress;
  /** Whether models that are meant for it are compared with the implementation. */
  readonly withConformance: boolean;
}

/** Whether model and implementation say what they should, whatever the counts. */
const answersAsExpected = ({ check, conformance, replay, digests }: ModelRun): boolean =>
  check.differences.every(({ what }) => what !== "verdict") &&
  (conformance === undefined || conforms(conformance)) &&
  replay?.result.divergence === undefined &&
  digests?.tlc.join() === digests?.implementation.join();

/** Whether a run shows what the manifest says, and the implementation agrees. */
export const asExpected = (run: ModelRun): boolean =>
  answersAsExpected(run) && run.check.differences.length === 0;

/**
 * A manifest with other counts than TLC's is bad input; anything else that differs is a finding.
 */
export function exitCodeOf(runs: readonly ModelRun[]): ExitCode {
  if (runs.every(asExpected)) return ALL_AS_EXPECTED;
  return runs.every(answersAsExpected) ? BAD_USAGE_OR_TOOL : SOMETHING_DIFFERS;
}

/** @throws ToolError, VerifyError */
export async function runModel(model: Model, options: ModelRunOptions): Promise<ModelRun> {
  const { progress, withConformance, ...checkOptions } = options;
  const onProgress = (at: TlcProgress) => progress.update(model.name, progressText(at));
  progress.update(model.name, "starting");
  const compare = withConformance && model.conform === true && options.engine === "tlc";
  if (!compare) {
    const one = model.digest === true ? { workers: 1 } : {};
    const check = await checkModel(model, { ...checkOptions, ...one, onProgress });
    const digests = digestsOf(model, check, progress);
    const replay = replayOf(model, check);
    const run = { model, check, conformance: undefined, replay, digests };
    progress.end(model.name, endText(run));
    return run;
  }
  return withTemporaryDirectory("ffa-verify-", process.env, async (directory) => {
    // One worker writes the graph in the order of depth, so that the first difference is nearest.
    const dump = join(directory, `${model.name}.dot`);
    const check = await checkModel(model, { ...checkOptions, workers: 1, dump, onProgress });
    const conformance = compareDump(model, check, progress);
    const replay = replayOf(model, check);
    const run = { model, check, conformance, replay, digests: undefined };
    progress.end(model.name, endText(run));
    return run;
  });
}

function compareDump(
  model: Model,
  check: CheckOutcome,
  progress: Progress,
): ConformOutcome | undefined {
  if (check.dump === undefined || check.generated === undefined) return undefined;
  progress.update(model.name, `comparing ${grouped(check.distinct)} states`);
  const generated = { states: check.generated, initial: check.initialStates };
  return conformModel(model, check.dump, generated);
}

function digestsOf(model: Model, check: CheckOutcome, progress: Progress): Digests | undefined {
  if (model.digest !== true || check.engine !== "tlc") return undefined;
  progress.update(model.name, "summing up the implementation");
  const system = createSystem(model.options, model.calls);
  return { tlc: readDigest(check.output), implementation: digestOf(system).digest };
}

function replayOf(model: Model, check: CheckOutcome): ReplayedTrace | undefined {
  if (check.trace.length === 0) return undefined;
  const system = createSystem(model.options, model.calls);
  return { system, result: replayTrace(system, check.trace) };
}

function progressText(at: TlcProgress): string {
  const { generated, distinct, queue, statesPerSecond } = at;
  return (
    `${grouped(generated)} generated, ${grouped(distinct)} distinct, ` +
    `${grouped(queue)} queued, ${rate(statesPerSecond)}/s`
  );
}

function endText(run: ModelRun): string {
  const { check, conformance } = run;
  const compared =
    conformance === undefined ? "" : `, ${grouped(conformance.edges)} edges compared`;
  const ending = asExpected(run) ? "" : " -- NOT AS EXPECTED";
  return `${check.verdict} in ${seconds(check.seconds)} s${compared}${ending}`;
}

/**
 * Runs jobs, at most `width` at once; results in the order of the jobs. The first error ends all.
 */
export async function inParallel<T, R>(
  jobs: readonly T[],
  width: number,
  run: (job: T, signal: AbortSignal) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  const controller = new AbortController();
  let next = 0;
  const lane = async () => {
    while (next < jobs.length && !controller.signal.aborted) {
      const mine = next++;
      results[mine] = await run(jobs[mine], controller.signal);
    }
  };
  const lanes = Array.from({ length: Math.min(width, jobs.length) }, () =>
    lane().catch((error: unknown) => {
      controller.abort();
      throw error;
    }),
  );
  const ends = await Promise.allSettled(lanes);
  const failed = ends.find((end) => end.status === "rejected");
  if (failed !== undefined) throw failed.reason;
  return results;
}
