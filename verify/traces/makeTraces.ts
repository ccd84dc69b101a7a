/** The traces of a model, made from the state graph that TLC wrote. */
import { VerifyError } from "../support/verifyError.js";
import type { Corpus } from "./content.js";
import type { ModelGraph } from "./modelGraph.js";
import { lowerBoundOf, shortestCover } from "./shortestCover.js";
import { behaviorsOf, MOST_EDGES } from "./tour.js";

export interface MadeTraces extends Corpus {
  /** Behaviors with fewer steps do not cover all edges. */
  readonly fewestSteps: number;
}

/** @throws VerifyError TOO_MANY_STEPS */
export function makeTraces(graph: ModelGraph): MadeTraces {
  const { states, firstEdge } = graph;
  for (let s = 0; s < states; s++) {
    if (firstEdge[s + 1] - firstEdge[s] > MOST_EDGES) throw tooManyEdges();
  }
  const { extra, potentials } = shortestCover(graph);
  const fewestSteps = lowerBoundOf(graph, potentials);
  return { graph, behaviors: behaviorsOf(graph, extra), fewestSteps };
}

function tooManyEdges(): VerifyError {
  return new VerifyError({
    code: "TOO_MANY_STEPS",
    what: `a state of the graph has more than ${MOST_EDGES} edges`,
    hint: "give the model fewer calls, or the choices of traces more bits",
  });
}
