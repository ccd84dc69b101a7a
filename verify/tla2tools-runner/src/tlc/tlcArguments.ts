import { javaArguments } from "../support/javaArguments.js";
import { NEW_DIRECTORY, shellCommand } from "../support/shellCommand.js";
import type { TlcTools } from "../tools/describeTools.js";

/** What decides the command line; all paths are absolute. */
export interface TlcCommand {
  readonly tools: TlcTools;
  readonly spec: string;
  readonly config: string;
  readonly libraries: readonly string[];
  readonly workers: number | "auto";
  readonly heapMegabytes: number | undefined;
  readonly isShort: boolean;
  readonly checkDeadlock: boolean | undefined;
  readonly coverage: boolean;
  readonly dump: string | undefined;
  readonly jvmArguments: readonly string[];
}

/** The two directories that a run needs for itself; Java has one for temporary files already. */
export interface TlcDirectories {
  readonly meta: string;
  readonly temporary: string | undefined;
}

/** The arguments after `java`. They make a run with one worker repeatable. */
export function tlcArguments(command: TlcCommand, directories: TlcDirectories): string[] {
  const { temporary } = directories;
  return [
    ...javaArguments({ ...command, temporary, jar: command.tools.jar.path }),
    ...ownArguments(command, directories),
  ];
}

function ownArguments(command: TlcCommand, { meta }: TlcDirectories): string[] {
  return [
    "tlc2.TLC",
    "-tool",
    ...(command.tools.jar.writesTraceSpecs ? ["-noGenerateSpecTE"] : []),
    // TLC chooses both at random otherwise; the numbers of states in a dump depend on the first.
    ...["-fp", "0", "-seed", "0"],
    ...["-checkpoint", "0"],
    ...["-workers", String(command.workers)],
    ...["-metadir", meta],
    ...["-config", command.config],
    ...(command.checkDeadlock === false ? ["-deadlock"] : []),
    ...(command.coverage ? ["-coverage", "1"] : []),
    ...(command.dump === undefined ? [] : ["-dump", "dot,actionlabels", command.dump]),
    command.spec,
  ];
}

/** A command for a POSIX shell that does the same, with a metadir that `mktemp` makes. */
export function tlcShellCommand(command: TlcCommand): string {
  const args = tlcArguments(command, { meta: NEW_DIRECTORY, temporary: undefined });
  return shellCommand([command.tools.java.path, ...args]);
}
