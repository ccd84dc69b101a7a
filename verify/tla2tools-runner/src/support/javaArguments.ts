import { delimiter } from "node:path";
import type { Environment } from "../tools/toolTypes.js";

/** What decides how Java is started; all paths are absolute. */
export interface JavaOptions {
  readonly heapMegabytes: number | undefined;
  /** How many threads the program itself has. */
  readonly workers: number | "auto";
  /** Whether it ends within seconds. */
  readonly isShort: boolean;
  /** A directory of this run alone; undefined for Java's own. */
  readonly temporary: string | undefined;
  /** The directories in which modules are looked for. */
  readonly libraries: readonly string[];
  /** Jars and directories with modules and with classes, behind the jar of TLC. */
  readonly classPath: readonly string[];
  /** More arguments for Java. */
  readonly jvmArguments: readonly string[];
  readonly jar: string;
  /** What the caller's environment says to Java; undefined for a command that is to be pasted. */
  readonly env?: Environment;
}

/** The variables from which Java takes more arguments. */
const VARIABLES = ["JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS"];
const COLLECTOR = /-XX:\+Use\w+GC\b/;

/** The arguments for Java itself, up to the name of the class. They make a run repeatable. */
export function javaArguments(options: JavaOptions): string[] {
  const { heapMegabytes, isShort, temporary, libraries, jvmArguments, jar, classPath } = options;
  return [
    ...(heapMegabytes === undefined ? [] : [`-Xmx${heapMegabytes}m`]),
    ...collector(options),
    // Such a run ends before what the second compiler has compiled pays for the compiling.
    ...(isShort ? ["-XX:TieredStopAtLevel=1"] : []),
    // Without it TLC may hang when one of its threads has run out of memory.
    "-XX:+ExitOnOutOfMemoryError",
    // Otherwise Java leaves a file of its own in the system's temporary directory when it is ended.
    "-XX:-UsePerfData",
    // The parser unpacks the standard modules there, under fixed names.
    ...(temporary === undefined ? [] : [`-Djava.io.tmpdir=${temporary}`]),
    "-Dfile.encoding=UTF-8",
    "-Dstdout.encoding=UTF-8",
    "-Dsun.stdout.encoding=UTF-8",
    // Numbers are printed as the locale has it, and they are read back here.
    "-Duser.language=en",
    "-Duser.country=US",
    ...(libraries.length === 0 ? [] : [`-DTLA-Library=${libraries.join(delimiter)}`]),
    ...jvmArguments,
    "-cp",
    [jar, ...classPath].join(delimiter),
  ];
}

/** TLC is tuned for the parallel collector; beside one worker its threads hinder other runs. */
function collector({ workers, jvmArguments, env = {} }: JavaOptions): string[] {
  const said = [...jvmArguments, ...VARIABLES.map((name) => env[name] ?? "")];
  // Java does not start when it is told of two.
  if (said.some((text) => COLLECTOR.test(text))) return [];
  return [workers === 1 ? "-XX:+UseSerialGC" : "-XX:+UseParallelGC"];
}
