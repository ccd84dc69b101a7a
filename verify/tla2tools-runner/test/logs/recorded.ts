import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  type ReadTlcLogOptions,
  type RunTlcOptions,
  readTlcLog,
  runTlc,
  type TlcOutcome,
  type TlcTools,
} from "../../src/index.js";
import { Sandbox } from "../support/sandbox.js";

/** A model whose run is recorded. */
export interface Recordable {
  /** The name of its log. */
  readonly name: string;
  /** The module `Model`, without its first and last line. */
  readonly body: string;
  readonly cfg: string;
  readonly options?: Partial<RunTlcOptions>;
}

interface Recorded {
  /** Of the module, the configuration and the options. */
  readonly sha256: string;
  readonly exitCode: number;
}

const DIRECTORY = join(import.meta.dirname, "recorded");
const INDEX = join(DIRECTORY, "index.json");

const index: Readonly<Record<string, Recorded>> = existsSync(INDEX)
  ? JSON.parse(readFileSync(INDEX, "utf8"))
  : {};

export const logOf = ({ name }: Recordable): string => join(DIRECTORY, `${name}.log`);

export const exitCodeOf = ({ name }: Recordable): number => index[name]?.exitCode ?? -1;

/** Whether the log is of the model as it is now. */
export const isUpToDate = (model: Recordable): boolean =>
  index[model.name]?.sha256 === hashOf(model);

function hashOf({ body, cfg, options }: Recordable): string {
  return createHash("sha256")
    .update(JSON.stringify([body, cfg, options]))
    .digest("hex");
}

/** Runs TLC on the models whose logs are not up to date, and writes down what it prints. */
export async function record(tools: TlcTools, models: readonly Recordable[]): Promise<void> {
  mkdirSync(DIRECTORY, { recursive: true });
  const recorded: [string, Recorded][] = [];
  for (const model of models) {
    const old = index[model.name];
    if (old !== undefined && isUpToDate(model)) {
      recorded.push([model.name, old]);
      continue;
    }
    const { log, exitCode } = await printedBy(tools, model);
    writeFileSync(logOf(model), log);
    recorded.push([model.name, { sha256: hashOf(model), exitCode }]);
  }
  writeFileSync(INDEX, `${JSON.stringify(Object.fromEntries(recorded), undefined, 2)}\n`);
}

/** What a run prints, without what differs from one machine and run to the next. */
export async function printedBy(
  tools: TlcTools,
  model: Recordable,
): Promise<{ readonly log: string; readonly exitCode: number }> {
  const box = new Sandbox();
  const seen = box.file("seen.log", "");
  const script = `"${tools.java.path}" "$@" > "${seen}"; code=$?; cat "${seen}"; exit $code`;
  const java = { ...tools.java, path: box.script("java", script) };
  const spec = box.model("Model", model.body, model.cfg);
  const { exitCode } = await runTlc({
    spec,
    tools: { ...tools, java },
    env: box.environment(),
    isShort: true,
    ...model.options,
  });
  return { log: neutral(readFileSync(seen, "utf8"), dirname(spec)), exitCode: exitCode ?? -1 };
}

function neutral(log: string, models: string): string {
  return log
    .replaceAll(models, "/models")
    .replaceAll(/Parsing file .*\/([^/]+\.tla)$/gm, (line, name) =>
      line.includes("/models/") ? line : `Parsing file /unpacked/${name}`,
    )
    .replaceAll(/(STARTMSG 218[78]:0 @!@!@\nRunning [\w -]+?) with [^\n]*/g, "$1.")
    .replaceAll(/^\tat .*\n/gm, "")
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, "2026-01-01 00:00:00")
    .replaceAll(/[\d.,]+ (d?s)\/min/g, "1 $1/min")
    .replaceAll(/Finished in \d+ms/g, "Finished in 1234ms")
    .replaceAll(/ in \d\ds at/g, " in 00s at");
}

/** What the recorded run of a model tells. */
export function readRecorded(
  model: Recordable,
  more: Partial<ReadTlcLogOptions> = {},
): Promise<TlcOutcome> {
  return readTlcLog({
    log: logOf(model),
    config: new Sandbox().file("Model.cfg", model.cfg),
    continueAfterViolation: model.options?.continueAfterViolation ?? false,
    exitCode: exitCodeOf(model),
    ...more,
  });
}
