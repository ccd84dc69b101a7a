/** `ffa-verify conform [MODEL...]`: each model's state graph against the implementation. */
import { asExpected } from "../check/modelRun.js";
import { type ConformOutcome, conformModel, conforms } from "../conform/conformModel.js";
import type { Model } from "../mediator/model.js";
import { formatDifference } from "../report/differenceView.js";
import {
  formatActions,
  formatChecks,
  formatConformance,
  formatFailure,
} from "../report/modelTables.js";
import { VerifyError } from "../support/verifyError.js";
import { runModels } from "./check.js";
import {
  ALL_AS_EXPECTED,
  type CommonOptions,
  chooseEngine,
  chooseModels,
  type ExitCode,
  exitCodeOf,
  print,
  printJson,
  SOMETHING_DIFFERS,
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
  const ok = runs.every(asExpected);
  if (options.json) {
    printJson({ command: "conform", ok, engine: "tlc", models: runs.map(runJson) });
  } else {
    print(`${formatChecks(runs.map(({ check }) => check))}\n`);
    showOutcomes(runs.flatMap(({ conformance }) => conformance ?? []));
    for (const run of runs.filter((each) => !asExpected(each))) print(`\n${formatFailure(run)}`);
  }
  return exitCodeOf(runs);
}

async function conformDump(
  names: readonly string[],
  dump: string,
  { json, models }: CommonOptions,
): Promise<ExitCode> {
  if (names.length !== 1) throw usage("--dump goes with one model");
  const [model] = await chooseModels(names, () => true, models);
  const outcome = conformModel(model, dump);
  const ok = conforms(outcome);
  if (json) {
    printJson({ command: "conform", ok, engine: null, models: [conformJson(outcome)] });
  } else {
    showOutcomes([outcome]);
    if (!ok) print(`\n${formatDifference(outcome)}`);
  }
  return ok ? ALL_AS_EXPECTED : SOMETHING_DIFFERS;
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
