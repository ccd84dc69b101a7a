import type { Expression, Place } from "../module/Expression.js";
import { formatValue } from "../value/formatValue.js";
import { formatExpression } from "./formatExpression.js";
import type { ModelAction, OpenModel } from "./openModel.js";
import { compileRefusal } from "./action/compileRefusal.js";
import type { State } from "./evaluate.js";
import { toTlaValue } from "./values/tlaValues.js";
import type { Value } from "./values/Value.js";

/** Why an action has no step in a state. */
export interface Refusal {
  /** The first conjunct that is false, where it stands in the text. */
  readonly place: Place;
  /** The conjunct with constants and parameters put in, such as `versLock[1] = 0`. */
  readonly text: string;
  /** What it reads of the state, in the order of its text: `versLock[1]`, which is `2`. */
  readonly reads: readonly { readonly text: string; readonly value: string }[];
}

/**
 * Finds the conjunct that keeps an action from having a step in a state. Of several ways to take
 * the action, as a disjunction or `\E` offers, it is the conjunct that the way that comes furthest
 * ends at; of equal ones the first.
 *
 * @param parameters as in the action's own; a part of them will do, if only one action has it
 * @returns undefined if there is no such action, or it has a step
 */
export function explainRefusal(
  model: OpenModel,
  name: string,
  parameters: ReadonlyMap<string, Value>,
  state: State,
): Refusal | undefined {
  const action = model.actions.find((each) => each.name === name && matches(each, parameters));
  if (action === undefined) return undefined;
  return compileRefusal(model.theory, action.expression)(state);
}

function matches(action: ModelAction, parameters: ReadonlyMap<string, Value>): boolean {
  return [...parameters].every(([name, value]) => action.parameters.get(name) === value);
}
