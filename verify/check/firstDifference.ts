/**
 * Where an exploration of the code counts otherwise than TLC: the first step in which the two
 * graphs differ, from TLC's graph where it can be had and else from the embedded engine's.
 */
import { type TlcTools, ToolError } from "tla2tools-runner";
import { conformEmbedded } from "../conform/conformEmbedded.js";
import type { ConformOutcome } from "../conform/conformModel.js";
import type { ExploreOutcome } from "../explore/exploreModel.js";
import type { Model } from "../mediator/model.js";
import { modelsFlag } from "../model/paths.js";
import { coreVariables } from "../replay/replayTrace.js";
import { theoryOf } from "../spec/specData.js";
import type { Engine } from "./checkModel.js";
import { runModel } from "./runModel.js";

/** The two graphs, compared, or why they were not. */
export type GraphComparison =
  | {
      readonly kind: "compared";
      /** Who wrote the model's graph: `TLC 2.18`, `the embedded engine`. */
      readonly graphOf: string;
      readonly conformance: ConformOutcome;
    }
  | {
      readonly kind: "not-compared";
      readonly reason: string;
      /** The command that compares them, however long it takes. */
      readonly command: string;
    };

/** An exploration, and where its counts differ from TLC's the comparison that says where. */
export interface ExploredModel extends ExploreOutcome {
  readonly graphs?: GraphComparison;
}

export interface FirstDifferenceOptions {
  readonly engine: Engine;
  readonly tools?: TlcTools | undefined;
  readonly signal?: AbortSignal | undefined;
  /** How long the embedded engine may take. Default: 60 s. */
  readonly embeddedSeconds?: number;
}

const EMBEDDED_SECONDS = 60;

/** The exploration with the first difference, when it has differences to explain. */
export async function withFirstDifference(
  explored: ExploreOutcome,
  options: FirstDifferenceOptions,
): Promise<ExploredModel> {
  const { differences = [] } = explored;
  if (differences.length === 0) return explored;
  return { ...explored, graphs: await compareGraphs(explored, options) };
}

async function compareGraphs(
  explored: ExploreOutcome,
  options: FirstDifferenceOptions,
): Promise<GraphComparison> {
  const { model } = explored;
  const foreign = theoryOf(model.spec).variables.filter((name) => !coreVariables.includes(name));
  if (foreign.length > 0) {
    const what = `the implementation has no counterpart of ${foreign.join(", ")}`;
    return notCompared(model, what);
  }
  const { engine, signal } = options;
  // TLC first writes the whole graph, which does not take long for these.
  const byTlc = engine === "tlc" && model.conform === "always";
  try {
    return await (byTlc ? compareWithTlc(model, options) : compareEmbedded(explored, options));
  } catch (error) {
    if (signal?.aborted) return notCompared(model, "interrupted");
    if (!(error instanceof ToolError)) throw error;
    return notCompared(model, error.message);
  }
}

async function compareWithTlc(
  model: Model,
  { tools, signal }: FirstDifferenceOptions,
): Promise<GraphComparison> {
  const { check, conformance } = await runModel(model, {
    engine: "tlc",
    tools,
    signal,
    onProgress: () => {},
    isCompared: () => true,
  });
  const { engineName, verdict } = check;
  if (conformance === undefined) return notCompared(model, `${engineName} wrote no graph`);
  if (conformance.difference === undefined && !conformance.isComplete) {
    return notCompared(model, `equal up to where ${engineName} found ${verdict}`);
  }
  return { kind: "compared", graphOf: engineName, conformance };
}

async function compareEmbedded(
  { model, system }: ExploreOutcome,
  { signal, embeddedSeconds = EMBEDDED_SECONDS }: FirstDifferenceOptions,
): Promise<GraphComparison> {
  const limits = { timeoutSeconds: embeddedSeconds, signal };
  const { outcome, endedBy } = await conformEmbedded(model, system, limits);
  const graphOf = "the embedded engine";
  if (outcome.difference !== undefined || endedBy === undefined) {
    return { kind: "compared", graphOf, conformance: outcome };
  }
  const states = `${outcome.states} states of the model`;
  if (endedBy === "killed") return notCompared(model, "interrupted");
  const end = endedBy === "timed-out" ? `in ${embeddedSeconds} s` : `up to an ${endedBy}`;
  return notCompared(model, `${graphOf} saw ${states} ${end}, equal so far`);
}

/** Only models whose graph is written out are compared by `conform`. */
function notCompared({ name, cfgPath, conform }: Model, reason: string): GraphComparison {
  const which = conform === undefined ? "" : ` ${name}`;
  const command = `npx ffa-verify conform${which}${modelsFlag(cfgPath)}`;
  return { kind: "not-compared", reason, command };
}

/** Whether the counts differ though the graphs are one: then what was expected is wrong. */
export const onlyCountsDiffer = ({ graphs }: ExploredModel): boolean =>
  graphs?.kind === "compared" && graphs.conformance.difference === undefined;
