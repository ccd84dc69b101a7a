import type { BuiltinExpression } from "../../module/Expression.js";
import { combineSets, type SetOperator } from "../values/combineSets.js";
import { FunctionSpace, PowerSet } from "../values/constructedSets.js";
import { isElement, isSubset, toFinite, toSet, unlike } from "../values/sets.js";
import { FiniteSet, kindOf, type Value } from "../values/Value.js";
import type { Compiler } from "./Compiler.js";
import { productOf } from "./compileFunction.js";
import type { Scope } from "./Scope.js";
import type { Compute, Test } from "./Slot.js";

/** `e \in S`. Of a set that is listed only equality with its elements matters. */
export function compileMembership(
  compiler: Compiler,
  { operands: [element, set], operator, place }: BuiltinExpression,
  scope: Scope,
): Test {
  const { table } = compiler.theory;
  const fail = compiler.theory.failAt(place);
  const value = compiler.compileValue(element, scope);
  if (set.kind === "builtin" && set.operator === "set") {
    const listed = set.operands.map((operand) => compiler.compileValue(operand, scope));
    return (env, state, next) => {
      const wanted = value(env, state, next);
      const elements = listed.map((compute) => compute(env, state, next));
      return elements.some((other) => table.equal(wanted, other, unlike(fail)));
    };
  }
  const compute = compiler.compile(set, scope);
  const role = `the right operand of ${operator}`;
  return (env, state, next) => {
    const wanted = value(env, state, next);
    return isElement(wanted, toSet(compute(env, state, next), role, fail), table, fail);
  };
}

export function compileSubset(
  compiler: Compiler,
  { operands, place }: BuiltinExpression,
  scope: Scope,
): Test {
  const { table } = compiler.theory;
  const fail = compiler.theory.failAt(place);
  const [left, right] = operands.map((operand) => compiler.compile(operand, scope));
  return (env, state, next) => {
    const a = toSet(left(env, state, next), "the left operand of \\subseteq", fail);
    const b = toSet(right(env, state, next), "the right operand of \\subseteq", fail);
    return isSubset(a, b, table, fail);
  };
}

export function compileSetOperator(
  compiler: Compiler,
  operator: SetOperator,
  { operands, place }: BuiltinExpression,
  scope: Scope,
): Compute {
  const { table } = compiler.theory;
  const fail = compiler.theory.failAt(place);
  const [left, right] = operands.map((operand) => compiler.compile(operand, scope));
  return (env, state, next) => {
    const a = toSet(left(env, state, next), `the left operand of ${operator}`, fail);
    const b = toSet(right(env, state, next), `the right operand of ${operator}`, fail);
    return combineSets(operator, a, b, table, fail);
  };
}

export function compilePowerSet(
  compiler: Compiler,
  { operands: [of], place }: BuiltinExpression,
  scope: Scope,
): Compute {
  const compute = compiler.compile(of, scope);
  const fail = compiler.theory.failAt(place);
  return (env, state, next) =>
    new PowerSet(toSet(compute(env, state, next), "the operand of SUBSET", fail));
}

export function compileUnion(
  compiler: Compiler,
  { operands: [of], place }: BuiltinExpression,
  scope: Scope,
): Compute {
  const compute = compiler.compile(of, scope);
  const { table } = compiler.theory;
  const fail = compiler.theory.failAt(place);
  return (env, state, next) => {
    const sets = toFinite(
      toSet(compute(env, state, next), "the operand of UNION", fail),
      table,
      fail,
    );
    const elements = sets.elements.flatMap((set) => {
      return set instanceof FiniteSet
        ? set.elements
        : fail(`UNION is applied to a set with ${kindOf(set)}`);
    });
    return table.set(elements, unlike(fail));
  };
}

export function compileEnumeration(
  compiler: Compiler,
  { operands, place }: BuiltinExpression,
  scope: Scope,
): Compute {
  const elements = operands.map((operand) => compiler.compileValue(operand, scope));
  const { table } = compiler.theory;
  const onUnlike = unlike(compiler.theory.failAt(place));
  return (env, state, next) =>
    table.set(
      elements.map((compute) => compute(env, state, next)),
      onUnlike,
    );
}

export function compileTuple(
  compiler: Compiler,
  { operands }: BuiltinExpression,
  scope: Scope,
): Compute {
  const elements = operands.map((operand) => compiler.compileValue(operand, scope));
  const { table } = compiler.theory;
  return (env, state, next) => table.tuple(elements.map((compute) => compute(env, state, next)));
}

export function compileProduct(
  compiler: Compiler,
  { operands, place }: BuiltinExpression,
  scope: Scope,
): Compute {
  const sets = operands.map((operand) => compiler.compile(operand, scope));
  const { table } = compiler.theory;
  const fail = compiler.theory.failAt(place);
  return (env, state, next) =>
    productOf(
      sets.map((set) => toSet(set(env, state, next), "an operand of \\X", fail)),
      table,
    );
}

/** `[a |-> x, b |-> y]` */
export function compileRecord(
  compiler: Compiler,
  { operands }: BuiltinExpression,
  scope: Scope,
): Compute {
  const { table } = compiler.theory;
  const names = fieldNames(operands);
  const domain = table.set(names, cannotFail);
  // The fields in the order of the domain; the first of two with one name counts.
  const positions = domain.elements.map((name) => 2 * names.indexOf(name) + 1);
  const values = positions.map((position) => compiler.compileValue(operands[position], scope));
  return (env, state, next) =>
    table.mapping(
      domain,
      values.map((compute) => compute(env, state, next)),
    );
}

/** `[a : S, b : T]` */
export function compileRecordSet(
  compiler: Compiler,
  { operands, place }: BuiltinExpression,
  scope: Scope,
): Compute {
  const { table } = compiler.theory;
  const fail = compiler.theory.failAt(place);
  const names = fieldNames(operands);
  const domain = table.set(names, cannotFail);
  const positions = domain.elements.map((name) => 2 * names.indexOf(name) + 1);
  const sets = positions.map((position) => compiler.compile(operands[position], scope));
  const text = `[${names.map((name) => `${String(name)} : S`).join(", ")}]`;
  return (env, state, next) =>
    new FunctionSpace(
      text,
      domain,
      sets.map((set) => toSet(set(env, state, next), "the set of a field", fail)),
    );
}

/** `[S -> T]` */
export function compileFunctionSet(
  compiler: Compiler,
  { operands, place }: BuiltinExpression,
  scope: Scope,
): Compute {
  const { table } = compiler.theory;
  const fail = compiler.theory.failAt(place);
  const [from, to] = operands.map((operand) => compiler.compile(operand, scope));
  return (env, state, next) => {
    const set = toSet(from(env, state, next), "the domain of a set of functions", fail);
    const range = toSet(to(env, state, next), "the range of a set of functions", fail);
    const domain = toFinite(set, table, fail);
    return new FunctionSpace("[S -> T]", domain, new Array(domain.elements.length).fill(range));
  };
}

function fieldNames(operands: BuiltinExpression["operands"]): readonly Value[] {
  return operands
    .filter((_, index) => index % 2 === 0)
    .map((operand) => (operand.kind === "string" ? operand.value : ""));
}

function cannotFail(): never {
  throw new TypeError("strings can be compared");
}
