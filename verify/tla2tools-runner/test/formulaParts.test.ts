import { describe, expect, it } from "vitest";
import { actionOf, conjunctsOf } from "../src/index.js";
import { squareOf } from "../src/module/formulaParts.js";
import { type Bare, bare, builtin, defined, expressionOf, variable } from "./support/trees.js";

const [a, b, c] = ["a", "b", "c"].map((name) => variable(name));
const and = (...operands: Bare[]) => builtin("/\\", ...operands);

describe("the conjuncts of a formula", () => {
  it.each([
    ["one that is no conjunction", builtin("\\/", a, b), [builtin("\\/", a, b)]],
    ["a list", and(a, b, c), [a, b, c]],
    ["lists inside of lists", and(and(a, b), and(and(c))), [a, b, c]],
    ["none inside of another operator", and(a, builtin("=>", b, and(c, a))), undefined],
    ["a name, which stays one", and(a, defined("Both")), [a, defined("Both")]],
  ])("%s", (_, tree, expected = [a, builtin("=>", b, and(c, a))]) => {
    expect(conjunctsOf(expressionOf(tree)).map((each) => bare(each))).toEqual(expected);
  });

  it("are looked for behind names too, where that is asked for", () => {
    const body = expressionOf(and(b, and(c)));
    const conjuncts = conjunctsOf(expressionOf(and(a, defined("Both"))), (of) =>
      of.kind === "definition" ? body : of,
    );
    expect(conjuncts.map((each) => bare(each))).toEqual([a, b, c]);
  });
});

describe("the action", () => {
  const square = expressionOf(builtin("squareAction", a, b));
  const always = expressionOf(builtin("[]", builtin("squareAction", a, b)));
  const others = [a, and(a, b), builtin("angleAction", a, b), builtin("[]", a)];

  it("of [A]_v comes with its v", () => {
    const found = squareOf(square);
    expect([found?.action, found?.subscript].map((each) => each && bare(each))).toEqual([a, b]);
    for (const other of others) expect(squareOf(expressionOf(other))).toBeUndefined();
    expect(squareOf(always)).toBeUndefined();
  });

  it("of [][A]_v is A", () => {
    const action = actionOf(always);
    expect(action && bare(action)).toEqual(a);
    for (const other of others) expect(actionOf(expressionOf(other))).toBeUndefined();
    expect(actionOf(square)).toBeUndefined();
  });
});
