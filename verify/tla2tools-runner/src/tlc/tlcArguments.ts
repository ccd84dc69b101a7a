import { delimiter } from "node:path";
import type { TlcTools } from "../tools/describeTools.js";

/** What decides the command line; all paths are absolute. */
export interface TlcCommand {
  readonly tools: TlcTools;
  readonly spec: string;
  readonly config: string;
  readonly libraries: readonly string[];
  readonly workers: number | "auto";
  readonly heapMegabytes: number | undefined;
  readonly checkDeadlock: boolean | undefined;
  readonly coverage: boolean;
  readonly dump: string | undefined;
  readonly jvmArguments: readonly string[];
}

/** The two directories that a run needs for itself. */
export interface TlcDirectories {
  readonly meta: string;
  readonly temporary: string;
}

/** The arguments after `java`. They make a run with one worker repeatable. */
export function tlcArguments(command: TlcCommand, directories: TlcDirectories): string[] {
  return [...jvmArguments(command, directories), ...ownArguments(command, directories)];
}

function jvmArguments(command: TlcCommand, { temporary }: TlcDirectories): string[] {
  const { heapMegabytes, libraries, tools } = command;
  return [
    ...(heapMegabytes === undefined ? [] : [`-Xmx${heapMegabytes}m`]),
    // TLC is tuned for this collector and warns about others.
    "-XX:+UseParallelGC",
    // Without it TLC may hang when one of its threads has run out of memory.
    "-XX:+ExitOnOutOfMemoryError",
    // Otherwise Java leaves a file of its own in the system's temporary directory when it is ended.
    "-XX:-UsePerfData",
    // The parser unpacks the standard modules there, under fixed names.
    `-Djava.io.tmpdir=${temporary}`,
    "-Dfile.encoding=UTF-8",
    "-Dstdout.encoding=UTF-8",
    "-Dsun.stdout.encoding=UTF-8",
    // Numbers are printed as the locale has it, and they are read back here.
    "-Duser.language=en",
    "-Duser.country=US",
    ...(libraries.length === 0 ? [] : [`-DTLA-Library=${libraries.join(delimiter)}`]),
    ...command.jvmArguments,
    "-cp",
    tools.jar.path,
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
export function shellCommand(command: TlcCommand): string {
  const place = { meta: "$(mktemp -d)", temporary: "/tmp" };
  const args = tlcArguments(command, place).filter((arg) => !arg.startsWith("-Djava.io.tmpdir="));
  return [command.tools.java.path, ...args]
    .map((arg) => (arg === place.meta ? `"${arg}"` : shellQuote(arg)))
    .join(" ");
}

function shellQuote(arg: string): string {
  return /^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`;
}
