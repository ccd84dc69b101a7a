/** Traces of small systems, from their own graph written as TLC writes one. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Stepper } from "../../verify/engine/stepper.js";
import type { System } from "../../verify/mediator/system.js";
import type { Corpus } from "../../verify/traces/content.js";
import { type MadeTraces, makeTraces } from "../../verify/traces/makeTraces.js";
import type { ModelGraph } from "../../verify/traces/modelGraph.js";
import { readModelGraph } from "../../verify/traces/readGraph.js";
import { type ReplayedBehaviors, replayBehaviors } from "../../verify/traces/replayBehaviors.js";
import { type DumpLine, graphLines, writeDump } from "./graphDump.js";

/** @throws VerifyError, as `readModelGraph` */
export function graphOfLines(lines: readonly DumpLine[]): ModelGraph {
  const directory = mkdtempSync(join(tmpdir(), "ffa-verify-test-"));
  try {
    return readModelGraph(writeDump(join(directory, "graph.dot"), lines));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

export const tracesOf = (system: System): MadeTraces =>
  makeTraces(graphOfLines(graphLines(system)));

/** Replays a corpus on a system; by default behaviors that cover the graph as it is. */
export function replayOn(system: System, graph: ModelGraph, corpus?: Corpus): ReplayedBehaviors {
  const { behaviors } = corpus ?? makeTraces(graph);
  return replayBehaviors(new Stepper(system), graph, behaviors);
}
