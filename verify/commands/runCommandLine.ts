/** The command line as a function: it answers, tells errors, and returns the exit code. */
import { Command, CommanderError } from "commander";
import { ToolError } from "tla2tools-runner";
import { SyncFault } from "../../src/sync/index.js";
import type { ExitCode } from "../support/comparison.js";
import { addTraces } from "./addTraces.js";
import { benchCommand } from "./bench.js";
import { checkCommand } from "./check.js";
import { ALL_AS_EXPECTED, BAD_USAGE_OR_TOOL, SOMETHING_DIFFERS } from "./common.js";
import { conformCommand } from "./conform.js";
import { exploreCommand } from "./explore.js";
import { replayCommand } from "./replay.js";
import { toolsCommand } from "./tools.js";
import { verifyCommand } from "./verify.js";
import { versionText } from "./version.js";

/**
 * Runs one command. Answers are written to standard output, progress and errors to standard error.
 *
 * @param args What stands behind the command's own name.
 */
export async function runCommandLine(args: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = ALL_AS_EXPECTED;
  const program = createProgram((ended) => {
    code = ended;
  });
  try {
    // Nothing was asked for, and nothing is wrong: commander would call it an error.
    if (args.length === 0) program.outputHelp();
    else await program.parseAsync(args, { from: "user" });
  } catch (error) {
    return report(error);
  }
  return code;
}

type Exit = (code: ExitCode) => void;

function createProgram(exit: Exit): Command {
  const program = new Command("ffa-verify")
    .description(
      "Checks FF-A version negotiation: the model with TLC, the implementation against it.",
    )
    .version(versionText())
    .exitOverride()
    .configureHelp({ sortSubcommands: false })
    .showHelpAfterError("(ffa-verify --help lists what there is)");
  addRuns(program, exit);
  addExplore(program, exit);
  addReplay(program, exit);
  addTraces(program, exit);
  addMeasurements(program, exit);
  return program;
}

/** The commands that run models. */
function addRuns(program: Command, exit: Exit): void {
  withRunOptions(program.command("verify"))
    .description("everything: TLC on every model, every comparison, every hazard")
    .action(async (options) => exit(await verifyCommand(options)));

  withRunOptions(program.command("check"))
    .argument("[model...]", "names from model/manifest.json; default: all")
    .option("--workers <n>", "TLC's workers; more than one may find another counterexample")
    .option("--itf <file>", "write the counterexample of one model")
    .description("verdict and counts of models; the counterexample of one")
    .action(async (models, options) => exit(await checkCommand(models, options)));

  withRunOptions(program.command("conform"))
    .argument("[model...]", "names from model/manifest.json; default: all that are written out")
    .option("--dump <file>", "a state graph that TLC has written before, of one model")
    .description("the state graph of models against the implementation, both ways")
    .action(async (models, options) => exit(await conformCommand(models, options)));
}

function addExplore(program: Command, exit: Exit): void {
  program
    .command("explore")
    .argument("<model...>", "names from model/manifest.json")
    .option("--workers <n>", "threads; default: 1, which two cores do not better")
    .option("--bounds <DxV>", "other bounds than the model's: domains x vCPUs")
    .option("--limit-states <n>", "stop after so many distinct states")
    .option("--limit-seconds <n>", "stop after so long")
    .option("--limit-memory <MiB>", "stop before the states take more")
    .option("--tlc", "run TLC as well, and compare the counts of every action")
    .option("--models <directory>", "another directory of models, with its manifest.json")
    .option("--json", "one JSON document on standard output")
    .description("the implementation's own states, exhaustively, with the invariants checked on it")
    .action(async (models, { limitStates, limitSeconds, limitMemory, ...options }) => {
      const limits = { states: limitStates, seconds: limitSeconds, memory: limitMemory };
      exit(await exploreCommand(models, { ...options, ...limits }));
    });
}

function addReplay(program: Command, exit: Exit): void {
  program
    .command("replay")
    .argument("[file]", "a trace in ITF JSON")
    .option("--models <directory>", "another directory of models, with its manifest.json")
    .option(
      "--model <name>",
      "the model whose configuration runs; default: the one the file names, or fits",
    )
    .option("--schedule <steps>", 'who takes each step, as in "3:0,1:0,1"')
    .option("--itf <file>", "write the behavior")
    .option("--explain", "say of each actor what it may do next, and what keeps it from that")
    .option("--json", "one JSON document on standard output")
    .description("a trace or a schedule on the implementation, step by step")
    .action(async (file, options) => exit(await replayCommand(file, options)));
}

/** What is measured, and what it is measured with. */
function addMeasurements(program: Command, exit: Exit): void {
  program
    .command("bench")
    .option("--model <name>", "what TLC and the explorer check; default: MC2x2Few")
    .option("--conform-model <name>", "whose graph is written out and compared; default: MC2x1")
    .option("--growth-seconds <n>", "for the table over domains and vCPUs; default: 600")
    .option("--json", "one JSON document on standard output")
    .description("TLC, the explorer and the comparison, measured in one run; takes minutes")
    .action(async (options) => exit(await benchCommand(options)));

  program
    .command("tools")
    .option("--json", "one JSON document on standard output")
    .description("which Java and which TLC serve, and why")
    .action(async (options) => exit(await toolsCommand(options)));
}

const withRunOptions = (command: Command): Command =>
  command
    .option("--engine <engine>", "tlc or embedded; default: tlc where it is to be had")
    .option("--timeout <seconds>", "end a run of TLC after so long")
    .option("--heap <MiB>", "bound Java's heap")
    .option("--models <directory>", "another directory of models, with its manifest.json")
    .option("--full", "the large models as well")
    .option("--json", "one JSON document on standard output");

/** Errors that say something of the implementation, and nothing of the input. */
const DEFECTS_OF_THE_CODE: ReadonlySet<string> = new Set(["LOCALS_INCOMPLETE", "TRACE_DIVERGES"]);

/** Errors for users have a code and no stack; anything else is a defect of the tools. */
function report(error: unknown): ExitCode {
  if (error instanceof CommanderError) {
    // Commander has said what is wrong; help that was asked for is no error.
    return error.exitCode === 0 ? ALL_AS_EXPECTED : BAD_USAGE_OR_TOOL;
  }
  if (error instanceof ToolError) {
    process.stderr.write(`${error.format()}\n`);
    return DEFECTS_OF_THE_CODE.has(error.code) ? SOMETHING_DIFFERS : BAD_USAGE_OR_TOOL;
  }
  if (error instanceof SyncFault) {
    process.stderr.write(`${error.message}\n`);
    return SOMETHING_DIFFERS;
  }
  if (isWithoutDirectory(error)) {
    process.stderr.write("FILE_UNREADABLE: the working directory is not there any more\n");
    process.stderr.write("  hint: change to another directory\n");
    return BAD_USAGE_OR_TOOL;
  }
  process.stderr.write(`INTERNAL: ${error instanceof Error ? error.stack : String(error)}\n`);
  process.stderr.write("  hint: this is a defect of ffa-verify; please report it\n");
  return BAD_USAGE_OR_TOOL;
}

const isWithoutDirectory = (error: unknown): boolean =>
  error instanceof Error && "syscall" in error && error.syscall === "uv_cwd";
