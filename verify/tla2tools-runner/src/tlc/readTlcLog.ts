import { readFile } from "node:fs/promises";
import { badOption } from "../support/badOption.js";
import { checkOptionNames } from "../support/checkOptionNames.js";
import { pathOf } from "../support/modelFiles.js";
import { SIGNAL_EXIT_CODES } from "../support/runChild.js";
import { ToolError } from "../support/ToolError.js";
import type { EndedRun } from "./failureVerdict.js";
import { messageCodes as code } from "./messageCodes.js";
import { toNumber } from "./readCounts.js";
import { namesBehavior, readOutcome } from "./readOutcome.js";
import { readVerdict } from "./readVerdict.js";
import type { TlcMessage } from "./TlcMessage.js";
import { TlcOutput } from "./TlcOutput.js";
import type { TlcOutcome, TlcVerdict } from "./TlcResult.js";
import { whatWasSaid } from "./verdictOfEnd.js";

/** A saved output of TLC, and what is known of the run beside it. */
export interface ReadTlcLogOptions {
  /** The file with the standard output of TLC, run with `-tool`. */
  readonly log: string;
  /** The configuration file of the run, for places in it. */
  readonly config?: string;
  /** The exit code of the run; where it is known, the messages have to agree with it. */
  readonly exitCode?: number;
  /** Whether TLC was run with `-continue`. Default: false. */
  readonly continueAfterViolation?: boolean;
  /** Called with each numbered message. */
  readonly onMessage?: (message: TlcMessage) => void;
}

const OPTIONS = {
  log: true,
  config: true,
  exitCode: true,
  continueAfterViolation: true,
  onMessage: true,
} satisfies Record<keyof ReadTlcLogOptions, true>;

/**
 * Reads what TLC has printed in an earlier run, without Java. A log that ends before TLC did has
 * the verdict `killed`, unless TLC had already found a failure.
 *
 * @throws ToolError TLC_BAD_OPTION, TLC_LOG_UNREADABLE; TLC_UNEXPECTED_OUTPUT where the messages
 *   are no known verdict, or contradict each other or the exit code.
 */
export async function readTlcLog(options: ReadTlcLogOptions): Promise<TlcOutcome> {
  checkOptionNames(options, OPTIONS);
  const { exitCode } = options;
  if (exitCode !== undefined && !Number.isInteger(exitCode)) {
    throw badOption("exitCode", "an integer", exitCode);
  }
  const log = pathOf("log", options.log);
  const output = split(await textOf("log", log), options);
  if (output.messages.length === 0) throw unreadable(log, "no numbered message");
  const run = await endedRun(options, output);
  return readOutcome(run, verdictOf(run, output, log), secondsOf(output.messages));
}

async function textOf(option: string, path: string): Promise<string> {
  return readFile(pathOf(option, path), "utf8").catch((error: unknown) => {
    throw unreadable(path, error instanceof Error ? error.message : String(error));
  });
}

function split(text: string, options: ReadTlcLogOptions): TlcOutput {
  const output = new TlcOutput(options, undefined, () => 0);
  for (const line of text.split(/\r?\n/)) output.line(line);
  return output;
}

async function endedRun(options: ReadTlcLogOptions, output: TlcOutput): Promise<EndedRun> {
  const { config } = options;
  const configText = config === undefined ? undefined : await textOf("config", config);
  return {
    messages: output.messages,
    output: output.lines,
    files: output.files,
    stderr: "",
    exitCode: options.exitCode,
    config:
      config === undefined || configText === undefined
        ? undefined
        : { path: pathOf("config", config), text: configText },
    hasBehavior: configText === undefined ? undefined : namesBehavior(configText),
    continued: options.continueAfterViolation ?? false,
  };
}

function verdictOf(run: EndedRun, output: TlcOutput, log: string): TlcVerdict {
  const verdict = readVerdict(run);
  if (verdict !== undefined) return verdict;
  const hasEnded = run.messages.some((message) => message.code === code.TLC_FINISHED);
  const hasFailed = run.messages.some(({ class: of }) => of === "error" || of === "bug");
  const isCutOff = run.exitCode === undefined && (output.isCutOff || !hasEnded);
  if (!hasFailed && (isCutOff || SIGNAL_EXIT_CODES.has(run.exitCode))) {
    const message = "the log ends before TLC did";
    return { kind: "killed", message, location: undefined };
  }
  throw new ToolError({
    code: "TLC_UNEXPECTED_OUTPUT",
    what: "the log tells of no verdict that this package knows",
    where: log,
    expected: "the message of success, or a known failure, and the exit code that goes with it",
    found: whatWasSaid(run.exitCode, run.messages, ""),
    hint: "Give the exit code of that run. After -continue, say so with the option.",
  });
}

/** TLC says in its last message how long it took, in milliseconds. */
function secondsOf(messages: readonly TlcMessage[]): number {
  const last = messages.findLast((message) => message.code === code.TLC_FINISHED)?.text ?? "";
  return toNumber(/^Finished in (.+?)ms/.exec(last)?.[1] ?? "0") / 1000;
}

function unreadable(where: string, found: string): ToolError {
  return new ToolError({
    code: "TLC_LOG_UNREADABLE",
    what: "this is no saved output of TLC",
    where,
    expected: "what TLC prints to standard output when it is run with -tool",
    found,
    hint: "Run TLC with -tool, and keep its standard output.",
  });
}
