/**
 * `ffa-verify check [MODEL...]`: the verdict and the counts of each model, and its
 * counterexample.
 */
import { asExpected, type ModelRun, runComparisons } from "../check/modelRun.js";
import { runModel } from "../check/runModel.js";
import type { Model } from "../mediator/model.js";
import { isShort } from "../model/manifestEntry.js";
import { formatChecks, formatDigests, formatFailure, formatTrace } from "../report/modelTables.js";
import { createProgress, type Progress } from "../report/progress.js";
import { runEndText, runProgressText } from "../report/runProgress.js";
import { type ExitCode, exitCodeOf } from "../support/comparison.js";
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
import { requireWritable, writeTraceFile } from "./traceFile.js";

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
  const { models, notRun } = await modelsFor(names, engine, options);
  if (options.itf !== undefined) {
    if (models.length !== 1) throw usage("--itf goes with one model");
    requireWritable(options.itf);
  }
  const runs = await runModels(models, engine, { ...options, isCompared: () => false });
  const exit = exitCodeOf(runs.flatMap(runComparisons));
  const ok = exit === 0;
  if (options.json)
    printJson({ command: "check", ok, engine: engine.engine, models: runs.map(runJson), notRun });
  else show(runs, engine, notRun);
  if (options.itf !== undefined) writeCounterexample(options.itf, runs[0]);
  return exit;
}

/** The models that are named, or those that the engine serves, and the names of the others. */
export async function modelsFor(
  names: readonly string[],
  engine: ChosenEngine,
  options: CheckCommandOptions,
): Promise<{ readonly models: readonly Model[]; readonly notRun: readonly string[] }> {
  const all = await chooseModels(names, () => true, options.models);
  if (names.length > 0) return { models: all, notRun: [] };
  const models = all.filter((model) => serves(model, engine, options.full === true));
  return { models, notRun: all.filter((model) => !models.includes(model)).map(({ name }) => name) };
}

/**
 * The embedded engine serves short runs; it has no registers to sum a graph up in, reads no
 * INSTANCE, and does not ask what happens some day.
 */
const serves = (model: Model, { engine }: ChosenEngine, full: boolean): boolean =>
  engine === "tlc"
    ? full || model.full !== true
    : isShort(model) && model.digest !== true && model.tlcAlone !== true;

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

function show(runs: readonly ModelRun[], engine: ChosenEngine, notRun: readonly string[]): void {
  print(formatChecks(runs.map(({ check }) => check)));
  const digests = formatDigests(runs);
  if (digests !== "") print(`\n${digests}`);
  for (const run of runs) {
    // A counterexample that is expected is shown when it was asked for alone.
    if (asExpected(run) && runs.length === 1) print(formatTrace(run));
    if (!asExpected(run)) print(`\n${formatFailure(run)}`);
  }
  printNotChecked(runs, engine, notRun);
}

/** What is left out is part of every answer. */
export function printNotChecked(
  runs: readonly ModelRun[],
  engine: ChosenEngine,
  notRun: readonly string[],
): void {
  const how = engine.engine === "tlc" ? "--full runs them" : "they need TLC";
  if (notRun.length > 0) print(`\nnot run: ${notRun.join(", ")} (${how})`);
  if (engine.engine === "tlc") return;
  print(`\nThe embedded engine served: ${engine.reason}`);
  const sentences = new Set(runs.flatMap(({ check }) => check.notChecked));
  for (const sentence of sentences) print(`  not checked: ${sentence}`);
}

function writeCounterexample(path: string, { model, check }: ModelRun): void {
  if (check.trace.length === 0) throw usage(`${model.name} has no counterexample to write`);
  writeTraceFile(path, { model: model.name, states: check.trace, loop: check.loop });
}
