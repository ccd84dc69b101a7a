/** `ffa-verify traces`: the models' graphs, kept as behaviors that are replayed without Java. */
import { parseValue } from "tla2tools-runner";
import type { Model } from "../mediator/model.js";
import { createProgress } from "../report/progress.js";
import {
  formatMadeTraces,
  formatMismatch,
  formatReplayedTraces,
  formatStale,
  type MadeFile,
  mismatchJson,
} from "../report/tracesTables.js";
import { agree, differing, type ExitCode, exitCodeOf } from "../support/comparison.js";
import { VerifyError } from "../support/verifyError.js";
import { behaviorStates } from "../traces/behaviorStates.js";
import { hasTraces, originComparisons, tracesPath } from "../traces/origin.js";
import { type ReplayedTraces, replayComparisons, replayTraces } from "../traces/replayTraces.js";
import { corpusIn, readTracesFile, type TracesFile } from "../traces/tracesFile.js";
import { chooseModels, positive, print, printJson, usage } from "./common.js";
import { exportModels } from "./exportTraces.js";
import { keptFiles, replayKept } from "./keptTraces.js";
import { requireWritable, writeTraceFile } from "./traceFile.js";
import { type TracesOptions, tracesDirectory } from "./tracesDirectory.js";

export async function tracesExportCommand(
  names: readonly string[],
  options: TracesOptions,
): Promise<ExitCode> {
  const models = await modelsWithTraces(names, options);
  const limits = {
    timeoutSeconds: positive("--timeout", options.timeout),
    heapMegabytes: positive("--heap", options.heap),
  };
  const made = await exportModels(models, tracesDirectory(options), limits);
  if (options.json) printJson({ command: "traces export", ok: true, models: made.map(madeJson) });
  else print(formatMadeTraces(made));
  return 0;
}

export async function tracesCheckCommand(
  names: readonly string[],
  options: TracesOptions,
): Promise<ExitCode> {
  const models = await modelsWithTraces(names, options);
  const checked = models.map((model) => {
    const { head } = fileOf(model, options);
    return { model, comparisons: originComparisons(model, head) };
  });
  const exit = exitCodeOf(checked.flatMap(({ comparisons }) => comparisons));
  const stale = checked.filter(({ comparisons }) => !agree(comparisons));
  if (options.json) {
    const documents = checked.map(({ model, comparisons }) => {
      const differences = differing(comparisons).map(({ what, expected, found }) => {
        return { what, expected, found };
      });
      return { model: model.name, current: differences.length === 0, differences };
    });
    printJson({ command: "traces check", ok: exit === 0, models: documents });
  } else {
    for (const each of stale) print(formatStale(each.model, each.comparisons));
    print(`${checked.length - stale.length} of ${checked.length} files of traces are current`);
  }
  return exit;
}

export async function tracesReplayCommand(
  names: readonly string[],
  options: TracesOptions,
): Promise<ExitCode> {
  const models = await modelsWithTraces(names, options);
  const progress = createProgress();
  const replayed = models.map((model) => {
    progress.update(model.name, "replaying");
    const result = replayTraces(model, tracesPath(tracesDirectory(options), model));
    progress.end(model.name, agree(replayComparisons(result)) ? "equal" : "NOT AS EXPECTED");
    return result;
  });
  progress.stop();
  const directory = tracesDirectory(options);
  const kept =
    names.length > 0
      ? []
      : await Promise.all(keptFiles(directory).map((file) => replayKept(file, options.models)));
  const comparisons = [
    ...replayed.flatMap(replayComparisons),
    ...kept.map(({ comparison }) => comparison),
  ];
  const exit = exitCodeOf(comparisons);
  if (options.json) {
    const documents = replayed.map(replayedJson);
    const keptJson = kept.map(({ name, model, comparison }) => {
      return { name, model, replays: agree([comparison]) };
    });
    printJson({ command: "traces replay", ok: exit === 0, models: documents, kept: keptJson });
  } else {
    print(formatReplayedTraces(replayed, kept));
    for (const each of replayed) if (each.mismatch) print(`\n${formatMismatch(each)}`);
  }
  return exit;
}

export interface TracesShowOptions extends TracesOptions {
  /** Where the behavior goes, as ITF. */
  readonly itf?: string;
}

/** One behavior, by its number, as the model has it. */
export async function tracesShowCommand(
  name: string,
  number: string,
  options: TracesShowOptions,
): Promise<ExitCode> {
  const [model] = await modelsWithTraces([name], options);
  if (options.itf !== undefined) requireWritable(options.itf);
  const file = fileOf(model, options);
  const nth = positive("the behavior", number) ?? 1;
  if (nth > file.head.behaviors) {
    throw usage(`${model.name} has behaviors 1 to ${file.head.behaviors}, and no ${nth}`);
  }
  const { steps, states } = behaviorStates(corpusIn(file), nth - 1);
  if (options.itf !== undefined) {
    const values = states.map((state) => {
      return new Map([...state].map(([variable, text]) => [variable, parseValue(text)]));
    });
    writeTraceFile(options.itf, { model: model.name, states: values, loop: undefined });
  }
  const where = `behavior ${nth} of ${file.head.behaviors}`;
  if (options.json) {
    printJson({ command: "traces show", ok: true, model: model.name, behavior: nth, steps });
  } else {
    print(`${model.name}, ${where}: ${steps.length} steps`);
    for (const { actor, action } of steps) print(`  ${actor} ${action}`);
  }
  return 0;
}

function fileOf(model: Model, options: TracesOptions): TracesFile {
  return readTracesFile(tracesPath(tracesDirectory(options), model));
}

/** @throws VerifyError USAGE for a model whose graph is not kept */
async function modelsWithTraces(
  names: readonly string[],
  { models }: TracesOptions,
): Promise<readonly Model[]> {
  const chosen = await chooseModels(names, hasTraces, models);
  const others = chosen.filter((model) => !hasTraces(model)).map(({ name }) => name);
  if (others.length === 0) return chosen;
  throw new VerifyError({
    ...usage(`${others.join(", ")}: no graph that is kept as traces`).toJSON(),
    expected: 'a model that the manifest has "conform": "always" of',
  });
}

function madeJson({ model, head, size, seconds }: MadeFile): object {
  const { states, edges, behaviors, steps, fewestSteps, sha256 } = head;
  return { model: model.name, states, edges, behaviors, steps, fewestSteps, size, sha256, seconds };
}

function replayedJson(replayed: ReplayedTraces): object {
  const { model, behaviors, steps, states, edges, head, seconds, cpuSeconds } = replayed;
  return {
    model: model.name,
    ok: agree(replayComparisons(replayed)),
    ...{ behaviors, steps, states, edges, fewestSteps: head.fewestSteps },
    ...{ secondsToLoad: replayed.secondsToLoad, seconds, cpuSeconds },
    stepsPerSecond: steps / seconds,
    mismatch: mismatchJson(replayed),
  };
}
