import { beforeAll, expect, it } from "vitest";
import { evaluate, Theory } from "../../src/index.js";
import { asDefinitions, definitionNamed, parseText } from "../support/evaluating.js";
import { describeTlc } from "../support/realTlc.js";

const PREAMBLE = `EXTENDS Integers, TLC
VARIABLE x
Step(p) == p' - p
Both(p) == p + p
RECURSIVE Again(_, _)
Again(n, p) == IF n = 0 THEN p ELSE Again(n - 1, p)`;

/** Expressions in a state with x = 1 and a next state with x = 5, and their values. */
const CASES: readonly (readonly [string, number])[] = [
  ["LET a == x IN a' - a", 4],
  ["LET a == x b == a + a IN b' - b", 8],
  ["Step(x)", 4],
  ["Step(x * 2)", 8],
  ["LET a == x + 1 IN Again(3, a)' - Again(3, a)", 4],
  ["LET f[n \\in 0..2] == IF n = 0 THEN x ELSE f[n - 1] + x IN f[2]' - f[2]", 12],
  ["Step(Both(x))", 8],
  ["LET F(p) == p + x IN F(x)' - F(1)", 8],
];

describeTlc("an operand is evaluated by need", (tools) => {
  let theory: Theory;
  const printed: string[] = [];
  beforeAll(async () => {
    const texts = [
      ...CASES.map(([text]) => text),
      "Both(Print(7, x))",
      "LET a == Print(8, 1) IN 2",
    ];
    const { modules } = await parseText(tools, asDefinitions(PREAMBLE, texts));
    theory = new Theory({ modules, print: (line) => printed.push(line) });
  });

  const inStep = (index: number) =>
    evaluate(definitionNamed(theory, `E${index}`).body, { theory, state: [1], next: [5] });

  it.each(CASES.map(([text, value], index) => ({ text, value, index })))(
    "in the state in which it is used: $text",
    ({ value, index }) => {
      expect(inStep(index)).toBe(value);
    },
  );

  it("once, and not at all where it is not used", () => {
    expect(inStep(CASES.length)).toBe(2);
    expect(inStep(CASES.length + 1)).toBe(2);
    expect(printed).toEqual(["7  1"]);
  });
});
