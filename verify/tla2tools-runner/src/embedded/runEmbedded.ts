import { createRequire } from "node:module";
import { requirePositiveInteger, requireSeconds } from "../support/badOption.js";
import { findModelFiles } from "../support/modelFiles.js";
import { ToolError } from "../support/ToolError.js";
import { type FlatModel, flattenModel } from "./flattenModel.js";
import { loadModules } from "./loadModules.js";
import { type ModelCfg, readCfg } from "./readCfg.js";
import { readEngineTrace } from "./readEngineTrace.js";
import { type EngineAnswer, type EngineEnd, runEngine } from "./runEngine.js";
import type { EmbeddedResult, EmbeddedVerdict, RunEmbeddedOptions } from "./types.js";
import { unsupported } from "./unsupported.js";

const DEFAULT_BOUND = 1_000_000;

/**
 * Checks a model with the engine that comes with this package, for machines without Java. It
 * checks invariants and deadlock; the result says what it did not check. A model that it cannot
 * express, or would judge otherwise than TLC, is refused with an error.
 *
 * @throws ToolError TLC_BAD_OPTION, TLC_SPEC_NOT_FOUND, TLC_CFG_NOT_FOUND,
 *   EMBEDDED_UNSUPPORTED, EMBEDDED_MODULE_NOT_FOUND, EMBEDDED_LIMIT or EMBEDDED_FAILED.
 */
export async function runEmbedded(options: RunEmbeddedOptions): Promise<EmbeddedResult> {
  const { maxStates = DEFAULT_BOUND, maxDepth = DEFAULT_BOUND } = options;
  requirePositiveInteger("maxStates", maxStates);
  requirePositiveInteger("maxDepth", maxDepth);
  requireSeconds("timeoutSeconds", options.timeoutSeconds ?? 1);
  const { spec, config, configText, libraries } = await findModelFiles(options);
  const cfg = readCfg(configText, config);
  const model = flattenModel(await loadModules(spec, libraries), cfg, config);

  const start = performance.now();
  const checkDeadlock = options.checkDeadlock !== false && cfg.checkDeadlock !== false;
  const end = await runEngine(
    { spec: model.spec, cfg: model.cfg, maxStates, maxDepth, checkDeadlock },
    options.timeoutSeconds,
    options.signal,
  );
  return {
    engine: "embedded",
    engineName: "tla-checker",
    engineVersion: engineVersion(),
    verdict: verdictOf(end, model, spec),
    distinct: end.type === "answer" ? end.answer.states_explored : 0,
    seconds: (performance.now() - start) / 1000,
    trace: end.type === "answer" ? readEngineTrace(end.answer.trace?.join("") ?? "") : [],
    notChecked: notChecked(cfg, model),
  };
}

function verdictOf(end: EngineEnd, model: FlatModel, spec: string): EmbeddedVerdict {
  switch (end.type) {
    case "answer":
      return answeredVerdict(end.answer, model, spec);
    case "timeout":
      return { kind: "timed-out", message: "the engine was ended because its time was up" };
    case "abort":
      return { kind: "killed", message: "the engine was ended by the caller" };
    case "failure":
      throw new ToolError({
        code: "EMBEDDED_FAILED",
        what: "the embedded engine broke down; that is no verdict",
        where: spec,
        found: end.message,
        hint: "The model may be too large for it. Run TLC instead; it needs Java 11 or later.",
      });
  }
}

function answeredVerdict(answer: EngineAnswer, model: FlatModel, spec: string): EmbeddedVerdict {
  const message = answer.error_message ?? "";
  if (answer.warnings.length > 0) throw unsupported(answer.warnings.join("; "), spec);
  if (answer.success && answer.states_explored > 0) return { kind: "holds" };
  switch (answer.error_type) {
    case "InvariantViolation": {
      const name = model.invariants[Number(/\d+/.exec(message)?.[0])];
      if (name === undefined) break;
      return { kind: "invariant", name, message: `Invariant ${name} is violated.` };
    }
    case "Deadlock":
      return { kind: "deadlock", message: "Deadlock reached." };
    case "MaxStatesExceeded":
    case "MaxDepthExceeded":
      throw new ToolError({
        code: "EMBEDDED_LIMIT",
        what: "the embedded engine reached its bound before it had seen all states",
        where: spec,
        found: message,
        hint: "Raise maxStates or maxDepth, make the model smaller, or run TLC instead.",
      });
  }
  throw unsupported(`${answer.error_type}: ${message}`, placeOf(message, model) ?? spec);
}

/** The place in the model's own files of a span that the engine names in its parse errors. */
function placeOf(message: string, model: FlatModel): string | undefined {
  const start = /Span \{ start: (\d+)/.exec(message)?.[1];
  if (start === undefined) return undefined;
  const before = model.spec.slice(0, Number(start)).split("\n");
  const origin = model.origins.findLast(({ line }) => line <= before.length);
  if (origin === undefined) return undefined;
  const line = origin.unit.line + before.length - origin.line;
  return `${origin.unit.file}:${line}:${(before.at(-1) ?? "").length + 1}`;
}

function notChecked(cfg: ModelCfg, model: FlatModel): string[] {
  return [
    "Action labels, coverage and the state graph: this engine does not tell them.",
    "Errors that only TLC reports: integers beyond 32 bits, comparisons of unlike values.",
    ...cfg.properties.map((name) => `Property ${name}: this engine checks invariants only.`),
    ...(model.hasAssumptions ? ["Assumptions (ASSUME): they were left out."] : []),
    ...[...cfg.ignored].map(([keyword, names]) => `${keyword} ${names}: it was not applied.`),
  ];
}

function engineVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)("tla-checker/package.json");
  if (typeof manifest !== "object" || manifest === null || !("version" in manifest)) return "?";
  return String(manifest.version);
}
