/** One model through everything that it is meant for: TLC, the comparison, the replay. */
import { join } from "node:path";
import { type TlcProgress, withTemporaryDirectory } from "tla2tools-runner";
import { type ConformOutcome, conformModel } from "../conform/conformModel.js";
import { digestOf, readDigest } from "../explore/digest.js";
import { systemOf } from "../mediator/createSystem.js";
import type { Model } from "../mediator/model.js";
import { replayTrace } from "../replay/replayTrace.js";
import { type CheckOptions, type CheckOutcome, checkModel } from "./checkModel.js";
import type { Digests, ModelRun, ReplayedTrace } from "./modelRun.js";

/** What a run does now. */
export type RunProgress =
  | { readonly kind: "starting" }
  | { readonly kind: "tlc"; readonly at: TlcProgress }
  | { readonly kind: "comparing"; readonly states: number }
  | { readonly kind: "digest" };

type OnRunProgress = (progress: RunProgress) => void;

export interface RunModelOptions extends Omit<CheckOptions, "onProgress" | "dump"> {
  readonly onProgress: OnRunProgress;
  /** Whether a model's graph is written out and compared with the implementation. */
  readonly isCompared: (model: Model) => boolean;
}

/** @throws ToolError, VerifyError */
export async function runModel(model: Model, options: RunModelOptions): Promise<ModelRun> {
  const { onProgress, isCompared, ...rest } = options;
  onProgress({ kind: "starting" });
  const checkOptions = {
    ...rest,
    onProgress: (at: TlcProgress) => onProgress({ kind: "tlc", at }),
  };
  if (options.engine !== "tlc" || !isCompared(model)) {
    const one = model.digest === true ? { workers: 1 } : {};
    const check = await checkModel(model, { ...checkOptions, ...one });
    const digests = digestsOf(model, check, onProgress);
    return { model, check, conformance: undefined, replay: replayOf(model, check), digests };
  }
  return withTemporaryDirectory("ffa-verify-", process.env, async (directory) => {
    // One worker writes the graph in the order of depth, so that the first difference is nearest.
    const dump = join(directory, `${model.name}.dot`);
    const check = await checkModel(model, { ...checkOptions, workers: 1, dump });
    const conformance = compareDump(model, check, onProgress);
    return { model, check, conformance, replay: replayOf(model, check), digests: undefined };
  });
}

function compareDump(
  model: Model,
  check: CheckOutcome,
  onProgress: OnRunProgress,
): ConformOutcome | undefined {
  if (check.dump === undefined || check.generated === undefined) return undefined;
  onProgress({ kind: "comparing", states: check.distinct });
  const { generated, initialStates: initial } = check;
  const isComplete = check.verdict === "holds";
  return conformModel(model, check.dump, { isComplete, generated, initial });
}

function digestsOf(
  model: Model,
  check: CheckOutcome,
  onProgress: OnRunProgress,
): Digests | undefined {
  if (model.digest !== true || check.engine !== "tlc") return undefined;
  onProgress({ kind: "digest" });
  const system = systemOf(model);
  return { tlc: readDigest(check.output), implementation: digestOf(model, system).digest };
}

function replayOf(model: Model, check: CheckOutcome): ReplayedTrace | undefined {
  if (check.trace.length === 0) return undefined;
  const system = systemOf(model);
  return { system, result: replayTrace(system, check.trace, check.loop) };
}
