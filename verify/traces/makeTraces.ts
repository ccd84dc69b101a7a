/** The traces of a model, made from the state graph that TLC wrote. */
import type { Corpus } from "./content.js";
import type { ModelGraph } from "./modelGraph.js";
import { lowerBoundOf, shortestCover } from "./shortestCover.js";
import { behaviorsOf } from "./tour.js";

export interface MadeTraces extends Corpus {
  /** Behaviors with fewer steps do not cover all edges. */
  readonly fewestSteps: number;
}

export function makeTraces(graph: ModelGraph): MadeTraces {
  const { extra, potentials } = shortestCover(graph);
  const fewestSteps = lowerBoundOf(graph, potentials);
  return { graph, behaviors: behaviorsOf(graph, extra), fewestSteps };
}
