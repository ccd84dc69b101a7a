/** The commands about traces that are kept, for the command line. */
import type { Command } from "commander";
import type { ExitCode } from "../support/comparison.js";
import { tracesAddCommand } from "./keptTraces.js";
import {
  tracesCheckCommand,
  tracesExportCommand,
  tracesReplayCommand,
  tracesShowCommand,
} from "./traces.js";

export function addTraces(program: Command, exit: (code: ExitCode) => void): void {
  const traces = program
    .command("traces")
    .description("the models' graphs as behaviors that are replayed without Java");

  withOptions(traces.command("export"))
    .argument("[model...]", "names from model/manifest.json; default: all compared by default")
    .option("--timeout <seconds>", "end a run of TLC after so long")
    .option("--heap <MiB>", "bound Java's heap")
    .description("let TLC write the graphs, and keep behaviors that cover every edge")
    .action(async (models, options) => exit(await tracesExportCommand(models, options)));

  withOptions(traces.command("check"))
    .argument("[model...]", "names from model/manifest.json; default: all that are kept")
    .description("whether the files are those of the present modules, cfgs and jar")
    .action(async (models, options) => exit(await tracesCheckCommand(models, options)));

  withOptions(traces.command("replay"))
    .argument("[model...]", "names from model/manifest.json; default: all, and the traces added")
    .description("every behavior on the implementation: states and enabled steps compared")
    .action(async (models, options) => exit(await tracesReplayCommand(models, options)));

  withOptions(traces.command("show"))
    .argument("<model>", "a name from model/manifest.json")
    .argument("<behavior>", "its number, from 1")
    .option("--itf <file>", "write it, in the Informal Trace Format")
    .description("one behavior of a model")
    .action(async (model, number, options) => {
      exit(await tracesShowCommand(model, number, options));
    });

  withOptions(traces.command("add"))
    .argument("<file>", "a trace in ITF JSON")
    .option("--model <name>", "the model that it is of; default: the one it names, or fits")
    .option("--name <name>", "what it is kept as; default: the name of the file")
    .description("keep a trace that the implementation takes; npm test replays it from then on")
    .action(async (file, options) => exit(await tracesAddCommand(file, options)));
}

const withOptions = (command: Command): Command =>
  command
    .option("--traces <directory>", "where the files are; default: traces beside the models")
    .option("--models <directory>", "another directory of models, with its manifest.json")
    .option("--json", "one JSON document on standard output");
