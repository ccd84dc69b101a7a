/** Shortest behaviors that break properties, found by a search of all states, without Java. */
import {
  actionOf,
  compileCondition,
  type OpenModel,
  type State,
  specialise,
  type TlaState,
  toTlaValue,
} from "tla2tools-runner";

interface Reached {
  readonly state: State;
  readonly from: Reached | undefined;
}

/** Whether a property fails in a state, or at the step that leads to it. */
type Fails = (at: Reached) => boolean;

/**
 * For each property a shortest behavior whose last state, or last step, breaks it. A property that
 * holds is missing.
 */
export function shortestTraces(
  model: OpenModel,
  properties: readonly string[],
): ReadonlyMap<string, readonly TlaState[]> {
  const open = new Map(properties.map((name) => [name, failsOf(model, name)]));
  const found = new Map<string, readonly TlaState[]>();
  const look = (reached: Reached): void => {
    for (const [name, fails] of open) {
      if (!fails(reached)) continue;
      found.set(name, behaviorTo(model, reached));
      open.delete(name);
    }
  };
  const seen = new Set<unknown>();
  const queue: Reached[] = [];
  const visit = (reached: Reached): void => {
    look(reached);
    const key = model.theory.table.tuple(reached.state);
    if (!seen.has(key)) queue.push(reached);
    seen.add(key);
  };
  for (const state of model.initialStates()) visit({ state, from: undefined });
  for (let i = 0; i < queue.length && open.size > 0; i++) {
    for (const { next } of model.successors(queue[i].state)) visit({ state: next, from: queue[i] });
  }
  return found;
}

function failsOf({ theory }: OpenModel, name: string): Fails {
  const definition = theory.definitionOf(name);
  if (definition === undefined) throw new Error(`the spec does not define ${name}`);
  const action = actionOf(definition.body);
  const condition = compileCondition(specialise(action ?? definition.body, { theory }), theory);
  if (action === undefined) return ({ state }) => !condition(state);
  return ({ state, from }) => from !== undefined && !condition(from.state, state);
}

function behaviorTo({ variables }: OpenModel, last: Reached): readonly TlaState[] {
  const states: TlaState[] = [];
  for (let at: Reached | undefined = last; at !== undefined; at = at.from) {
    const { state } = at;
    states.unshift(new Map(variables.map((name, i) => [name, toTlaValue(state[i])])));
  }
  return states;
}
