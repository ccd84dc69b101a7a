import type { OpenModel } from "../evaluate/openModel.js";
import { EvaluationError } from "../evaluate/Theory.js";
import { toTlaValue } from "../evaluate/values/tlaValues.js";
import type { Value } from "../evaluate/values/Value.js";
import type { Place } from "../module/Expression.js";
import { requirePositiveInteger, requireSeconds } from "../support/badOption.js";
import { checkOptionNames } from "../support/checkOptionNames.js";
import { ToolError } from "../support/ToolError.js";
import { INITIAL_ACTION } from "../tlc/readTrace.js";
import type { SourceLocation } from "../tlc/SourceLocation.js";
import type { ActionCoverage, TraceStep } from "../tlc/TlcResult.js";
import { formatValue } from "../value/formatValue.js";
import { falseAssumption } from "./falseAssumption.js";
import { openCfg } from "./openCfg.js";
import { Pauses } from "./Pauses.js";
import { prepareChecks } from "./prepareChecks.js";
import { type Finding, Search } from "./Search.js";
import { toTlaState } from "./StateText.js";
import type { EmbeddedResult, EmbeddedVerdict, RunEmbeddedOptions } from "./types.js";

const DEFAULT_BOUND = 10_000_000;

const OPTIONS = {
  spec: true,
  cfg: true,
  files: true,
  checkDeadlock: true,
  maxStates: true,
  timeoutSeconds: true,
  signal: true,
  onProgress: true,
  graph: true,
} satisfies Record<keyof RunEmbeddedOptions, true>;

/**
 * Checks a model with this package's own evaluator: all its states, breadth first, in TLC's order
 * and with TLC's counts. It checks assumptions, invariants, properties of single steps and
 * deadlock; the result says what it did not check.
 *
 * @throws ToolError TLC_BAD_OPTION; CFG_NAME where the cfg does not fit the modules;
 *   EMBEDDED_LIMIT; TLA_NOT_EVALUATED for what the evaluator does not know. An error that TLC would
 *   report as well is a verdict.
 */
export async function runEmbedded(options: RunEmbeddedOptions): Promise<EmbeddedResult> {
  checkOptionNames(options, OPTIONS);
  const { spec, cfg, files = new Map(), maxStates = DEFAULT_BOUND } = options;
  requirePositiveInteger("maxStates", maxStates);
  requireSeconds("timeoutSeconds", options.timeoutSeconds ?? 1);
  const output: string[] = [];
  const start = performance.now();
  const model = openCfg(spec, cfg, { files, print: (line) => output.push(line) });
  const checks = prepareChecks(model, cfg);
  const search = new Search(model, checks, {
    checkDeadlock: options.checkDeadlock !== false && cfg.checkDeadlock !== false,
    graph: options.graph,
  });
  const verdict = await verdictOf(search, model, options, maxStates);
  return {
    engine: "embedded",
    verdict,
    generated: search.generated,
    distinct: search.store.size,
    queue: search.store.size - search.expanded,
    depth: search.depth,
    initialStates: search.initialStates,
    seconds: (performance.now() - start) / 1000,
    coverage: coverageOf(search, model, files),
    trace: hasTrace(verdict) ? traceOf(search, model, files) : [],
    output,
    notChecked: checks.notChecked,
  };
}

async function verdictOf(
  search: Search,
  model: OpenModel,
  options: RunEmbeddedOptions,
  maxStates: number,
): Promise<EmbeddedVerdict> {
  const { spec, cfg, files = new Map() } = options;
  try {
    const assumption = falseAssumption(spec, model);
    if (assumption !== undefined) {
      const location = locationOf(assumption, files);
      return { kind: "assertion", message: "an assumption (ASSUME) is false", location };
    }
    const pauses = new Pauses(options, search);
    let finding = search.start();
    while (finding === undefined && !search.isDone) {
      if (search.store.size > maxStates) throw beyondBound(cfg.file, maxStates);
      const ended = pauses.isDue ? await pauses.pause() : undefined;
      if (ended !== undefined) return ended;
      finding = search.expand();
    }
    return finding === undefined ? { kind: "holds" } : verdictOn(finding);
  } catch (error) {
    if (!(error instanceof EvaluationError) || error.code === "TLA_NOT_EVALUATED") throw error;
    return {
      kind: error.code === "TLA_ASSERTION" ? "assertion" : "evaluation-error",
      message: error.what,
      location: locationOf(error.place, files),
    };
  }
}

function verdictOn(finding: Finding): EmbeddedVerdict {
  const location = undefined;
  switch (finding.kind) {
    case "invariant": {
      const { name } = finding;
      return { kind: "invariant", name, message: `Invariant ${name} is violated.`, location };
    }
    case "initial": {
      const { name } = finding;
      const message = `Property ${name} is violated by the initial state.`;
      return { kind: "action-property", name, message, location };
    }
    case "step": {
      const { name } = finding;
      const message = `Action property ${name} is violated.`;
      return { kind: "action-property", name, message, location };
    }
    case "deadlock":
      return { kind: "deadlock", message: "Deadlock reached.", location };
    case "no-initial-state": {
      const message = "no state satisfies the initial predicate, so nothing was checked";
      return { kind: "evaluation-error", message, location };
    }
  }
}

/** A run that was ended has seen no counterexample. */
const hasTrace = ({ kind }: EmbeddedVerdict): boolean =>
  !["holds", "timed-out", "killed"].includes(kind);

function traceOf(
  search: Search,
  model: OpenModel,
  files: ReadonlyMap<string, string>,
): readonly TraceStep[] {
  return search.trace().map(({ state, action }, index) => ({
    index: index + 1,
    action: action?.name ?? INITIAL_ACTION,
    parameters: action && parametersText([...action.parameters.values()]),
    location: action && locationOf(action.place, files),
    state: toTlaState(model.variables, state),
  }));
}

function parametersText(values: readonly Value[]): string | undefined {
  if (values.length === 0) return undefined;
  return values.map((value) => formatValue(toTlaValue(value))).join(", ");
}

/** Actions of one name and place are one to TLC. */
function coverageOf(
  { taken }: Search,
  { actions }: OpenModel,
  files: ReadonlyMap<string, string>,
): readonly ActionCoverage[] {
  const merged = new Map<string, ActionCoverage>();
  for (const { name, place, index } of actions) {
    const key = `${name} ${place.module}:${place.line}:${place.column}`;
    const { generated, distinct } = taken[index];
    const before = merged.get(key);
    merged.set(key, {
      kind: "next",
      name,
      module: place.module,
      location: locationOf(place, files),
      generated: generated + (before?.generated ?? 0),
      distinct: distinct + (before?.distinct ?? 0),
    });
  }
  return [...merged.values()];
}

function locationOf(place: Place, files: ReadonlyMap<string, string>): SourceLocation {
  return { ...place, file: files.get(place.module) };
}

function beyondBound(file: string, maxStates: number): ToolError {
  return new ToolError({
    code: "EMBEDDED_LIMIT",
    what: "the embedded engine reached its bound before it had seen all states",
    where: file,
    expected: `at most ${maxStates} distinct states`,
    hint: "Raise maxStates, make the model smaller, or run TLC instead.",
  });
}
