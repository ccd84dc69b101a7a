import type { Bound, Expression, QuantifiedExpression } from "../../module/Expression.js";
import { assertNever } from "../../support/assertNever.js";
import { LazySet } from "../values/Computed.js";
import { FilteredSet } from "../values/plainSets.js";
import { toFinite, toSet, unlike } from "../values/sets.js";
import type { Value } from "../values/Value.js";
import type { Compiler } from "./Compiler.js";
import { bindElement, compileBounds } from "./compileBounds.js";
import { compileFunction } from "./compileFunction.js";
import type { Scope } from "./Scope.js";
import type { Compute } from "./Slot.js";

export function compileQuantified(
  compiler: Compiler,
  expression: QuantifiedExpression,
  scope: Scope,
): Compute {
  switch (expression.kind) {
    case "forall":
    case "exists":
      return compileQuantifier(compiler, expression, scope);
    case "choose":
      return compileChoose(compiler, expression, scope);
    case "filter":
      return compileFilter(compiler, expression, scope);
    case "map":
      return compileMap(compiler, expression, scope);
    case "function":
      return compileFunction(compiler, expression, scope);
    default:
      return assertNever(expression.kind);
  }
}

function compileQuantifier(
  compiler: Compiler,
  { kind, bounds, body }: QuantifiedExpression,
  scope: Scope,
): Compute {
  const { inner, each } = compileBounds(compiler, bounds, scope);
  const test = compiler.compileTest(body, inner, "the body of a quantifier");
  const wanted = kind === "exists";
  return (env, state, next) =>
    each(env, state, next, (at) => test(at, state, next) === wanted) === wanted;
}

function compileChoose(
  compiler: Compiler,
  { bounds, body, place }: QuantifiedExpression,
  scope: Scope,
): Compute {
  const { inner, each } = compileBounds(compiler, bounds, scope);
  const test = compiler.compileTest(body, inner, "the body of a CHOOSE");
  const chosen = compiler.compile(elementOf(bounds[0]), inner);
  const fail = compiler.theory.failAt(place);
  return (env, state, next) => {
    let found: ReturnType<Compute> | undefined;
    each(env, state, next, (at) => {
      if (!test(at, state, next)) return false;
      found = chosen(at, state, next);
      return true;
    });
    return found ?? fail("no element satisfies the body of the CHOOSE");
  };
}

/** The element that a bound has bound, as an expression. */
function elementOf({ names, isTuple, set: { place } }: Bound): Expression {
  const parts = names.map((name): Expression => {
    return { kind: "parameter", name, operands: [], place, level: 0 };
  });
  return isTuple
    ? { kind: "builtin", operator: "tuple", operands: parts, place, level: 0 }
    : parts[0];
}

function compileFilter(
  compiler: Compiler,
  { bounds, body, place }: QuantifiedExpression,
  scope: Scope,
): Compute {
  const [bound] = bounds;
  const set = compiler.compile(bound.set, scope);
  const test = compiler.compileTest(body, scope.bind(...bound.names), "the body of {x \\in S : P}");
  const fail = compiler.theory.failAt(place);
  const { table } = compiler.theory;
  return (env, state, next) => {
    const of = toSet(set(env, state, next), "the set that is filtered", fail);
    const holds = (element: Value): boolean =>
      test(bindElement(env, bound, element, fail), state, next);
    if (of instanceof LazySet && of.size() === Number.POSITIVE_INFINITY) {
      return new FilteredSet(of, holds);
    }
    return table.sortedSet(toFinite(of, table, fail).elements.filter(holds));
  };
}

function compileMap(
  compiler: Compiler,
  { bounds, body, place }: QuantifiedExpression,
  scope: Scope,
): Compute {
  const { inner, each } = compileBounds(compiler, bounds, scope);
  const value = compiler.compileValue(body, inner);
  const onUnlike = unlike(compiler.theory.failAt(place));
  const { table } = compiler.theory;
  return (env, state, next) => {
    const values: Value[] = [];
    each(env, state, next, (at) => {
      values.push(value(at, state, next));
      return false;
    });
    return table.set(values, onUnlike);
  };
}
