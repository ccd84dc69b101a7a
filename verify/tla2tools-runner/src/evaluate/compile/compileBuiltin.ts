import type { BuiltinExpression } from "../../module/Expression.js";
import { assertNever } from "../../support/assertNever.js";
import { compileEnabled } from "../action/compileEnabled.js";
import { StringSet } from "../values/plainSets.js";
import { unlike } from "../values/sets.js";
import type { Compiler } from "./Compiler.js";
import { compileApply, compileDomain } from "./compileFunction.js";
import {
  compileEnumeration,
  compileFunctionSet,
  compileMembership,
  compilePowerSet,
  compileProduct,
  compileRecord,
  compileRecordSet,
  compileSetOperator,
  compileSubset,
  compileTuple,
  compileUnion,
} from "./compileSets.js";
import type { Scope } from "./Scope.js";
import { type Compute, NO_STATE, type Test } from "./Slot.js";

/** An operator of the language itself, applied to its operands. */
export function compileBuiltin(
  compiler: Compiler,
  expression: BuiltinExpression,
  scope: Scope,
): Compute {
  const { operator, operands } = expression;
  switch (operator) {
    case "TRUE":
      return () => true;
    case "FALSE":
      return () => false;
    case "BOOLEAN": {
      const booleans = compiler.theory.table.sortedSet([false, true]);
      return () => booleans;
    }
    case "STRING": {
      const strings = new StringSet();
      return () => strings;
    }
    case "/\\":
    case "\\/":
    case "=>":
    case "<=>":
    case "~":
      return compileConnective(compiler, expression, scope);
    case "=":
      return compileEquality(compiler, expression, scope);
    case "#": {
      const equal = compileEquality(compiler, expression, scope);
      return (env, state, next) => !equal(env, state, next);
    }
    case "if": {
      const test = compiler.compileTest(operands[0], scope, "the condition of an IF");
      const [then, otherwise] = operands.slice(1).map((branch) => compiler.compile(branch, scope));
      return (env, state, next) =>
        test(env, state, next) ? then(env, state, next) : otherwise(env, state, next);
    }
    case "\\in":
      return compileMembership(compiler, expression, scope);
    case "\\notin": {
      const member = compileMembership(compiler, expression, scope);
      return (env, state, next) => !member(env, state, next);
    }
    case "\\subseteq":
      return compileSubset(compiler, expression, scope);
    case "\\cup":
    case "\\cap":
    case "\\":
      return compileSetOperator(compiler, operator, expression, scope);
    case "SUBSET":
      return compilePowerSet(compiler, expression, scope);
    case "UNION":
      return compileUnion(compiler, expression, scope);
    case "\\X":
      return compileProduct(compiler, expression, scope);
    case "set":
      return compileEnumeration(compiler, expression, scope);
    case "tuple":
      return compileTuple(compiler, expression, scope);
    case "record":
      return compileRecord(compiler, expression, scope);
    case "recordSet":
      return compileRecordSet(compiler, expression, scope);
    case "functionSet":
      return compileFunctionSet(compiler, expression, scope);
    case "apply":
    case "field":
      return compileApply(compiler, expression, scope);
    case "DOMAIN":
      return compileDomain(compiler, expression, scope);
    case "'": {
      const compute = compiler.compile(operands[0], scope);
      return (env, _, next) => compute(env, next, NO_STATE);
    }
    case "UNCHANGED":
      return compileUnchanged(compiler, expression, scope);
    case "squareAction":
    case "angleAction":
      return compileSubscripted(compiler, expression, scope);
    case "ENABLED":
      return compileEnabled(compiler, expression, scope);
    case "\\cdot":
    case "[]":
    case "<>":
    case "~>":
    case "-+->":
    case "WF":
    case "SF": {
      const fail = compiler.theory.failAt(expression.place, "TLA_NOT_EVALUATED");
      return () => fail(`${operator} is not evaluated`);
    }
    default:
      return assertNever(operator);
  }
}

function compileConnective(
  compiler: Compiler,
  { operator, operands }: BuiltinExpression,
  scope: Scope,
): Test {
  const tests = operands.map((operand) =>
    compiler.compileTest(operand, scope, `an operand of ${operator}`),
  );
  const [first, second] = tests;
  switch (operator) {
    case "~":
      return (env, state, next) => !first(env, state, next);
    case "=>":
      return (env, state, next) => !first(env, state, next) || second(env, state, next);
    case "<=>":
      return (env, state, next) => first(env, state, next) === second(env, state, next);
    default:
      return operator === "/\\" ? everyTest(tests) : someTest(tests);
  }
}

function everyTest(tests: readonly Test[]): Test {
  return (env, state, next) => {
    for (let i = 0; i < tests.length; i += 1) if (!tests[i](env, state, next)) return false;
    return true;
  };
}

function someTest(tests: readonly Test[]): Test {
  return (env, state, next) => {
    for (let i = 0; i < tests.length; i += 1) if (tests[i](env, state, next)) return true;
    return false;
  };
}

function compileEquality(
  compiler: Compiler,
  { operands: [left, right], place }: BuiltinExpression,
  scope: Scope,
): Test {
  const [a, b] = [compiler.compileValue(left, scope), compiler.compileValue(right, scope)];
  const { table } = compiler.theory;
  const onUnlike = unlike(compiler.theory.failAt(place));
  return (env, state, next) => table.equal(a(env, state, next), b(env, state, next), onUnlike);
}

function compileUnchanged(
  compiler: Compiler,
  { operands: [of], place }: BuiltinExpression,
  scope: Scope,
): Test {
  const value = compiler.compileValue(of, scope);
  const { table } = compiler.theory;
  const onUnlike = unlike(compiler.theory.failAt(place));
  return (env, state, next) =>
    table.equal(value(env, state, next), value(env, next, NO_STATE), onUnlike);
}

/** `[A]_v` is `A \/ UNCHANGED v`, and `<<A>>_v` is `A /\ ~UNCHANGED v`. */
function compileSubscripted(compiler: Compiler, expression: BuiltinExpression, scope: Scope): Test {
  const [action, subscript] = expression.operands;
  const taken = compiler.compileTest(action, scope, "an action");
  const unchanged = compileUnchanged(compiler, { ...expression, operands: [subscript] }, scope);
  return expression.operator === "squareAction"
    ? (env, state, next) => taken(env, state, next) || unchanged(env, state, next)
    : (env, state, next) => taken(env, state, next) && !unchanged(env, state, next);
}
