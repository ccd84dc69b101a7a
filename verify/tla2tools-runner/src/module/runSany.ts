import { tmpdir } from "node:os";
import { basename, dirname } from "node:path";
import { javaArguments } from "../support/javaArguments.js";
import { type ChildEnd, runChild } from "../support/runChild.js";
import { shellCommand } from "../support/shellCommand.js";
import { ToolError } from "../support/ToolError.js";
import {
  diskFullLine,
  temporaryUnusable,
  withTemporaryDirectory,
} from "../support/temporaryDirectory.js";
import { readParserReport } from "../tlc/readParserReport.js";
import { formatLocation } from "../tlc/SourceLocation.js";
import type { TlcTools } from "../tools/describeTools.js";
import { javaNotStarted } from "../tools/javaNotStarted.js";
import type { Environment } from "../tools/toolTypes.js";

/** A run of SANY; all paths are absolute. */
export interface SanyRun {
  readonly tools: TlcTools;
  readonly env: Environment;
  readonly spec: string;
  readonly libraries: readonly string[];
  /** Jars with modules. */
  readonly jars: readonly string[];
  /** The files of the modules that have one, by name. */
  readonly files: ReadonlyMap<string, string>;
  readonly timeoutSeconds: number | undefined;
  readonly signal: AbortSignal | undefined;
}

/** A class of the jar that has a main method, with its arguments. */
type Program = readonly [string, ...string[]];

interface Ended {
  readonly end: ChildEnd;
  readonly output: readonly string[];
  readonly reproduce: string;
}

/** What SANY prints of errors; places are printed with warnings too. */
const ERRORS =
  /^(Semantic errors:|Fatal errors|\*\*\*Parse Error|Lexical error|\*\*\* (Errors|Abort))/m;
const PLACES = /^line \d+, col \d+ to line/m;

/** As much of a report goes into an error, in characters. */
const FOUND_KEPT = 2000;

/**
 * Lets SANY parse a module and all that it extends.
 *
 * @returns The XML document that describes them.
 * @throws ToolError TLA_PARSE_ERROR, TLA_SEMANTIC_ERROR, SANY_STOPPED, SANY_UNEXPECTED_OUTPUT,
 *   TLC_JAVA_UNUSABLE or TLC_TEMP_UNUSABLE.
 */
export function exportModules(run: SanyRun): Promise<string> {
  return withTemporaryDirectory("sany", run.env, async (directory) => {
    const folders = [dirname(run.spec), ...run.libraries];
    // Without `-o` it would ask the network for the schema.
    const exporter: Program = [
      "tla2sany.xml.XMLExporter",
      "-o",
      ...folders.flatMap((folder) => ["-I", folder]),
      run.spec,
    ];
    const exported = await runProgram(run, directory, exporter);
    const { end, output } = exported;
    const isSuspect = ERRORS.test(end.stderr) || PLACES.test(end.stderr);
    if (end.exitCode !== 0 || isSuspect) {
      // The exporter goes on after some errors, and does not say all that the parser says.
      const checked = await runProgram(run, directory, ["tla2sany.SANY", run.spec]);
      if (ERRORS.test(checked.output.join("\n"))) throw refused(run, checked);
    }
    if (end.exitCode !== 0) throw unexpectedOutput(run, exported);
    return output.join("\n");
  });
}

async function runProgram(run: SanyRun, directory: string, program: Program): Promise<Ended> {
  const { tools, env, timeoutSeconds } = run;
  const arguments_ = (temporary: string | undefined) => [
    ...javaArguments({
      heapMegabytes: undefined,
      temporary,
      libraries: [dirname(run.spec), ...run.libraries],
      classPath: run.jars,
      env,
      workers: 1,
      isShort: true,
      jvmArguments: [],
      jar: tools.jar.path,
    }),
    ...program,
  ];
  const output: string[] = [];
  const end = await runChild({
    program: tools.java.path,
    args: arguments_(directory),
    cwd: directory,
    env,
    timeoutMilliseconds: timeoutSeconds && timeoutSeconds * 1000,
    signal: run.signal,
    onLine: (line) => output.push(line),
  });
  const reproduce = shellCommand([tools.java.path, ...arguments_(undefined)]);
  if (end.startFailure !== undefined) throw javaNotStarted(tools.java, end.startFailure);
  if (end.endedBy !== "itself") throw stopped(run, end, reproduce);
  const full = end.exitCode === 0 ? undefined : diskFullLine([end.stderr, ...output]);
  if (full !== undefined) throw temporaryUnusable(env.TMPDIR || tmpdir(), full);
  return { end, output, reproduce };
}

function refused(run: SanyRun, { output, reproduce }: Ended): ToolError {
  const { kind, message, location } = readParserReport(output, run.files);
  const isSemantic = kind === "semantic-error";
  return new ToolError({
    code: isSemantic ? "TLA_SEMANTIC_ERROR" : "TLA_PARSE_ERROR",
    what: `the parser refuses the module ${location?.module ?? basename(run.spec, ".tla")}`,
    where: location === undefined ? run.spec : formatLocation(location),
    found: message.slice(0, FOUND_KEPT),
    hint: isSemantic ? "Correct the use of the name." : "Correct the text there.",
    reproduce,
  });
}

function stopped(run: SanyRun, end: ChildEnd, reproduce: string): ToolError {
  const signal = end.signal ?? `exit code ${end.exitCode}`;
  const reasons = {
    timeout: `its time of ${run.timeoutSeconds} s was up`,
    abort: "by the caller",
    signal: `by a signal (${signal})`,
    itself: "by itself",
  };
  return new ToolError({
    code: "SANY_STOPPED",
    what: "the parser was ended before it was done",
    where: run.spec,
    found: reasons[end.endedBy],
    hint: "Run it again, with more time if that was short.",
    reproduce,
  });
}

function unexpectedOutput(run: SanyRun, { end, reproduce }: Ended): ToolError {
  return new ToolError({
    code: "SANY_UNEXPECTED_OUTPUT",
    what: "the parser ended in a way that this package does not know",
    where: run.spec,
    expected: "modules and exit code 0, or a report of errors",
    found: `exit code ${end.exitCode}\n${end.stderr || "no error message"}`.slice(0, FOUND_KEPT),
    hint: "Run the command below to see all of the output. Use one of the two known jars.",
    reproduce,
  });
}
