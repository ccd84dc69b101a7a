/** The traces of one model, replayed on the implementation, and what they should have shown. */
import { Stepper } from "../engine/stepper.js";
import { createSystem } from "../mediator/createSystem.js";
import type { Model } from "../mediator/model.js";
import type { System } from "../mediator/system.js";
import { type Comparison, finding } from "../support/comparison.js";
import { VerifyError } from "../support/verifyError.js";
import type { Corpus } from "./content.js";
import { OtherGraph } from "./otherGraph.js";
import { type ReplayedBehaviors, replayBehaviors } from "./replayBehaviors.js";
import { corpusIn, readTracesFile, type TracesHead } from "./tracesFile.js";

export interface ReplayedTraces extends ReplayedBehaviors {
  readonly model: Model;
  readonly head: TracesHead;
  /** Bytes of the file. */
  readonly size: number;
  readonly stepper: Stepper<System>;
  /** To read the file and build its graph, and to take the steps with all comparisons. */
  readonly secondsToLoad: number;
  readonly seconds: number;
  /** Of this process while the steps were taken: on a busy machine fewer than seconds. */
  readonly cpuSeconds: number;
}

/**
 * @throws VerifyError TRACES_UNREADABLE, TRACES_DAMAGED, TRACES_OTHER_FORM, TRACES_OTHER_MODEL
 */
export function replayTraces(model: Model, path: string): ReplayedTraces {
  const start = performance.now();
  const file = readTracesFile(path);
  const corpus = corpusIn(file);
  const loaded = performance.now();
  const cpuBefore = process.cpuUsage();
  const { stepper, replayed } = replayCorpus(model, corpus, path);
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    ...replayed,
    ...{ model, stepper, head: file.head, size: file.size },
    secondsToLoad: (loaded - start) / 1000,
    seconds: (performance.now() - loaded) / 1000,
    cpuSeconds: (user + system) / 1e6,
  };
}

function replayCorpus(model: Model, { graph, behaviors }: Corpus, path: string) {
  const stepper = new Stepper(createSystem(model.options, model.calls));
  try {
    return { stepper, replayed: replayBehaviors(stepper, graph, behaviors) };
  } catch (cause) {
    if (!(cause instanceof OtherGraph)) throw cause;
    throw new VerifyError({
      code: "TRACES_OTHER_MODEL",
      what: `the traces are not those of ${model.name}: ${cause.message}`,
      where: path,
      hint: `write them anew with: npx ffa-verify traces export ${model.name}`,
    });
  }
}

/** What a replay of a model's traces has to show; a difference is the one thing that counts. */
export function replayComparisons({
  model,
  head,
  ...found
}: ReplayedTraces): readonly Comparison[] {
  const { mismatch } = found;
  const graph = finding("graph", "equal", mismatch === undefined ? "equal" : mismatch.kind);
  if (mismatch !== undefined) return [graph];
  return [
    graph,
    finding("model", model.name, head.model),
    finding("behaviors", head.behaviors, found.behaviors),
    finding("steps", head.steps, found.steps),
    finding("states that were come to", head.states, found.states),
    finding("edges that were taken", head.edges, found.edges),
  ];
}
