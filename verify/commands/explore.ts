/** `ffa-verify explore MODEL`: the implementation's own state space, exhaustively. */
import { checkModel } from "../check/checkModel.js";
import { stepsOfTlc } from "../check/stepsOfTlc.js";
import type { CompareSteps } from "../conform/conformSpec.js";
import type { ExploreProgress } from "../engine/exploration.js";
import { exploreComparisons, tlcComparisons } from "../explore/exploreComparisons.js";
import { exploreModel } from "../explore/exploreModel.js";
import type { ExploreOutcome, TlcCounts } from "../explore/exploreOutcome.js";
import { type Bounds, boundsOf } from "../mediator/createSystem.js";
import type { Model } from "../mediator/model.js";
import { formatSchedule } from "../replay/schedule.js";
import { formatExplorations, formatExploreDetails, standingsIn } from "../report/exploreTables.js";
import { createProgress, type Progress } from "../report/progress.js";
import { grouped, rate } from "../report/screen.js";
import { standingJson } from "../report/standings.js";
import {
  agree,
  comparisonText,
  differing,
  type ExitCode,
  exitCodeOf,
} from "../support/comparison.js";
import {
  type CommonOptions,
  chooseEngine,
  chooseModels,
  positive,
  print,
  printJson,
  usage,
} from "./common.js";
import { partingJson } from "./json.js";

export interface ExploreCommandOptions extends CommonOptions {
  readonly workers?: string;
  readonly states?: string;
  readonly seconds?: string;
  readonly memory?: string;
  /** Other bounds than the model's, as in `2x3`. */
  readonly bounds?: string;
  /** Run TLC beside it and compare the counts of every action. */
  readonly tlc?: boolean;
}

export async function exploreCommand(
  names: readonly string[],
  options: ExploreCommandOptions,
): Promise<ExitCode> {
  if (names.length === 0) throw usage("explore takes the name of a model");
  const models = await chooseModels(names, () => true, options.models);
  const progress = createProgress();
  const controller = new AbortController();
  // Interrupted, it says how far it came; the second time it just ends.
  const interrupt = () => controller.abort();
  process.once("SIGINT", interrupt);
  try {
    const outcomes: ExploreOutcome[] = [];
    for (const model of models) {
      outcomes.push(await exploreOne(model, options, progress, controller.signal));
      if (controller.signal.aborted) break;
    }
    progress.stop();
    return answer(outcomes, options.json === true);
  } finally {
    process.off("SIGINT", interrupt);
    progress.stop();
  }
}

async function exploreOne(
  model: Model,
  options: ExploreCommandOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<ExploreOutcome> {
  const bounds = boundsFrom(options.bounds);
  const own = boundsOf(model);
  const same =
    bounds === undefined || (bounds.domains === own.domains && bounds.vcpus === own.vcpus);
  const beside = same && options.tlc === true ? await besideTlc(model, signal) : undefined;
  const counts = beside?.counts ?? (same ? pinned(model) : undefined);
  const stateLimit = positive("--limit-states", options.states);
  const secondsLimit = positive("--limit-seconds", options.seconds);
  const memory = positive("--limit-memory", options.memory);
  return exploreModel(
    model,
    {
      bounds,
      workers: positive("--workers", options.workers) ?? 1,
      signal,
      compareSteps: beside?.compareSteps,
      onProgress: (at) => progress.update(model.name, exploreText(at)),
      ...(stateLimit ? { stateLimit } : {}),
      ...(secondsLimit ? { secondsLimit } : {}),
      ...(memory ? { memoryLimit: memory * 2 ** 20 } : {}),
    },
    counts,
  );
}

/** TLC just now: what it counts and, where a graph is written out, the steps that it takes. */
async function besideTlc(
  model: Model,
  signal: AbortSignal,
): Promise<{ readonly counts: TlcCounts; readonly compareSteps: CompareSteps | undefined }> {
  const { tools, engine } = await chooseEngine("tlc");
  // With one worker the depth is that of the shortest behaviors, each time.
  const run = await checkModel(model, { engine, tools, coverage: true, signal });
  const compareSteps = model.conform === undefined ? undefined : stepsOfTlc(tools);
  return { counts: { ...run, by: run }, compareSteps };
}

export function pinned({ expect }: Model): TlcCounts | undefined {
  const { verdict, distinct, generated, depth } = expect;
  if (verdict !== "holds") return undefined;
  if (distinct === undefined || generated === undefined || depth === undefined) return undefined;
  return { distinct, generated, depth };
}

export function boundsFrom(text: string | undefined): Bounds | undefined {
  if (text === undefined) return undefined;
  const match = /^([1-9])x([1-9])$/.exec(text);
  if (match === null) throw usage(`--bounds takes domains x vCPUs, as in 2x3, not ${text}`);
  const bounds = { domains: Number(match[1]), vcpus: Number(match[2]) };
  const actors = bounds.domains * (bounds.vcpus + 1);
  if (actors > 30) throw usage(`--bounds ${text} has ${actors} actors; 30 are the most`);
  return bounds;
}

function exploreText(at: ExploreProgress): string {
  return (
    `${grouped(at.states)} states, ${grouped(at.generated)} generated, ` +
    `${grouped(at.frontier)} in the frontier, depth ${at.depth}, ` +
    `${rate(at.statesPerSecond)} states/s, ${grouped(Math.round(at.bytes / 2 ** 20))} MiB`
  );
}

function answer(outcomes: readonly ExploreOutcome[], json: boolean): ExitCode {
  const exit = exitCodeOf(outcomes.flatMap(exploreComparisons));
  const ok = exit === 0;
  if (json) printJson({ command: "explore", ok, models: outcomes.map(exploreJson) });
  else {
    print(formatExplorations(outcomes));
    for (const outcome of outcomes) {
      const details = formatExploreDetails(outcome);
      if (details !== "") print(`\n${outcome.model.name}\n${details}`);
    }
  }
  return exit;
}

export function exploreJson(outcome: ExploreOutcome): object {
  const { model, bounds, exploration, notChecked } = outcome;
  const ofTlc = tlcComparisons(outcome);
  const { outcome: found, generatedByAction, stepper: _, ...explored } = exploration;
  const violation = found.kind === "violation" ? found.violation : undefined;
  return {
    model: model.name,
    bounds,
    expected: agree(exploreComparisons(outcome)),
    outcome: found.kind,
    partialBecause: found.kind === "partial" ? found.reason : null,
    violation: violation
      ? {
          kind: violation.kind,
          name: violation.name,
          length: violation.length,
          schedule: formatSchedule(violation.behavior),
          fault: violation.fault ?? null,
          ...(violation.kind === "deadlock" && {
            next: standingsIn(outcome).map((each) => standingJson(each)),
          }),
        }
      : null,
    ...explored,
    actions: Object.fromEntries(generatedByAction),
    notChecked,
    tlcVerdict: outcome.tlc?.by?.verdict ?? null,
    firstDifference: partingJson(outcome.parting),
    differencesFromTlc: ofTlc.length === 0 ? null : differing(ofTlc).map(comparisonText),
  };
}
