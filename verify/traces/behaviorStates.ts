/** One behavior of a corpus as the model has it: who takes each step, and the states. */
import type { StateText } from "../model/stateText.js";
import type { Corpus } from "./content.js";
import type { NamedStep } from "./mismatch.js";
import { actionOfKind, actorOfKind, stateTextAt } from "./modelGraph.js";

export interface BehaviorOfModel {
  readonly steps: readonly NamedStep[];
  /** One more than steps. */
  readonly states: readonly StateText[];
}

/** @param index From 0. */
export function behaviorStates({ graph, behaviors }: Corpus, index: number): BehaviorOfModel {
  const { choices, lengths } = behaviors;
  const begin = lengths.subarray(0, index).reduce((sum, length) => sum + length, 0);
  const steps: NamedStep[] = [];
  const states = [stateTextAt(graph, 0)];
  let state = 0;
  for (const choice of choices.subarray(begin, begin + lengths[index])) {
    const edge = graph.firstEdge[state] + choice;
    const kind = graph.kinds[edge];
    steps.push({ actor: actorOfKind(graph, kind), action: actionOfKind(graph, kind) });
    state = graph.targets[edge];
    states.push(stateTextAt(graph, state));
  }
  return { steps, states };
}
