/** Where model and implementation part, for people: by the shortest way there. */

import type { Stepper } from "../engine/stepper.js";
import type { KnownStep } from "../engine/stepTable.js";
import { stateTextOf } from "../mediator/refinement.js";
import type { System } from "../mediator/system.js";
import type { StateText } from "../model/stateText.js";
import type { GraphWalk, MismatchKind } from "./graphWalk.js";
import { actionOfKind, actorOfKind, type ModelGraph, stateTextAt } from "./modelGraph.js";
import { shortestWay } from "./shortestWay.js";

/** A step as both sides name it. */
export interface NamedStep {
  readonly actor: number;
  readonly action: string;
}

export interface Mismatch {
  readonly kind: MismatchKind;
  /** The number of the behavior in which it was met, from 1. */
  readonly behavior: number;
  /** The model's step that leads elsewhere; undefined where other steps are enabled. */
  readonly step: NamedStep | undefined;
  /** Steps that the model has there and the implementation has not, and the other way round. */
  readonly missing: readonly NamedStep[];
  readonly extra: readonly NamedStep[];
  /** What a step of the implementation misuses, and how. */
  readonly fault: string | undefined;
  /** The state as the model has it, and as the nearest step of the implementation has it. */
  readonly model: StateText;
  readonly implementation: StateText | undefined;
  /** The implementation's steps up to there. */
  readonly taken: readonly KnownStep[];
}

/**
 * @param walk Where it stopped.
 * @param choices Those of the behavior, up to the one that could not be taken.
 * @param behavior Its index, from 0.
 */
export function mismatchOf(
  stepper: Stepper<System>,
  graph: ModelGraph,
  walk: GraphWalk,
  choices: Uint8Array,
  behavior: number,
): Mismatch {
  const isInState = walk.stopped === "enabled" || walk.stopped === "fault";
  const way = shortestWay(graph, walk.state);
  const short = isInState ? way : [...way, ...choices.subarray(-1)];
  // What the model does not see may be as it is on the long way only.
  const retraced = retrace(walk, short) ?? retrace(walk, [...choices]);
  if (retraced === undefined) throw new Error("a difference was met once, and not again");
  const { taken, choice } = retraced;
  return { behavior: behavior + 1, taken, ...whatDiffers(stepper, graph, walk, choice) };
}

interface Retraced {
  readonly taken: readonly KnownStep[];
  /** The one that could not be taken. */
  readonly choice: number;
}

function retrace(walk: GraphWalk, choices: readonly number[]): Retraced | undefined {
  const taken: KnownStep[] = [];
  if (!walk.begin()) return { taken, choice: 0 };
  for (const choice of choices) {
    if (!walk.take(choice)) return { taken, choice };
    taken.push(walk.lastStep);
  }
  return walk.isEnabledSame() ? undefined : { taken, choice: 0 };
}

type WhatDiffers = Omit<Mismatch, "behavior" | "taken">;

function whatDiffers(
  stepper: Stepper<System>,
  graph: ModelGraph,
  walk: GraphWalk,
  choice: number,
): WhatDiffers {
  const { state, stopped: kind = "state" } = walk;
  const none = { step: undefined, missing: [], extra: [], fault: undefined };
  const first = graph.firstEdge[state];
  if (kind === "initial-state") {
    const implementation = stateTextOf(stepper, stepper.initial);
    return { ...none, kind, model: stateTextAt(graph, 0), implementation };
  }
  if (kind === "fault") {
    const fault = walk.fault?.message;
    return { ...none, kind, fault, model: stateTextAt(graph, state), implementation: undefined };
  }
  if (kind === "enabled") {
    const ofModel = [...graph.kinds.subarray(first, graph.firstEdge[state + 1])];
    const model = ofModel.map((of) => nameOf(graph, of));
    const steps = [...walk.enabled.subarray(0, walk.count)];
    const implementation = steps.flatMap((step): readonly NamedStep[] => {
      const known = stepper.table.steps[step];
      return known ? [{ actor: known.actor, action: known.operation.label }] : [];
    });
    const missing = without(model, implementation);
    const extra = without(implementation, model);
    const texts = { model: stateTextAt(graph, state), implementation: undefined };
    return { ...none, kind, missing, extra, ...texts };
  }
  const edge = first + choice;
  const model = stateTextAt(graph, graph.targets[edge]);
  const step = nameOf(graph, graph.kinds[edge]);
  return { ...none, kind, step, model, implementation: nearest(stepper, walk, step, model) };
}

const nameOf = (graph: ModelGraph, kind: number): NamedStep => {
  return { actor: actorOfKind(graph, kind), action: actionOfKind(graph, kind) };
};

/** What is left of some steps when each of the others has taken one like it away. */
function without(steps: readonly NamedStep[], others: readonly NamedStep[]): readonly NamedStep[] {
  const left = [...others];
  return steps.filter(({ actor, action }) => {
    const at = left.findIndex((other) => other.actor === actor && other.action === action);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** Of the implementation's steps of that name, the state that differs in the fewest variables. */
function nearest(
  stepper: Stepper<System>,
  walk: GraphWalk,
  { actor, action }: NamedStep,
  model: StateText,
): StateText | undefined {
  const successor = new Int32Array(stepper.packing.words);
  const texts = [...walk.enabled.subarray(0, walk.count)].flatMap((step) => {
    const known = stepper.table.steps[step];
    if (known?.actor !== actor || known.operation.label !== action) return [];
    walk.peek(step, successor);
    return [stateTextOf(stepper, successor)];
  });
  const distance = (text: StateText): number =>
    [...model].filter(([variable, value]) => text.get(variable) !== value).length;
  return texts.toSorted((a, b) => distance(a) - distance(b))[0];
}
