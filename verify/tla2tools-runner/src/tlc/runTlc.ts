import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type ChildEnd, runChild } from "../support/runChild.js";
import { withTemporaryDirectory } from "../support/temporaryDirectory.js";
import { locateTools, type TlcTools } from "../tools/describeTools.js";
import { checkTlcOptions, type TlcFiles } from "./checkTlcOptions.js";
import { checkDumpIsWhole, removeDump, removeLivenessDump } from "./dumpFile.js";
import { messageCodes as code } from "./messageCodes.js";
import type { RunTlcOptions } from "./RunTlcOptions.js";
import { readCounts } from "./readCounts.js";
import { readCoverage } from "./readCoverage.js";
import { readTrace } from "./readTrace.js";
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
  const command = toCommand(options, files, options.tools ?? (await findTools(options)));
  return withTemporaryDirectory("tlc", env, async (directory) => {
    try {
      return await runIn(directory, command, files, options);
    } catch (error) {
      if (files.dump !== undefined) await removeDump(files.dump);
      throw error;
    }
  });
}

function findTools({ env = process.env, signal }: RunTlcOptions): Promise<TlcTools> {
  return locateTools({ env, ...(signal && { signal }) });
}

function toCommand(options: RunTlcOptions, files: TlcFiles, tools: TlcTools): TlcCommand {
  return {
    ...files,
    tools,
    workers: options.workers ?? 1,
    heapMegabytes: options.heapMegabytes,
    isShort: options.isShort ?? false,
    checkDeadlock: options.checkDeadlock,
    coverage: options.coverage ?? false,
    jvmArguments: options.jvmArguments ?? [],
  };
}

async function runIn(
  directory: string,
  command: TlcCommand,
  { configText }: TlcFiles,
  options: RunTlcOptions,
): Promise<TlcResult> {
  const directories = { meta: join(directory, "meta"), temporary: join(directory, "tmp") };
  await Promise.all(Object.values(directories).map((path) => mkdir(path)));
  const env = options.env ?? process.env;
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  const output = new TlcOutput(options, directories.temporary, seconds);
  const end = await runChild({
    program: command.tools.java.path,
    args: tlcArguments(command, directories),
    // Whatever TLC or Java writes to its working directory goes away with it.
    cwd: directory,
    env,
    timeoutMilliseconds: options.timeoutSeconds && options.timeoutSeconds * 1000,
    signal: options.signal,
    onLine: (line) => output.line(line),
  });
  const verdict = verdictOfEnd({ end, output, command, configText, env });
  const dump = await settleDump(command.dump, end, verdict);
  return toResult(command, end, output, verdict, dump);
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

function toResult(
  command: TlcCommand,
  end: ChildEnd,
  output: TlcOutput,
  verdict: TlcVerdict,
  dump: string | undefined,
): TlcResult {
  const { steps, lasso } = readTrace(output.messages, output.files);
  const version = output.messages.find((message) => message.code === code.TLC_VERSION)?.text;
  return {
    engine: "tlc",
    verdict,
    ...readCounts(output.messages),
    seconds: end.milliseconds / 1000,
    coverage: readCoverage(output.messages, output.files),
    trace: steps,
    lasso,
    messages: output.messages,
    output: output.lines,
    version: version?.replace(/^TLC2 Version /, ""),
    exitCode: end.exitCode,
    dump,
    tools: command.tools,
    reproduce: tlcShellCommand(command),
  };
}
