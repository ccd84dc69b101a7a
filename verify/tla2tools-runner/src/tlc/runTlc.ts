import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type ChildEnd, runChild } from "../support/runChild.js";
import { withTemporaryDirectory } from "../support/temporaryDirectory.js";
import { locateTools, type TlcTools } from "../tools/describeTools.js";
import { checkTlcOptions } from "./checkTlcOptions.js";
import { checkDumpIsWhole, removeDump, removeLivenessDump } from "./dumpFile.js";
import type { EndedRun } from "./failureVerdict.js";
import type { RunTlcOptions } from "./RunTlcOptions.js";
import { namesBehavior, readOutcome } from "./readOutcome.js";
import { TlcOutput } from "./TlcOutput.js";
import type { TlcResult, TlcVerdict } from "./TlcResult.js";
import { type TlcCommand, tlcArguments, tlcShellCommand } from "./tlcArguments.js";
import { verdictOfEnd } from "./verdictOfEnd.js";

/**
 * Runs TLC on a model. Whatever TLC finds is the result's verdict; an error is thrown only where
 * there is no verdict to give. The run has temporary directories of its own, which are removed at
 * the end, also if this process is ended by SIGINT or SIGTERM; Java is then ended with it.
 *
 * @throws ToolError TLC_BAD_OPTION, TLC_SPEC_NOT_FOUND, TLC_CFG_NOT_FOUND, TLC_DUMP_UNUSABLE,
 *   TLC_TEMP_UNUSABLE, TLC_JAVA_UNUSABLE, TLC_UNEXPECTED_OUTPUT; and, without the option `tools`,
 *   what `locateTools` throws.
 */
export async function runTlc(options: RunTlcOptions): Promise<TlcResult> {
  const files = await checkTlcOptions(options);
  const env = options.env ?? process.env;
  const command = { files, options, tools: options.tools ?? (await findTools(options)) };
  return withTemporaryDirectory("tlc", env, async (directory) => {
    try {
      return await runIn(directory, command);
    } catch (error) {
      if (files.dump !== undefined) await removeDump(files.dump);
      throw error;
    }
  });
}

function findTools({ env = process.env, signal }: RunTlcOptions): Promise<TlcTools> {
  return locateTools({ env, ...(signal && { signal }) });
}

async function runIn(directory: string, command: TlcCommand): Promise<TlcResult> {
  const { options, files, tools } = command;
  const env = options.env ?? process.env;
  const directories = { meta: join(directory, "meta"), temporary: join(directory, "tmp"), env };
  await Promise.all([mkdir(directories.meta), mkdir(directories.temporary)]);
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  const output = new TlcOutput(options, directories.temporary, seconds);
  const end = await runChild({
    program: tools.java.path,
    args: tlcArguments(command, directories),
    cwd: files.cwd,
    env,
    timeoutMilliseconds: options.timeoutSeconds && options.timeoutSeconds * 1000,
    signal: options.signal,
    onLine: (line) => output.line(line),
  });
  const ended = endedRun(command, end, output);
  const verdict = verdictOfEnd({ end, output, command, env, ended });
  return {
    ...readOutcome(ended, verdict, end.milliseconds / 1000),
    dump: await settleDump(files.dump, end, verdict),
    tools,
    reproduce: tlcShellCommand(command),
  };
}

function endedRun({ files, options }: TlcCommand, end: ChildEnd, output: TlcOutput): EndedRun {
  return {
    messages: output.messages,
    output: output.lines,
    files: output.files,
    stderr: end.stderr,
    exitCode: end.exitCode,
    config: { path: files.config, text: files.configText },
    hasBehavior: namesBehavior(files.configText),
    continued: options.continueAfterViolation ?? false,
  };
}

/** Keeps the dump of a run that came to its end, and removes any other. */
async function settleDump(
  dump: string | undefined,
  end: ChildEnd,
  verdict: TlcVerdict,
): Promise<string | undefined> {
  if (dump === undefined) return undefined;
  if (end.endedBy !== "itself" || verdict.kind === "out-of-memory") {
    await removeDump(dump);
    return undefined;
  }
  await removeLivenessDump(dump);
  // After a violation the graph is not complete anyway, and after an early error there is none.
  if (verdict.kind === "holds") await checkDumpIsWhole(dump);
  return dump;
}
