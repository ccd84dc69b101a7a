#!/usr/bin/env node
/** The command line. Standard output has answers; progress and errors go to standard error. */
import { Command, CommanderError } from "commander";
import { ToolError } from "tla2tools-runner";
import { SyncFault } from "../src/sync/index.js";
import { benchCommand } from "./commands/bench.js";
import { checkCommand } from "./commands/check.js";
import { BAD_USAGE_OR_TOOL, SOMETHING_DIFFERS } from "./commands/common.js";
import { conformCommand } from "./commands/conform.js";
import { exploreCommand } from "./commands/explore.js";
import { replayCommand } from "./commands/replay.js";
import { toolsCommand } from "./commands/tools.js";
import { verifyCommand } from "./commands/verify.js";
import { versionText } from "./commands/version.js";

const program = new Command("ffa-verify")
  .description(
    "Checks FF-A version negotiation: the model with TLC, the implementation against it.",
  )
  .version(versionText())
  .exitOverride()
  .configureHelp({ sortSubcommands: false })
  .showHelpAfterError("(ffa-verify --help lists what there is)");

const exit = (code: number): void => {
  process.exitCode = unwritable ? BAD_USAGE_OR_TOOL : code;
};

const withRunOptions = (command: Command): Command =>
  command
    .option("--engine <engine>", "tlc or embedded; default: tlc where it is to be had")
    .option("--timeout <seconds>", "end a run of TLC after so long")
    .option("--heap <MiB>", "bound Java's heap")
    .option("--models <directory>", "another directory of models, with its manifest.json")
    .option("--full", "the large models as well")
    .option("--json", "one JSON document on standard output");

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
  .action(async (models, { limitStates, limitSeconds, limitMemory, ...options }) =>
    exit(
      await exploreCommand(models, {
        ...options,
        states: limitStates,
        seconds: limitSeconds,
        memory: limitMemory,
      }),
    ),
  );

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

/** Errors that say something of the implementation, and nothing of the input. */
const DEFECTS_OF_THE_CODE: ReadonlySet<string> = new Set(["LOCALS_INCOMPLETE"]);

const isWithoutDirectory = (error: unknown): boolean =>
  error instanceof Error && "syscall" in error && error.syscall === "uv_cwd";

/** Errors for users have a code and no stack; anything else is a defect of the tools. */
function report(error: unknown): void {
  if (error instanceof CommanderError) {
    // Commander has said what is wrong; help that was asked for is no error.
    exit(error.exitCode === 0 ? 0 : BAD_USAGE_OR_TOOL);
  } else if (error instanceof ToolError) {
    process.stderr.write(`${error.format()}\n`);
    exit(DEFECTS_OF_THE_CODE.has(error.code) ? SOMETHING_DIFFERS : BAD_USAGE_OR_TOOL);
  } else if (error instanceof SyncFault) {
    process.stderr.write(`${error.message}\n`);
    exit(SOMETHING_DIFFERS);
  } else if (isWithoutDirectory(error)) {
    process.stderr.write("FILE_UNREADABLE: the working directory is not there any more\n");
    process.stderr.write("  hint: change to another directory\n");
    exit(BAD_USAGE_OR_TOOL);
  } else {
    process.stderr.write(`INTERNAL: ${error instanceof Error ? error.stack : String(error)}\n`);
    process.stderr.write("  hint: this is a defect of ffa-verify; please report it\n");
    exit(BAD_USAGE_OR_TOOL);
  }
}

// Whoever reads may stop reading: the command still ends with its own exit code. An answer that
// finds no room anywhere is an error, whatever it says.
let unwritable = false;
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE" || unwritable) return;
    unwritable = true;
    exit(BAD_USAGE_OR_TOOL);
    process.stderr.write(`FILE_UNWRITABLE: the answer cannot be written: ${error.message}\n`);
  });
}

// Nothing was asked for, and nothing is wrong: commander would call it an error.
if (process.argv.length === 2) program.outputHelp();
else await program.parseAsync().catch(report);
