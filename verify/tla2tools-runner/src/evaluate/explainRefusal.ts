import type { Expression, LetExpression, Place } from "../module/Expression.js";
import { formatExpression } from "../module/formatExpression.js";
import { canonicalValue } from "../value/canonicalValue.js";
import { formatValue } from "../value/formatValue.js";
import { evaluate, type State } from "./evaluate.js";
import type { ModelAction, OpenModel } from "./openModel.js";
import { childrenOf } from "./specialise/traverse.js";
import type { Theory } from "./Theory.js";
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
 * Finds the conjunct that keeps an action from having a step in a state. Where there are several
 * ways to take the action, it is the conjunct at which the first of them ends.
 *
 * @param parameters as in the action's own; a part of them will do, if only one action has it
 * @returns undefined if there is no such action, or no condition on the state refuses it
 */
export function explainRefusal(
  model: OpenModel,
  name: string,
  parameters: ReadonlyMap<string, Value>,
  state: State,
): Refusal | undefined {
  const action = model.actions.find((each) => each.name === name && matches(each, parameters));
  if (action === undefined) return undefined;
  const conjunct = new Search(model.theory, state).falseIn(action.expression, []);
  if (conjunct === undefined) return undefined;
  const reads = readsOf(conjunct).map((read) => {
    const value = evaluate(read, { theory: model.theory, state });
    return { text: formatExpression(read), value: formatValue(canonicalValue(toTlaValue(value))) };
  });
  const unique = reads.filter(({ text }, i) => reads.findIndex((r) => r.text === text) === i);
  return { place: conjunct.place, text: formatExpression(conjunct), reads: unique };
}

function matches(action: ModelAction, parameters: ReadonlyMap<string, Value>): boolean {
  return [...parameters].every(([name, value]) => action.parameters.get(name) === value);
}

class Search {
  constructor(
    private readonly theory: Theory,
    private readonly state: State,
  ) {}

  /** The first conjunct that is false; undefined when none that reads one state alone is. */
  falseIn(action: Expression, lets: readonly LetExpression[]): Expression | undefined {
    if (action.kind === "let") return this.falseIn(action.body, [...lets, action]);
    if (action.kind === "case") {
      const arm = action.arms.find(({ guard }) => guard === null || this.isTrue(guard, lets));
      return arm && this.falseIn(arm.value, lets);
    }
    if (action.kind === "builtin") {
      switch (action.operator) {
        case "/\\":
          for (const operand of action.operands) {
            const found = this.falseIn(operand, lets);
            if (found !== undefined) return found;
          }
          return undefined;
        case "\\/": {
          if (action.level < 2) break;
          const ends = action.operands.map((operand) => this.falseIn(operand, lets));
          return ends.includes(undefined) ? undefined : ends[0];
        }
        case "if": {
          const [test, yes, no] = action.operands;
          return this.falseIn(this.isTrue(test, lets) ? yes : no, lets);
        }
      }
    }
    if (action.level >= 2 || this.isTrue(action, lets)) return undefined;
    return action;
  }

  private isTrue(test: Expression, lets: readonly LetExpression[]): boolean {
    const whole = lets.reduceRight<Expression>((body, at) => ({ ...at, body }), test);
    return evaluate(whole, { theory: this.theory, state: this.state }) === true;
  }
}

/** The parts of the state that an expression reads: `pc[1]`, `listReaders`. */
function readsOf(expression: Expression): readonly Expression[] {
  return isRead(expression) ? [expression] : childrenOf(expression).flatMap(readsOf);
}

function isRead(expression: Expression): boolean {
  if (expression.kind === "variable") return true;
  if (expression.kind !== "builtin" || expression.operator !== "apply") return false;
  const [of, index] = expression.operands;
  return index.level === 0 && index.kind !== "parameter" && isRead(of);
}
