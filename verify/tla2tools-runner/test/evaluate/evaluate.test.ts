import { beforeAll, describe, expect, it } from "vitest";
import {
  evaluate,
  formatValue,
  parseValue,
  specialise,
  Theory,
  toTlaValue,
  valueKey,
} from "../../src/index.js";
import { readRecorded } from "../logs/recorded.js";
import { asDefinitions, definitionNamed, parseText } from "../support/evaluating.js";
import { describeTlc } from "../support/realTlc.js";
import { EXPRESSIONS, PREAMBLE } from "./expressions.js";
import { PRINTED } from "./printed.js";

const texts = EXPRESSIONS.map(([text]) => text);
const keyOf = (text: string) => valueKey(parseValue(text));

describeTlc("evaluate", (tools) => {
  let theory: Theory;
  beforeAll(async () => {
    theory = new Theory(await parseText(tools, asDefinitions(PREAMBLE, texts)));
  });

  const bodyOf = (index: number) => definitionNamed(theory, `E${index}`).body;

  describe.each(EXPRESSIONS.map(([text, value], index) => ({ text, value, index })))(
    "$text",
    ({ value, index }) => {
      it(`is ${value}`, () => {
        const found = evaluate(bodyOf(index), { theory });
        expect(valueKey(toTlaValue(found))).toBe(keyOf(value));
      });

      it("is that when specialised, too", () => {
        const found = evaluate(specialise(bodyOf(index), { theory }), { theory });
        expect(valueKey(toTlaValue(found))).toBe(keyOf(value));
      });
    },
  );

  it("says of every expression what TLC says", async () => {
    const { output } = await readRecorded(PRINTED);
    const found = new Map<number, string>();
    for (const value of printedTuples(output)) found.set(value.index, value.text);
    const own = texts.map((_, index) =>
      formatValue(toTlaValue(evaluate(bodyOf(index), { theory }))),
    );
    const theirs = texts.map((_, index) => found.get(index) ?? "nothing");
    expect(own.map(keyOf)).toEqual(theirs.map(keyOf));
  });
});

/** The values that TLC prints as `<<"E", index, value>>`, over one line or more. */
function printedTuples(output: readonly string[]): readonly { index: number; text: string }[] {
  const found: { index: number; text: string }[] = [];
  for (const chunk of output.join("\n").split(/^(?=<< ?"E", )/m)) {
    const whole = /^<< ?"E", (\d+), ([\s\S]*?) ?>>\s*(?:"shown"[^\n]*)?$/.exec(chunk.trimEnd());
    if (whole !== null) found.push({ index: Number(whole[1]), text: whole[2] });
  }
  return found;
}
