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
import { StateValues } from "../mediator/stateValues.js";
import { theoryOf } from "../spec/specData.js";
import { agree, type Comparison } from "../support/comparison.js";
import { FirstDifference, GraphComparison } from "./conform.js";
import { type ConformOutcome, outcomeOf } from "./conformModel.js";

/** Where model and implementation part, as far as it was looked for. */
export interface Parting {
  readonly outcome: ConformOutcome;
  /** Who took the model's steps. */
  readonly by: "TLC" | "the embedded evaluator";
  /** Whether the comparison came to its end, or to a difference. */
  readonly isWhole: boolean;
}

/** Compares the steps of a model with those of the implementation, up to the first that differs. */
export type CompareSteps = (model: Model, signal?: AbortSignal) => Promise<Parting>;

/** How long is looked. The first step that differs is near; that there is none takes all states. */
const TIMEOUT_SECONDS = 120;

/**
 * Looks for the first step that differs, where counts do.
 *
 * @param compare By default the spec is evaluated here, which needs no graph written out.
 * @returns Undefined when the counts agree, or the model has parts without a counterpart.
 * @throws VerifyError DUMP_OTHER_MODEL when the implementation has other actors or calls
 */
export async function partingOf(
  model: Model,
  counts: readonly Comparison[],
  signal?: AbortSignal,
  compare: CompareSteps = (of, ends) => conformSpec(of, TIMEOUT_SECONDS, ends),
): Promise<Parting | undefined> {
  if (agree(counts) || !hasCounterpart(model)) return undefined;
  return compare(model, signal);
}

/** Neither a monitor's variables nor the registers of a digest have one. */
function hasCounterpart(model: Model): boolean {
  const values = new StateValues(systemOf(model), theoryOf(model.spec));
  return model.digest !== true && theoryOf(model.spec).variables.every((name) => values.has(name));
}

/** @throws VerifyError DUMP_OTHER_MODEL when the implementation has other actors or calls */
export async function conformSpec(
  model: Model,
  timeoutSeconds: number,
  signal?: AbortSignal,
): Promise<Parting> {
  const start = performance.now();
  const stepper = new Stepper(systemOf(model));
  const comparison = new GraphComparison(stepper);
  const isWhole = await compare(model, comparison, timeoutSeconds, signal);
  const outcome = outcomeOf(model, stepper, comparison.result(0), undefined, start);
  return { outcome, by: "the embedded evaluator", isWhole };
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
  // No file, and so no line to name in an error.
  const line = 0;
  const id = (head: number) => ({ head, tail: 1 });
  const escaped = (text: string) =>
    text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
  return {
    state: (number, text, isInitial) => visitor.state(id(number), escaped(text), isInitial, line),
    edge: (from, to, action) => visitor.edge(id(from), id(to), action, undefined, line),
  };
}
