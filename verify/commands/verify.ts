/** `ffa-verify verify`: every model, every comparison, every hazard. */
import { asExpected, type ModelRun, runComparisons } from "../check/modelRun.js";
import { exploreComparisons } from "../explore/exploreComparisons.js";
import { exploreModel } from "../explore/exploreModel.js";
import type { ExploreOutcome } from "../explore/exploreOutcome.js";
import type { Model } from "../mediator/model.js";
import { formatExplorations, formatExploreDetails } from "../report/exploreTables.js";
import {
  formatChecks,
  formatDigests,
  formatFailure,
  formatHazards,
} from "../report/modelTables.js";
import type { Progress } from "../report/progress.js";
import { colors, grouped } from "../report/screen.js";
import { agree, type ExitCode, exitCodeOf } from "../support/comparison.js";
import { modelsFor, printNotChecked, runModels } from "./check.js";
import {
  type ChosenEngine,
  type CommonOptions,
  chooseEngine,
  chooseModels,
  print,
  printJson,
} from "./common.js";
import { showOutcomes } from "./conform.js";
import { boundsFrom, exploreJson, pinned } from "./explore.js";
import { runJson } from "./json.js";

export interface VerifyCommandOptions extends CommonOptions {
  readonly full?: boolean;
}

export async function verifyCommand(options: VerifyCommandOptions): Promise<ExitCode> {
  const engine = await chooseEngine(options.engine);
  const { models, notRun } = await modelsFor([], engine, options);
  const isCompared = ({ conform }: Model): boolean =>
    conform === "always" || (conform === "full" && options.full === true);
  const byModel = new Map<Model, readonly ExploreOutcome[]>();
  const afterEach = async (run: ModelRun, progress: Progress): Promise<void> => {
    byModel.set(run.model, await exploreAfter(run, options.models, progress));
  };
  const runs = await runModels(models, engine, { ...options, isCompared, afterEach });
  const explored = runs.flatMap(({ model }) => byModel.get(model) ?? []);
  const exit = exitCodeOf([
    ...runs.flatMap(runComparisons),
    ...explored.flatMap(exploreComparisons),
  ]);
  const ok = exit === 0;
  if (options.json) {
    const explorations = explored.map(exploreJson);
    const { engine: name } = engine;
    const shown = runs.map(runJson);
    printJson({ command: "verify", ok, engine: name, models: shown, explorations, notRun });
  } else {
    show(runs, explored, engine, notRun, ok);
  }
  return exit;
}

/** How many states of the next larger bounds are explored; what is left then is named partial. */
const LARGER_STATES = 500_000;

/** A model that is compared, explored on the code as well, and then the next larger one. */
async function exploreAfter(
  { model, check, conformance }: ModelRun,
  directory: string | undefined,
  progress: Progress,
): Promise<readonly ExploreOutcome[]> {
  if (model.conform === undefined) return [];
  const byAction = conformance?.edgesByAction;
  const own = await exploreModel(model, {}, { ...check, byAction, by: check });
  const { larger } = model;
  const outcomes = [
    own,
    ...(larger === undefined ? [] : [await exploreLarger(model, larger, directory)]),
  ];
  for (const { model: explored, bounds, exploration } of outcomes) {
    const states = `${grouped(exploration.distinct)} states of the code`;
    progress.end(`${explored.name} ${bounds.domains}x${bounds.vcpus}`, states);
  }
  return outcomes;
}

async function exploreLarger(
  model: Model,
  larger: string,
  directory: string | undefined,
): Promise<ExploreOutcome> {
  const limit = { stateLimit: LARGER_STATES, isSample: true };
  if (/^\dx\d$/.test(larger)) return exploreModel(model, { ...limit, bounds: boundsFrom(larger) });
  const [other] = await chooseModels([larger], () => true, directory);
  return exploreModel(other, limit, pinned(other));
}

/** What waits for --full: the writing of a large graph takes TLC as long as the checking of it. */
function printNotCompared(runs: readonly ModelRun[]): void {
  const names = runs
    .filter(({ model, check, conformance }) => {
      return model.conform === "full" && check.engine === "tlc" && conformance === undefined;
    })
    .map(({ model }) => model.name);
  if (names.length === 0) return;
  print(`\ncounted, not compared edge by edge: ${names.join(", ")} (--full does)`);
}

function show(
  runs: readonly ModelRun[],
  explored: readonly ExploreOutcome[],
  engine: ChosenEngine,
  notRun: readonly string[],
  ok: boolean,
): void {
  const outcomes = runs.flatMap(({ conformance }) => conformance ?? []);
  print(`${formatChecks(runs.map(({ check }) => check))}\n`);
  if (outcomes.length > 0) showOutcomes(outcomes);
  else print("not compared with the implementation: that needs TLC's state graph");
  print(`\nthe code itself, explored\n\n${formatExplorations(explored)}`);
  for (const part of [formatHazards(runs), formatDigests(runs)]) {
    if (part !== "") print(`\n${part}`);
  }
  for (const run of runs.filter((each) => !asExpected(each))) print(`\n${formatFailure(run)}`);
  for (const each of explored) {
    const details = formatExploreDetails(each);
    if (details !== "") print(`\n${each.model.name}\n${details}`);
  }
  printNotChecked(runs, engine, notRun);
  printNotCompared(runs);
  const differing =
    runs.filter((run) => !asExpected(run)).length +
    explored.filter((outcome) => !agree(exploreComparisons(outcome))).length;
  const verdict = ok ? colors.green("all as expected") : colors.red(`${differing} not as expected`);
  print(`\n${runs.length} models, ${outcomes.length} compared: ${verdict}`);
}
