/**
 * `ffa-verify check [MODEL...]`: the verdict and the counts of each model, and its
 * counterexample.
 */
import { writeFileSync } from "node:fs";
import { asExpected, type ModelRun, runComparisons } from "../check/modelRun.js";
import { runModel } from "../check/runModel.js";
import type { Model } from "../mediator/model.js";
import { formatChecks, formatDigests, formatFailure, formatTrace } from "../report/modelTables.js";
import { createProgress, type Progress } from "../report/progress.js";
import { runEndText, runProgressText } from "../report/runProgress.js";
import { type ExitCode, exitCodeOf } from "../support/comparison.js";
import { VerifyError } from "../support/verifyError.js";
import { formatItf } from "../trace/itf.js";
import {
  type ChosenEngine,
  type CommonOptions,
  chooseEngine,
  chooseModels,
  positive,
  print,
  printJson,
  usage,
} from "./common.js";
import { inParallel } from "./inParallel.js";
import { runJson } from "./json.js";

export interface CheckCommandOptions extends CommonOptions {
  readonly full?: boolean;
  readonly workers?: string;
  /** Where the counterexample goes, as ITF. */
  readonly itf?: string;
}

export async function checkCommand(
  names: readonly string[],
  options: CheckCommandOptions,
): Promise<ExitCode> {
  const engine = await chooseEngine(options.engine);
  const models = await chooseModels(
    names,
    (model) => serves(model, engine, options.full === true),
    options.models,
  );
  if (options.itf !== undefined && models.length !== 1) throw usage("--itf goes with one model");
  const runs = await runModels(models, engine, { ...options, isCompared: () => false });
  if (options.itf !== undefined) writeTrace(options.itf, runs[0]);
  const exit = exitCodeOf(runs.flatMap(runComparisons));
  const ok = exit === 0;
  if (options.json)
    printJson({ command: "check", ok, engine: engine.engine, models: runs.map(runJson) });
  else show(runs, engine);
  return exit;
}

/** Whether a model is checked when none is named: the embedded engine serves the small ones. */
export const serves = (model: Model, { engine }: ChosenEngine, full: boolean): boolean =>
  engine === "tlc" ? full || model.full !== true : model.small === true;

export interface RunModelsOptions extends CommonOptions {
  readonly workers?: string;
  readonly isCompared: (model: Model) => boolean;
  /** What is done with a run in its own turn, so that no core is idle while it is done. */
  readonly afterEach?: (run: ModelRun, progress: Progress) => Promise<void>;
}

/** Two models at a time with one worker each, or one with the workers asked for. */
export async function runModels(
  models: readonly Model[],
  { engine, tools }: ChosenEngine,
  options: RunModelsOptions,
): Promise<readonly ModelRun[]> {
  const progress = createProgress();
  const workers = positive("--workers", options.workers);
  const heapMegabytes = positive("--heap", options.heap);
  const timeoutSeconds = positive("--timeout", options.timeout);
  const { isCompared, afterEach } = options;
  try {
    const plan = { width: workers === undefined ? 2 : 1, sizeOf: expectedSize };
    return await inParallel(models, plan, async (model, signal) => {
      const run = await runModel(model, {
        engine,
        tools,
        workers: workers ?? 1,
        heapMegabytes,
        timeoutSeconds,
        signal,
        onProgress: (at) => progress.update(model.name, runProgressText(at)),
        isCompared,
      });
      progress.end(model.name, runEndText(run));
      await afterEach?.(run, progress);
      return run;
    });
  } finally {
    progress.stop();
  }
}

/** The states that a model generates; a counterexample is near. */
const expectedSize = ({ expect }: Model): number => expect.generated ?? 0;

function show(runs: readonly ModelRun[], engine: ChosenEngine): void {
  print(formatChecks(runs.map(({ check }) => check)));
  const digests = formatDigests(runs);
  if (digests !== "") print(`\n${digests}`);
  for (const run of runs) {
    // A counterexample that is expected is shown when it was asked for alone.
    if (asExpected(run) && runs.length === 1) print(formatTrace(run));
    if (!asExpected(run)) print(`\n${formatFailure(run)}`);
  }
  printNotChecked(runs, engine);
}

/** What the engine leaves out is part of every answer. */
export function printNotChecked(runs: readonly ModelRun[], engine: ChosenEngine): void {
  if (engine.engine === "tlc") return;
  print(`\nThe embedded engine served: ${engine.reason}`);
  const sentences = new Set(runs.flatMap(({ check }) => check.notChecked));
  for (const sentence of sentences) print(`  not checked: ${sentence}`);
}

function writeTrace(path: string, { model, check }: ModelRun): void {
  if (check.trace.length === 0) throw usage(`${model.name} has no counterexample to write`);
  try {
    writeFileSync(path, formatItf({ model: model.name, states: check.trace }));
  } catch (cause) {
    throw new VerifyError({
      code: "FILE_UNWRITABLE",
      what: `the trace cannot be written: ${(cause as Error).message}`,
      where: path,
      hint: "name a file in a directory that you can write to",
    });
  }
}
