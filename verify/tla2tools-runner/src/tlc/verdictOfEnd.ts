import { tmpdir } from "node:os";
import type { ChildEnd } from "../support/runChild.js";
import { ToolError } from "../support/ToolError.js";
import { diskFullLine, temporaryUnusable } from "../support/temporaryDirectory.js";
import { javaNotStarted } from "../tools/javaNotStarted.js";
import type { Environment } from "../tools/toolTypes.js";
import type { EndedRun } from "./failureVerdict.js";
import { readVerdict } from "./readVerdict.js";
import type { TlcMessage } from "./TlcMessage.js";
import type { TlcOutput } from "./TlcOutput.js";
import type { FailureKind, TlcVerdict } from "./TlcResult.js";
import { type TlcCommand, tlcShellCommand } from "./tlcArguments.js";

/** As much of TLC's complaints goes into an error, in characters. */
const FOUND_KEPT = 2000;

/** A run of TLC that has ended. */
export interface EndedTlc {
  readonly end: ChildEnd;
  readonly output: TlcOutput;
  readonly command: TlcCommand;
  readonly env: Environment;
  readonly ended: EndedRun;
}

/**
 * The verdict of a run that has ended, in whatever way.
 *
 * @throws ToolError TLC_JAVA_UNUSABLE, TLC_TEMP_UNUSABLE or TLC_UNEXPECTED_OUTPUT where there is
 *   no verdict to give.
 */
export function verdictOfEnd(run: EndedTlc): TlcVerdict {
  const { end, command } = run;
  if (end.startFailure !== undefined) throw javaNotStarted(command.tools.java, end.startFailure);
  switch (end.endedBy) {
    case "timeout":
      return stopped("timed-out", "because its time was up");
    case "abort":
      return stopped("killed", "by the caller");
    case "signal":
      return stopped("killed", `by ${end.signal ?? `a signal (exit code ${end.exitCode})`}`);
    case "itself":
      break;
  }
  throwIfDiskFull(run);
  const verdict = readVerdict(run.ended);
  if (verdict === undefined) throw unexpectedOutput(run);
  return verdict;
}

const stopped = (kind: FailureKind, how: string): TlcVerdict => ({
  kind,
  message: `TLC was ended ${how}`,
  location: undefined,
});

const isError = ({ class: of }: TlcMessage): boolean => of === "error" || of === "bug";

function throwIfDiskFull({ end, output, command, env }: EndedTlc): void {
  if (end.exitCode === 0) return;
  const said = [...output.lines, ...output.messages.filter(isError).map(({ text }) => text)];
  // What stands in quotes is a string of the model.
  const unquoted = said.flatMap((text) => text.split("\n")).filter((line) => !line.includes('"'));
  const line = diskFullLine([end.stderr, ...unquoted]);
  if (line === undefined) return;
  const { dump, checkpointDirectory } = command.files;
  const where = [env.TMPDIR || tmpdir(), dump, checkpointDirectory];
  throw temporaryUnusable(where.filter((path) => path !== undefined).join(" or "), line);
}

function unexpectedOutput({ end, output, command }: EndedTlc): ToolError {
  return new ToolError({
    code: "TLC_UNEXPECTED_OUTPUT",
    what: "TLC ended in a way that this package does not know; that is no verdict",
    where: command.files.spec,
    expected: "the message of success and exit code 0, or a known failure and its exit code",
    found: whatWasSaid(end.exitCode, output.messages, end.stderr),
    hint: "Run the command below to see all of the output. Use one of the two known jars.",
    reproduce: tlcShellCommand(command),
  });
}

/** The errors among the messages, and the exit code. */
export function whatWasSaid(
  exitCode: number | undefined,
  messages: readonly TlcMessage[],
  stderr: string,
): string {
  const told = [
    ...messages.filter(isError).map((error) => `message ${error.code}: ${error.text}`),
    stderr,
  ].filter((text) => text !== "");
  const end = exitCode === undefined ? "no exit code" : `exit code ${exitCode}`;
  return `${end}\n${told.join("\n") || "no error message"}`.slice(0, FOUND_KEPT);
}
