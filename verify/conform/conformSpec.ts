/**
 * Compares the spec, evaluated here, with the implementation, up to the first step that differs: no
 * file, and no Java. It is slower than TLC with a dump, and so it is for saying where counts part.
 */
import { readFileSync } from "node:fs";
import { type GraphVisitor, readCfg, runEmbedded } from "tla2tools-runner";
import { Stepper } from "../engine/stepper.js";
import type { DumpVisitor } from "../graph/dumpReader.js";
import { systemOf } from "../mediator/createSystem.js";
import type { Model } from "../mediator/model.js";
import { agree, type Comparison } from "../support/comparison.js";
import { FirstDifference, GraphComparison } from "./conform.js";
import { type ConformOutcome, outcomeOf } from "./conformModel.js";

export interface SpecComparison {
  readonly outcome: ConformOutcome;
  /** Whether the comparison came to its end, or to a difference. */
  readonly isWhole: boolean;
}

/** How long is looked. The first step that differs is near; that there is none takes all states. */
const TIMEOUT_SECONDS = 120;

/**
 * Looks for the first step that differs, where counts do.
 *
 * @returns Undefined when the counts agree, or the model has parts without a counterpart.
 * @throws ToolError when the spec cannot be evaluated
 */
export async function partingOf(
  model: Model,
  counts: readonly Comparison[],
  signal?: AbortSignal,
): Promise<SpecComparison | undefined> {
  if (agree(counts) || model.conform === undefined) return undefined;
  return conformSpec(model, TIMEOUT_SECONDS, signal);
}

/** @throws ToolError when the spec cannot be evaluated */
export async function conformSpec(
  model: Model,
  timeoutSeconds: number,
  signal?: AbortSignal,
): Promise<SpecComparison> {
  const start = performance.now();
  const stepper = new Stepper(systemOf(model));
  const comparison = new GraphComparison(stepper);
  const isWhole = await compare(model, comparison, timeoutSeconds, signal);
  const outcome = outcomeOf(model, stepper, comparison.result(0), undefined, start);
  return { outcome, isWhole };
}

async function compare(
  model: Model,
  comparison: GraphComparison,
  timeoutSeconds: number,
  signal?: AbortSignal,
): Promise<boolean> {
  // What must hold, and that nobody is stuck, is for a check to say, and would end the graph here.
  const cfg = readCfg(readFileSync(model.cfgPath, "utf8"), model.cfgPath);
  try {
    const { verdict } = await runEmbedded({
      spec: model.spec,
      cfg: { ...cfg, invariants: [], properties: [] },
      checkDeadlock: false,
      graph: asDump(comparison),
      timeoutSeconds,
      ...(signal && { signal }),
    });
    comparison.finish(verdict.kind === "holds");
    return verdict.kind === "holds";
  } catch (stop) {
    if (!(stop instanceof FirstDifference)) throw stop;
    return true;
  }
}

/** The engine numbers states; a dump has fingerprints, and texts with the escapes of its format. */
function asDump(visitor: DumpVisitor): GraphVisitor {
  let line = 0;
  const id = (head: number) => ({ head, tail: 1 });
  const escaped = (text: string) =>
    text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
  return {
    state: (number, text, isInitial) => visitor.state(id(number), escaped(text), isInitial, ++line),
    edge: (from, to, action) => visitor.edge(id(from), id(to), action, undefined, ++line),
  };
}
