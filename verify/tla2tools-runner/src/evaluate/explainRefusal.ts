import { ActionCompiler, type Assigned } from "./action/ActionCompiler.js";
import { type Refusal, refusalOf } from "./action/refusalOf.js";
import { Scope } from "./compile/Scope.js";
import { compilerOf, type State } from "./evaluate.js";
import type { ModelAction, OpenModel } from "./openModel.js";
import type { Value } from "./values/Value.js";

/**
 * Finds the conjuncts that keep an action from having a step in a state.
 *
 * @param parameters as the action's own; some of them will do
 * @returns One for each way to take the action that a disjunction or `\E` in it offers, most often
 *   one; the same is there once. Empty if the action has a step. Undefined if the model has no
 *   such action.
 */
export function explainRefusal(
  model: OpenModel,
  name: string,
  parameters: ReadonlyMap<string, Value>,
  state: State,
): readonly Refusal[] | undefined {
  const action = model.actions.find((each) => each.name === name && matches(each, parameters));
  if (action === undefined) return undefined;
  const { theory } = model;
  const compiler = compilerOf(theory);
  const refusals: Refusal[] = [];
  const actions = new ActionCompiler(compiler, "next", (part, scope) => (env, source, next) => {
    const refusal = refusalOf(part, { compiler, scope, env, state: source, next });
    const isKnown = refusals.some(
      ({ place, text }) => text === refusal.text && place === refusal.place,
    );
    if (!isKnown) refusals.push(refusal);
  });
  const target: Assigned = new Array(theory.variables.length).fill(undefined);
  const step = actions.compile(action.expression, Scope.empty);
  return step(null, state, target, () => true) ? [] : refusals;
}

function matches(action: ModelAction, parameters: ReadonlyMap<string, Value>): boolean {
  return [...parameters].every(([name, value]) => action.parameters.get(name) === value);
}
