/** `ffa-verify conform [MODEL...]`: each model's state graph against the implementation. */
import { asExpected, runComparisons } from "../check/modelRun.js";
import { type ConformOutcome, conformComparisons, conformModel } from "../conform/conformModel.js";
import type { Model } from "../mediator/model.js";
import {
  formatActions,
  formatChecks,
  formatConformance,
  formatFailure,
  formatNonConformance,
} from "../report/modelTables.js";
import { type ExitCode, exitCodeOf } from "../support/comparison.js";
import { VerifyError } from "../support/verifyError.js";
import { runModels } from "./check.js";
import {
  type CommonOptions,
  chooseEngine,
  chooseModels,
  print,
  printJson,
  usage,
} from "./common.js";
import { conformJson, runJson } from "./json.js";

export interface ConformCommandOptions extends CommonOptions {
  /** A state graph that TLC has written before; TLC is not run then. */
  readonly dump?: string;
  readonly full?: boolean;
}

const isWrittenOut = ({ conform }: Model): boolean => conform !== undefined;

export async function conformCommand(
  names: readonly string[],
  options: ConformCommandOptions,
): Promise<ExitCode> {
  if (options.dump !== undefined) return conformDump(names, options.dump, options);
  const models = await chooseModels(
    names,
    (model) => isWrittenOut(model) && (options.full === true || model.full !== true),
    options.models,
  );
  const others = models.filter((model) => !isWrittenOut(model)).map(({ name }) => name);
  if (others.length > 0) throw usage(`${others.join(", ")}: not written out as a graph`);
  const engine = await chooseEngine(options.engine);
  if (engine.engine === "embedded") throw needsTlc(engine.reason);
  const runs = await runModels(models, engine, { ...options, isCompared: isWrittenOut });
  const exit = exitCodeOf(runs.flatMap(runComparisons));
  const ok = exit === 0;
  if (options.json) {
    printJson({ command: "conform", ok, engine: "tlc", models: runs.map(runJson) });
  } else {
    print(`${formatChecks(runs.map(({ check }) => check))}\n`);
    showOutcomes(runs.flatMap(({ conformance }) => conformance ?? []));
    for (const run of runs.filter((each) => !asExpected(each))) print(`\n${formatFailure(run)}`);
  }
  return exit;
}

async function conformDump(
  names: readonly string[],
  dump: string,
  { json, models }: CommonOptions,
): Promise<ExitCode> {
  if (names.length !== 1) throw usage("--dump goes with one model");
  const [model] = await chooseModels(names, () => true, models);
  const outcome = conformModel(model, dump);
  const exit = exitCodeOf(conformComparisons(outcome));
  const ok = exit === 0;
  if (json) {
    printJson({ command: "conform", ok, engine: null, models: [conformJson(outcome)] });
  } else {
    showOutcomes([outcome]);
    if (!ok) print(`\n${formatNonConformance(outcome)}`);
  }
  return exit;
}

export function showOutcomes(outcomes: readonly ConformOutcome[]): void {
  print(formatConformance(outcomes));
  print(`\n${formatActions(outcomes)}`);
}

function needsTlc(reason: string | undefined): VerifyError {
  return new VerifyError({
    code: "NOT_POSSIBLE_EMBEDDED",
    what: "the comparison needs the state graph that TLC writes",
    found: reason,
    hint: "install Java 11 or later; ffa-verify tools says what was looked for",
  });
}
