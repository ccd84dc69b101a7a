import type { Bound, BuiltinExpression, QuantifiedExpression } from "../../module/Expression.js";
import { type Computed, type Fail, LazyFunction, LazySet } from "../values/Computed.js";
import { isFunction } from "../values/compareValues.js";
import { FunctionSpace } from "../values/constructedSets.js";
import { type AnySet, describeKind, isElement, toSet, toValue } from "../values/sets.js";
import { Mapping, Tuple, type Value } from "../values/Value.js";
import type { ValueTable } from "../values/ValueTable.js";
import type { Compiler } from "./Compiler.js";
import { bindElement } from "./compileBounds.js";
import type { Scope } from "./Scope.js";
import type { Compute, Env, PartialState } from "./Slot.js";

/** `[x \in S |-> e]`, computed as a whole unless its domain is infinite. */
export function compileFunction(
  compiler: Compiler,
  expression: QuantifiedExpression,
  scope: Scope,
): Compute {
  const lazy = compileLazyFunction(compiler, expression, scope);
  const { table } = compiler.theory;
  const fail = compiler.theory.failAt(expression.place);
  return (env, state, next) => {
    const made = lazy(env, state, next);
    const { domain } = made;
    const isInfinite = domain instanceof LazySet && domain.size() === Number.POSITIVE_INFINITY;
    return isInfinite ? made : toValue(made, table, fail);
  };
}

/** The same with each value computed when it is asked for. */
export function compileLazyFunction(
  compiler: Compiler,
  { bounds, body, place }: QuantifiedExpression,
  scope: Scope,
): (env: Env, state: PartialState, next: PartialState) => LazyFunction {
  const { table } = compiler.theory;
  const fail = compiler.theory.failAt(place);
  // A function of several names takes a tuple.
  const parts = bounds.flatMap((bound) => (bound.isTuple ? [bound] : bound.names.map(() => bound)));
  const sets = bounds.map(({ set }) => compiler.compile(set, scope));
  const value = compiler.compile(body, scope.bind(...bounds.flatMap(({ names }) => names)));
  return (env, state, next) => {
    const domains = bounds.flatMap((bound, index): AnySet[] => {
      const set = toSet(sets[index](env, state, next), "the domain of a function", fail);
      return bound.isTuple ? [set] : bound.names.map(() => set);
    });
    const domain = domains.length === 1 ? domains[0] : productOf(domains, table);
    return new LazyFunction(domain, (argument) =>
      value(bindArgument(env, parts, argument, fail), state, next),
    );
  };
}

/** `S \X T` */
export function productOf(sets: readonly AnySet[], table: ValueTable): FunctionSpace {
  const domain = table.sortedSet(sets.map((_, index) => index + 1));
  return new FunctionSpace("S \\X T", domain, sets);
}

function bindArgument(env: Env, parts: readonly Bound[], argument: Value, fail: Fail): Env {
  if (parts.length === 1) return bindElement(env, parts[0], argument, fail);
  const { elements } = argument as Tuple;
  return parts.reduce(
    (inner, bound, index) => bindElement(inner, bound, elements[index], fail),
    env,
  );
}

/** `f[x]` */
export function compileApply(
  compiler: Compiler,
  { operands: [of, argument], place }: BuiltinExpression,
  scope: Scope,
): Compute {
  const { table } = compiler.theory;
  const fail = compiler.theory.failAt(place);
  // A function that is applied at once need not be computed as a whole.
  const compute =
    of.kind === "function" ? compileLazyFunction(compiler, of, scope) : compiler.compile(of, scope);
  const at = compiler.compileValue(argument, scope);
  return (env, state, next) =>
    applied(compute(env, state, next), at(env, state, next), table, fail);
}

function applied(of: Computed, argument: Value, table: ValueTable, fail: Fail): Computed {
  if (of instanceof Tuple) {
    const value = typeof argument === "number" ? of.elements[argument - 1] : undefined;
    return value === undefined ? outside(argument, of, fail) : value;
  }
  if (of instanceof Mapping) {
    const value = of.values[of.domain.indexOf(argument)];
    return value === undefined ? outside(argument, of, fail) : value;
  }
  if (of instanceof LazyFunction) {
    if (isElement(argument, of.domain, table, fail)) return of.apply(argument);
    return outside(argument, undefined, fail);
  }
  return fail(`${describeKind(of)} is applied as a function`);
}

function outside(argument: Value, of: Tuple | Mapping | undefined, fail: Fail): never {
  const shown = showArgument(argument);
  if (of instanceof Tuple) {
    return fail(`the index ${shown} is outside of a tuple of ${of.elements.length}`);
  }
  return fail(`the argument ${shown} is outside of the function's domain`);
}

/** Atoms are shown; of others the kind is enough. */
function showArgument(argument: Value): string {
  if (typeof argument === "string") return JSON.stringify(argument);
  return typeof argument === "object" ? describeKind(argument) : String(argument).toUpperCase();
}

/** `r.name` is `r["name"]`. */
export function compileField(
  compiler: Compiler,
  expression: BuiltinExpression,
  scope: Scope,
): Compute {
  return compileApply(compiler, expression, scope);
}

/** `DOMAIN f` */
export function compileDomain(
  compiler: Compiler,
  { operands: [of], place }: BuiltinExpression,
  scope: Scope,
): Compute {
  const compute = compiler.compile(of, scope);
  const fail = compiler.theory.failAt(place);
  const { table } = compiler.theory;
  return (env, state, next) => {
    const computed = compute(env, state, next);
    if (computed instanceof LazyFunction) return computed.domain;
    if (!isFunction(computed)) return fail(`DOMAIN is applied to ${describeKind(computed)}`);
    if (computed instanceof Mapping) return computed.domain;
    return table.sortedSet(computed.elements.map((_, index) => index + 1));
  };
}
