/** Lets TLC write the graphs of models, and keeps them as traces. */
import { join } from "node:path";
import { locateTools, type TlcTools, withTemporaryDirectory } from "tla2tools-runner";
import { checkComparisons } from "../check/checkComparisons.js";
import { checkModel } from "../check/checkModel.js";
import type { Model } from "../mediator/model.js";
import { createProgress } from "../report/progress.js";
import { runProgressText } from "../report/runProgress.js";
import { counted } from "../report/screen.js";
import type { MadeFile } from "../report/tracesTables.js";
import { comparisonText, differing } from "../support/comparison.js";
import { VerifyError } from "../support/verifyError.js";
import { makeTraces } from "../traces/makeTraces.js";
import { originOf, tracesPath } from "../traces/origin.js";
import { readModelGraph } from "../traces/readGraph.js";
import { readTracesFile, tracesBytes, writeTraces } from "../traces/tracesFile.js";
import { inParallel } from "./inParallel.js";

export interface ExportLimits {
  readonly timeoutSeconds: number | undefined;
  readonly heapMegabytes: number | undefined;
}

type OnProgress = (text: string) => void;

/** @throws ToolError without Java or a jar; VerifyError */
export async function exportModels(
  models: readonly Model[],
  directory: string,
  limits: ExportLimits,
): Promise<readonly MadeFile[]> {
  const tools = await locateTools();
  const progress = createProgress();
  const sizeOf = ({ expect }: Model): number => expect.generated ?? 0;
  try {
    return await inParallel(models, { width: 2, sizeOf }, async (model, signal) => {
      const onProgress = (text: string) => progress.update(model.name, text);
      const made = await exportModel(model, directory, tools, { ...limits, signal }, onProgress);
      progress.end(model.name, counted(made.head.steps, "step"));
      return made;
    });
  } finally {
    progress.stop();
  }
}

function exportModel(
  model: Model,
  directory: string,
  tools: TlcTools,
  limits: ExportLimits & { readonly signal: AbortSignal },
  onProgress: OnProgress,
): Promise<MadeFile> {
  const start = performance.now();
  return withTemporaryDirectory("ffa-verify-", process.env, async (temporary) => {
    const check = await checkModel(model, {
      ...{ ...limits, engine: "tlc", tools, workers: 1 },
      dump: join(temporary, `${model.name}.dot`),
      onProgress: (at) => onProgress(runProgressText({ kind: "tlc", at })),
    });
    const [difference] = differing(checkComparisons(check));
    if (difference !== undefined || check.dump === undefined) {
      throw new VerifyError({
        code: "MANIFEST_DIFFERS",
        what: `the graph of ${model.name} is not the one that the manifest says`,
        found: difference ? comparisonText(difference) : "TLC wrote no graph",
        hint: `npx ffa-verify check ${model.name} says more`,
      });
    }
    onProgress("finding the fewest steps that cover its edges");
    const made = makeTraces(readModelGraph(check.dump));
    const bytes = tracesBytes(made, made.fewestSteps, originOf(model, tools.jar.sha256));
    const path = tracesPath(directory, model);
    writeTraces(path, bytes);
    const { head } = readTracesFile(path);
    return { model, head, size: bytes.length, seconds: (performance.now() - start) / 1000 };
  });
}
