import { tmpdir } from "node:os";
import type { ChildEnd } from "../support/runChild.js";
import { ToolError } from "../support/ToolError.js";
import { diskFullLine, temporaryUnusable } from "../support/temporaryDirectory.js";
import { javaNotStarted } from "../tools/javaNotStarted.js";
import type { Environment } from "../tools/toolTypes.js";
import { readVerdict } from "./readVerdict.js";
import type { TlcOutput } from "./TlcOutput.js";
import type { TlcVerdict } from "./TlcResult.js";
import { type TlcCommand, tlcShellCommand } from "./tlcArguments.js";

/** As much of TLC's complaints goes into an error, in characters. */
const FOUND_KEPT = 2000;

/** A run of TLC that has ended. */
export interface EndedTlc {
  readonly end: ChildEnd;
  readonly output: TlcOutput;
  readonly command: TlcCommand;
  readonly configText: string;
  readonly env: Environment;
}

/**
 * The verdict of a run that has ended, in whatever way.
 *
 * @throws ToolError TLC_JAVA_UNUSABLE, TLC_TEMP_UNUSABLE or TLC_UNEXPECTED_OUTPUT where there is
 *   no verdict to give.
 */
export function verdictOfEnd(run: EndedTlc): TlcVerdict {
  const { end, output, command } = run;
  const location = undefined;
  if (end.startFailure !== undefined) throw javaNotStarted(command.tools.java, end.startFailure);
  switch (end.endedBy) {
    case "timeout":
      return { kind: "timed-out", message: "TLC was ended because its time was up", location };
    case "abort":
      return { kind: "killed", message: "TLC was ended by the caller", location };
    case "signal": {
      const how = end.signal ?? `a signal (exit code ${end.exitCode})`;
      return { kind: "killed", message: `TLC was ended by ${how}`, location };
    }
    case "itself":
      break;
  }
  throwIfDiskFull(run);
  const verdict = readVerdict({
    messages: output.messages,
    output: output.lines,
    stderr: end.stderr,
    exitCode: end.exitCode,
    files: output.files,
    config: { path: command.config, text: run.configText },
  });
  if (verdict === undefined) throw unexpectedOutput(run);
  return verdict;
}

function throwIfDiskFull({ end, output, command, env }: EndedTlc): void {
  if (end.exitCode === 0) return;
  const messages = output.messages.filter((message) => message.class !== "state");
  const texts = [end.stderr, ...output.lines, ...messages.map((message) => message.text)];
  const line = diskFullLine(texts);
  if (line === undefined) return;
  const where = [env.TMPDIR || tmpdir(), ...(command.dump === undefined ? [] : [command.dump])];
  throw temporaryUnusable(where.join(" or "), line);
}

function unexpectedOutput({ end, output, command }: EndedTlc): ToolError {
  const errors = output.messages.filter(({ class: of }) => of === "error" || of === "bug");
  const told = [...errors.map((error) => `message ${error.code}: ${error.text}`), end.stderr];
  const found = told.filter((text) => text !== "").join("\n");
  return new ToolError({
    code: "TLC_UNEXPECTED_OUTPUT",
    what: "TLC ended in a way that this package does not know; that is no verdict",
    where: command.spec,
    expected: "the message of success and exit code 0, or a message of a known failure",
    found: `exit code ${end.exitCode}\n${found || "no error message"}`.slice(0, FOUND_KEPT),
    hint: "Run the command below to see all of the output. Use one of the two known jars.",
    reproduce: tlcShellCommand(command),
  });
}
