/**
 * Why a step is not there: the conjunct of the spec's action that is false in a state, and what it
 * reads there.
 */
import { isDeepStrictEqual } from "node:util";
import {
  explainRefusal,
  fromTlaValue,
  type OpenModel,
  openModel,
  parseValue,
  type Refusal,
  type State,
} from "tla2tools-runner";
import { BEGINNINGS } from "../mediator/correspondence/actions.js";
import type { Model } from "../mediator/model.js";
import type { MediatorActor, System } from "../mediator/system.js";
import { elementOf, type StateText } from "../model/stateText.js";

/** What an actor may do next in a state. */
export interface Standing {
  readonly actor: MediatorActor;
  readonly action: string;
  /** Whether the spec has an action of that name for that actor. */
  readonly isKnown: boolean;
  /**
   * Why the spec has no such step: for each way to take it the conjunct that is false. Empty when
   * it has one, or the action is not known.
   */
  readonly refusals: readonly Refusal[];
}

export class Guards {
  private readonly model: OpenModel | undefined;

  constructor({ spec, specification }: Pick<Model, "spec" | "specification">) {
    if (specification !== undefined) this.model = openModel({ ...spec, specification });
  }

  /**
   * Why an actor cannot take an action, whatever the environment chooses: one for each way to take
   * it. Empty when it can, or when that is not known.
   */
  refusals(action: string, actor: number, text: StateText): readonly Refusal[] {
    const { model } = this;
    const state = this.stateOf(text);
    if (model === undefined || state === undefined) return [];
    const ofChoices = this.actionsOf(action, actor).map(({ parameters }) => {
      return explainRefusal(model, action, parameters, state) ?? [];
    });
    return ofChoices.some(({ length }) => length === 0) ? [] : withoutRepeats(ofChoices.flat());
  }

  /** What each actor may do next; empty for a state that is not one of the spec's. */
  standings(system: System, text: StateText): readonly Standing[] {
    if (this.stateOf(text) === undefined) return [];
    return system.actors.flatMap((actor) => {
      const pc = elementOf(text.get("pc"), actor.number).slice(1, -1);
      const actions = pc === "idle" ? BEGINNINGS[actor.kind] : [pc];
      return actions.map((action): Standing => {
        const isKnown = this.actionsOf(action, actor.number).length > 0;
        return { actor, action, isKnown, refusals: this.refusals(action, actor.number, text) };
      });
    });
  }

  /** The actor is the first parameter of each action; what else it chooses from comes behind. */
  private actionsOf(action: string, actor: number): OpenModel["actions"] {
    const all = this.model?.actions ?? [];
    return all.filter(({ name, parameters }) => {
      const [who] = parameters.values();
      return name === action && who === actor;
    });
  }

  /** Undefined for a state that lacks a variable of the spec, such as a monitor's. */
  private stateOf(text: StateText): State | undefined {
    const { theory, variables } = this.model ?? {};
    if (theory === undefined || variables?.some((name) => !text.has(name))) return undefined;
    return variables?.map((name) => {
      return fromTlaValue(parseValue(text.get(name) ?? ""), theory.table, (what) => {
        throw new Error(`${name} has no value of the spec: ${what}`);
      });
    });
  }
}

/** Most conjuncts do not depend on what is chosen, and are then the same for every choice. */
function withoutRepeats(refusals: readonly Refusal[]): readonly Refusal[] {
  return refusals.filter((refusal, i) => {
    return refusals.findIndex((other) => isDeepStrictEqual(other, refusal)) === i;
  });
}

/** `NegotiateVersion.tla:48 versLock[1] = 0 (it is 2)`, and so on for each way to take the step. */
export const refusalsText = (refusals: readonly Refusal[]): string =>
  refusals.map(refusalText).join(", and ");

function refusalText({ place, text, reads }: Refusal): string {
  const where = `${place.module}.tla:${place.line}`;
  const [first, ...others] = reads;
  if (first === undefined) return `${where} ${text}`;
  const isPlain = others.length === 0 && text.startsWith(`${first.text} `);
  const values = reads.map((read) => `${read.text} is ${read.value}`).join(", ");
  return `${where} ${text} (${isPlain ? `it is ${first.value}` : values})`;
}
