import type { ExceptExpression } from "../../module/Expression.js";
import type { Fail } from "../values/Computed.js";
import { isFunction } from "../values/compareValues.js";
import { kindOf, Mapping, Tuple, type Value } from "../values/Value.js";
import type { ValueTable } from "../values/ValueTable.js";
import type { Compiler } from "./Compiler.js";
import type { Scope } from "./Scope.js";
import type { Compute } from "./Slot.js";

/**
 * EXCEPT, one update after the other. As with TLC, an update outside of the domain changes nothing,
 * and its value is not evaluated.
 */
export function compileExcept(
  compiler: Compiler,
  expression: ExceptExpression,
  scope: Scope,
): Compute {
  const { table } = compiler.theory;
  const fail = compiler.theory.failAt(expression.place);
  const of = compiler.compileValue(expression.of, scope);
  const inner = scope.bind("@");
  const updates = expression.updates.map(({ path, value }) => ({
    path: path.map((step) => compiler.compileValue(step, scope)),
    value: compiler.compileValue(value, inner),
  }));
  return (env, state, next) => {
    let result = of(env, state, next);
    for (const { path, value } of updates) {
      const steps = path.map((step) => step(env, state, next));
      result = updated(result, steps, 0, table, fail, (old) =>
        value({ slot: old, up: env }, state, next),
      );
    }
    return result;
  };
}

function updated(
  of: Value,
  path: readonly Value[],
  from: number,
  table: ValueTable,
  fail: Fail,
  change: (old: Value) => Value,
): Value {
  if (from === path.length) return change(of);
  if (!isFunction(of)) return fail(`EXCEPT is applied to ${kindOf(of)} and not to a function`);
  const position = positionOf(of, path[from]);
  if (position < 0) return of;
  const old = of.parts[position];
  const made = updated(old, path, from + 1, table, fail, change);
  if (made === old) return of;
  const parts = of.parts.slice();
  parts[position] = made;
  return of instanceof Tuple ? table.tuple(parts) : table.mapping(of.domain, parts);
}

/** Which of a function's values belongs to an argument; -1 outside of its domain. */
export function positionOf(of: Tuple | Mapping, argument: Value): number {
  if (of instanceof Mapping) return of.domain.indexOf(argument);
  const isIndex = typeof argument === "number" && argument >= 1 && argument <= of.elements.length;
  return isIndex ? argument - 1 : -1;
}
