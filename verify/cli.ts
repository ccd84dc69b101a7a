#!/usr/bin/env node
/** The command line as a process: its arguments, its exit code, and streams that may fail. */
import { BAD_USAGE_OR_TOOL } from "./commands/common.js";
import { runCommandLine } from "./commands/runCommandLine.js";

// Whoever reads may stop reading: the command still ends with its own exit code. An answer that
// finds no room anywhere is an error, whatever it says.
let unwritable = false;
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE" || unwritable) return;
    unwritable = true;
    process.exitCode = BAD_USAGE_OR_TOOL;
    process.stderr.write(`FILE_UNWRITABLE: the answer cannot be written: ${error.message}\n`);
  });
}

const code = await runCommandLine(process.argv.slice(2));
process.exitCode = unwritable ? BAD_USAGE_OR_TOOL : code;
