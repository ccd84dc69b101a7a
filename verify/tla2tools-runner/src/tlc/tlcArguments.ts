import { join } from "node:path";
import { javaArguments } from "../support/javaArguments.js";
import { NEW_DIRECTORY, shellCommand } from "../support/shellCommand.js";
import type { TlcTools } from "../tools/describeTools.js";
import type { Environment } from "../tools/toolTypes.js";
import type { TlcFiles } from "./checkTlcOptions.js";
import type { RunTlcOptions } from "./RunTlcOptions.js";

/** What decides the command line. */
export interface TlcCommand {
  readonly tools: TlcTools;
  readonly files: TlcFiles;
  readonly options: RunTlcOptions;
}

/** The directories that a run needs for itself; Java has one for temporary files already. */
export interface TlcDirectories {
  readonly meta: string;
  readonly temporary: string | undefined;
  /** What the caller's environment says to Java; undefined for a command that is to be pasted. */
  readonly env?: Environment;
}

const DEFAULT_MINUTES = 30;

/** The arguments after `java`. They make a run with one worker repeatable. */
export function tlcArguments(command: TlcCommand, directories: TlcDirectories): string[] {
  const { options, files, tools } = command;
  const { temporary, env } = directories;
  return [
    ...javaArguments({
      ...(env && { env }),
      heapMegabytes: options.heapMegabytes,
      workers: options.workers ?? 1,
      isShort: options.isShort ?? false,
      temporary,
      libraries: files.libraries,
      classPath: files.classPath,
      jvmArguments: [...crashFile(temporary), ...(options.jvmArguments ?? [])],
      jar: tools.jar.path,
    }),
    ...ownArguments(command, directories),
  ];
}

/** Java writes a report of its own crash to its working directory otherwise. */
function crashFile(temporary: string | undefined): string[] {
  return temporary === undefined ? [] : [`-XX:ErrorFile=${join(temporary, "crash.log")}`];
}

function ownArguments({ options, files, tools }: TlcCommand, { meta }: TlcDirectories): string[] {
  const { checkpoint, simulate } = options;
  const minutes = checkpoint === undefined ? 0 : (checkpoint.minutes ?? DEFAULT_MINUTES);
  return [
    "tlc2.TLC",
    "-tool",
    ...(tools.jar.writesTraceSpecs ? ["-noGenerateSpecTE"] : []),
    // TLC chooses both at random otherwise; the numbers of states in a dump depend on the first.
    ...["-fp", String(options.fingerprint ?? 0), "-seed", String(options.seed ?? 0)],
    ...["-checkpoint", String(minutes)],
    ...["-workers", String(options.workers ?? 1)],
    // How often it looks at behaviors while it runs would depend on the time that it takes.
    ...["-lncheck", "final"],
    // What is to be saved lies where it can be found again.
    ...["-metadir", files.checkpointDirectory ?? meta],
    ...["-config", files.configName],
    ...(simulate === undefined ? [] : ["-simulate", `num=${simulate.num}`]),
    ...(simulate?.depth === undefined ? [] : ["-depth", String(simulate.depth)]),
    ...(options.continueAfterViolation ? ["-continue"] : []),
    ...(files.recover === undefined ? [] : ["-recover", files.recover]),
    ...(options.checkDeadlock === false ? ["-deadlock"] : []),
    ...(options.coverage ? ["-coverage", "1"] : []),
    ...(files.dump === undefined ? [] : ["-dump", "dot,actionlabels", files.dump]),
    files.spec,
  ];
}

/** A command for a POSIX shell that does the same, with a metadir that `mktemp` makes. */
export function tlcShellCommand(command: TlcCommand): string {
  const args = tlcArguments(command, { meta: NEW_DIRECTORY, temporary: undefined });
  const run = shellCommand([command.tools.java.path, ...args]);
  // A module may read files there.
  return `cd ${shellCommand([command.files.cwd])} && ${run}`;
}
