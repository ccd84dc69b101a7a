import { beforeAll, describe, expect, it } from "vitest";
import {
  evaluate,
  formatValue,
  parseValue,
  runTlc,
  specialise,
  Theory,
  toTlaValue,
  valueKey,
} from "../../src/index.js";
import { asDefinitions, definitionNamed, parseText } from "../support/evaluating.js";
import { describeTlc } from "../support/realTlc.js";
import { Sandbox } from "../support/sandbox.js";
import { EXPRESSIONS, PREAMBLE } from "./expressions.js";

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
    const box = new Sandbox();
    const printed = texts.map((_, index) => `ASSUME PrintT(<<"E", ${index}, E${index}>>)`);
    const body = `${asDefinitions(PREAMBLE, texts)}\n${printed.join("\n")}\nVARIABLE x\nInit == x = 0\nNext == x' = x`;
    const { output } = await runTlc({
      spec: box.model("Model", body),
      tools,
      env: box.environment(),
    });
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
