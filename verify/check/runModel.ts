/** One model through everything that it is meant for: TLC, the comparison, the replay. */
import type { TlcProgress } from "tla2tools-runner";
import type { ConformOutcome } from "../conform/conformModel.js";
import { type Parting, partingOf } from "../conform/conformSpec.js";
import { digestOf, readDigest } from "../explore/digest.js";
import { systemOf } from "../mediator/createSystem.js";
import type { Model } from "../mediator/model.js";
import { replayTrace } from "../replay/replayTrace.js";
import { agree } from "../support/comparison.js";
import { checkComparisons } from "./checkComparisons.js";
import { type CheckOptions, type CheckOutcome, checkModel } from "./checkModel.js";
import { type Digests, isSummedUp, type ModelRun, type ReplayedTrace } from "./modelRun.js";
import { compareGraph } from "./stepsOfTlc.js";

/** What a run does now. */
export type RunProgress =
  | { readonly kind: "starting" }
  | { readonly kind: "tlc"; readonly at: TlcProgress }
  | { readonly kind: "comparing"; readonly states: number }
  | { readonly kind: "digest" }
  | { readonly kind: "parting" };

type OnRunProgress = (progress: RunProgress) => void;

export interface RunModelOptions extends Omit<CheckOptions, "onProgress" | "dump"> {
  readonly onProgress: OnRunProgress;
  /** Whether a model's graph is written out and compared with the implementation. */
  readonly isCompared: (model: Model) => boolean;
}

/** @throws ToolError, VerifyError */
export async function runModel(model: Model, options: RunModelOptions): Promise<ModelRun> {
  const { onProgress, ...rest } = options;
  onProgress({ kind: "starting" });
  const checkOptions = {
    ...rest,
    onProgress: (at: TlcProgress) => onProgress({ kind: "tlc", at }),
  };
  const isCompared = options.engine === "tlc" && options.isCompared(model);
  const runOf = async (check: CheckOutcome, conformance?: ConformOutcome): Promise<ModelRun> => {
    const digests = digestsOf(check, onProgress);
    const replay = replayOf(model, check);
    const parting = conformance ? undefined : await partingIn(check, options);
    return { model, check, isCompared, conformance, replay, digests, parting };
  };
  if (!isCompared) {
    const one = model.digest === true ? { workers: 1 } : {};
    return runOf(await checkModel(model, { ...checkOptions, ...one }));
  }
  const { check, conformance } = await compareGraph(model, checkOptions, (states) => {
    onProgress({ kind: "comparing", states });
  });
  return runOf(check, conformance);
}

function digestsOf(check: CheckOutcome, onProgress: OnRunProgress): Digests | undefined {
  if (!isSummedUp(check)) return undefined;
  onProgress({ kind: "digest" });
  const { model, output } = check;
  return { tlc: readDigest(output), implementation: digestOf(model, systemOf(model)) };
}

/** Of a model that holds, as it should, with other counts than are pinned. */
async function partingIn(
  check: CheckOutcome,
  { onProgress, signal }: RunModelOptions,
): Promise<Parting | undefined> {
  const comparisons = checkComparisons(check);
  if (check.verdict !== "holds" || agree(comparisons)) return undefined;
  onProgress({ kind: "parting" });
  return partingOf(check.model, comparisons, signal);
}

function replayOf(model: Model, check: CheckOutcome): ReplayedTrace | undefined {
  if (check.trace.length === 0) return undefined;
  const system = systemOf(model);
  return { system, result: replayTrace(system, check.trace, { loop: check.loop }) };
}
