/** Takes behaviors of a model's graph on the implementation, up to the first step that differs. */
import type { Stepper } from "../engine/stepper.js";
import type { System } from "../mediator/system.js";
import { GraphWalk } from "./graphWalk.js";
import { type Mismatch, mismatchOf } from "./mismatch.js";
import type { ModelGraph } from "./modelGraph.js";
import type { Behaviors } from "./tour.js";

export interface ReplayedBehaviors {
  /** How many were taken to their end. */
  readonly behaviors: number;
  readonly steps: number;
  /** How many states were come to and edges taken, each counted once. */
  readonly states: number;
  readonly edges: number;
  readonly mismatch: Mismatch | undefined;
}

/** @throws OtherGraph where the graph is none of this configuration of the implementation */
export function replayBehaviors(
  stepper: Stepper<System>,
  graph: ModelGraph,
  { choices, lengths }: Behaviors,
): ReplayedBehaviors {
  const walk = new GraphWalk(stepper, graph);
  let step = 0;
  for (const [behavior, length] of lengths.entries()) {
    const [begin, end] = [step, step + length];
    let isSame = walk.begin();
    while (isSame && step < end) isSame = walk.take(choices[step++]);
    if (isSame && walk.isEnabledSame()) continue;
    const mismatch = mismatchOf(stepper, graph, walk, choices.subarray(begin, step), behavior);
    return { behaviors: behavior, steps: step, ...walk.covered(), mismatch };
  }
  return { behaviors: lengths.length, steps: step, ...walk.covered(), mismatch: undefined };
}
