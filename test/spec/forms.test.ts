/** verify/spec/smallConjuncts.ts and plainValue.ts: what is seen of a predicate by its form. */
import { type Expression, FiniteSet, formatExpression, ValueTable } from "tla2tools-runner";
import { describe, expect, test } from "vitest";
import { plainValue } from "../../verify/spec/plainValue.js";
import { smallConjunctsOf } from "../../verify/spec/smallConjuncts.js";
import { builtin, number, use } from "../support/changedTrees.js";

const [a, b, c, d] = ["a", "b", "c", "d"].map((name) => use("variable", name));
const not = (of: Expression) => builtin("~", of);
const and = (...of: readonly Expression[]) => builtin("/\\", ...of);
const or = (...of: readonly Expression[]) => builtin("\\/", ...of);
const implies = (left: Expression, right: Expression) => builtin("=>", left, right);

describe("a predicate as small conjuncts", () => {
  test.each([
    ["a conjunction", and(a, and(b, c)), ["a", "b", "c"]],
    ["what follows", implies(a, and(b, c)), ["a => b", "a => c"]],
    ["what does not hold", not(or(a, or(b, c))), ["~a", "~b", "~c"]],
    ["what follows and does not hold", implies(a, not(or(b, c))), ["a => ~b", "a => ~c"]],
    ["a disjunction", or(a, and(b, c)), ["a \\/ (b /\\ c)"]],
    ["a conjunction that does not hold", not(and(a, b)), ["~(a /\\ b)"]],
    ["what follows from two", implies(and(a, b), c), ["a /\\ b => c"]],
  ])("%s", (_, predicate, parts) => {
    expect(smallConjunctsOf(predicate).map((each) => formatExpression(each))).toEqual(parts);
  });
});

describe("what is plain", () => {
  const table = new ValueTable();
  const set = (...values: readonly number[]): Expression => {
    return { ...number(0), kind: "value", value: table.sortedSet(values) } as Expression;
  };
  const isIn = (of: Expression, values: Expression) => builtin("\\in", of, values);
  const equals = (left: Expression, right: Expression) => builtin("=", left, right);

  test.each([
    ["a and not a", and(a, b, not(a)), false],
    ["not a, and then a in what is behind", and(not(a), and(b, a)), false],
    ["a and not b", and(a, not(b)), undefined],
    ["in sets that have nothing in common", and(isIn(a, set(1, 2)), isIn(a, set(3))), false],
    ["in sets that have", and(isIn(a, set(1, 2)), isIn(a, set(2, 3))), undefined],
    ["of two things", and(isIn(a, set(1, 2)), isIn(b, set(3))), undefined],
    ["one value and a set without it", and(equals(a, number(1)), isIn(a, set(2, 3))), false],
    ["one value and a set with it", and(equals(a, number(1)), isIn(a, set(1, 3))), undefined],
    ["two values", and(equals(a, number(1)), equals(a, number(2))), false],
    ["one value twice", and(equals(a, number(1)), equals(a, number(1))), undefined],
    ["no value, but a variable", and(equals(a, c), equals(a, d)), undefined],
    ["a set that is no value", and(isIn(a, c), isIn(a, d)), undefined],
    ["what follows from it", implies(and(isIn(a, set(1)), isIn(a, set(2))), b), true],
    ["one of it", or(isIn(a, set(1)), isIn(a, set(2))), undefined],
  ])("%s", (_, predicate, value) => {
    expect(plainValue(predicate)).toBe(value);
  });

  test("a set of values is one", () => expect(table.sortedSet([1])).toBeInstanceOf(FiniteSet));
});
