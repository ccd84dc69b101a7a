/** Traces that are kept one by one, as regressions: found, replayed, and added. */
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { createItf, formatItf } from "tla2tools-runner";
import { systemOf } from "../mediator/createSystem.js";
import type { Model } from "../mediator/model.js";
import { replayComparison } from "../replay/replayComparison.js";
import { type ReplayResult, replayTrace } from "../replay/replayTrace.js";
import { formatDivergence } from "../report/differenceView.js";
import { agree, type Comparison, type ExitCode } from "../support/comparison.js";
import { VerifyError } from "../support/verifyError.js";
import { print, printJson } from "./common.js";
import { modelFor } from "./replay.js";
import { readTraceFile, type TraceFile, writeTraceFile } from "./traceFile.js";
import { type TracesOptions, tracesDirectory } from "./tracesDirectory.js";

/** The folder of these, beside the models' traces. */
const KEPT = "kept";
const ENDING = ".itf.json";

export interface KeptTrace {
  readonly name: string;
  readonly model: string;
  readonly comparison: Comparison;
}

/** @param directory That of the models' traces. */
export function keptFiles(directory: string): readonly string[] {
  const kept = join(directory, KEPT);
  if (!existsSync(kept)) return [];
  const names = readdirSync(kept).filter((name) => name.endsWith(ENDING));
  return names.sort().map((name) => join(kept, name));
}

export async function replayKept(file: string, models: string | undefined): Promise<KeptTrace> {
  const { model, result } = await replayed(file, readTraceFile(file), undefined, models);
  const { what, ...rest } = replayComparison(result.traceLength, result);
  const name = basename(file, ENDING);
  return { name, model: model.name, comparison: { ...rest, what: `${name}: ${what}` } };
}

export interface TracesAddOptions extends TracesOptions {
  readonly model?: string;
  /** The name under which it is kept. Default: that of the file. */
  readonly name?: string;
}

/** Keeps a trace that the implementation takes. */
export async function tracesAddCommand(file: string, options: TracesAddOptions): Promise<ExitCode> {
  const trace = readTraceFile(file);
  const { model, result } = await replayed(file, trace, options.model, options.models);
  if (!agree([replayComparison(result.traceLength, result)])) {
    if (!options.json) print(formatDivergence(model, systemOf(model), result));
    throw diverges(file, model, result);
  }
  const directory = join(tracesDirectory(options), KEPT);
  const kept = { model: model.name, states: trace.states, loop: trace.loop };
  const name = options.name ?? basename(file).replace(/(\.itf)?\.json$/, "");
  const path = join(directory, `${nameChecked(name)}${ENDING}`);
  refuseTwice(path, kept, keptFiles(tracesDirectory(options)));
  mkdirSync(directory, { recursive: true });
  writeTraceFile(path, kept);
  if (options.json) printJson({ command: "traces add", ok: true, name, model: model.name, path });
  else print(`${name} is kept as a trace of ${model.name}, and replayed by npm test: ${path}`);
  return 0;
}

async function replayed(
  file: string,
  trace: TraceFile,
  named: string | undefined,
  models: string | undefined,
): Promise<{ readonly model: Model; readonly result: ReplayResult }> {
  const { model } = await modelFor(file, trace, named, models);
  return { model, result: replayTrace(systemOf(model), trace.states, { loop: trace.loop }) };
}

function nameChecked(name: string): string {
  if (/^[\w-]+$/.test(name)) return name;
  throw new VerifyError({
    code: "USAGE",
    what: "a trace is kept under a name of letters, digits, - and _",
    found: name,
    hint: "give one with --name NAME",
  });
}

function refuseTwice(path: string, { states, loop }: TraceFile, others: readonly string[]): void {
  const textOf = (trace: Pick<TraceFile, "states" | "loop">): string =>
    formatItf(createItf(trace.states, { loop: trace.loop }));
  const text = textOf({ states, loop });
  const same = others.find((other) => other === path || textOf(readTraceFile(other)) === text);
  if (same === undefined) return;
  throw new VerifyError({
    code: "TRACE_KEPT",
    what: same === path ? "a trace of that name is kept already" : "the trace is kept already",
    where: same,
    hint: "give another name with --name NAME, or leave it at that",
  });
}

function diverges(file: string, model: Model, { reached, traceLength }: ReplayResult): VerifyError {
  return new VerifyError({
    code: "TRACE_DIVERGES",
    what: `the implementation does not take the trace, so that nothing would be kept but a failure`,
    where: file,
    expected: `${traceLength} states, one after the other`,
    found: `${reached} of them, as ${model.name}`,
    hint: "change model and code until both take it, and add it then",
  });
}
