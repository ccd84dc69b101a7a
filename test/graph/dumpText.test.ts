/** verify/graph/dumpText.ts: the texts of a dot file are read as TLC's DotStateWriter writes them. */
import fc from "fast-check";
import { formatState, parseState, type TlaState } from "tla2tools-runner";
import { expect, test } from "vitest";
import { unescapeDot, variablesOf } from "../../verify/graph/dumpText.js";

const escaped = (text: string): string =>
  text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");

test("any text is read back", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("\\", '"', "\n", "n", "a", "/") }), (text) => {
      expect(unescapeDot(escaped(text))).toBe(text);
    }),
  );
});

test("a string with a line break and backslashes stays one value", () => {
  const state: TlaState = new Map([
    ["s", { type: "string", value: 'q"\\\n/\\ t = 1' }],
    ["u", { type: "int", value: 2 }],
  ]);
  const variables = variablesOf(escaped(formatState(state)));
  expect(variables.map(([name]) => name)).toEqual(["s", "u"]);
  const text = variables.map(([name, value]) => `/\\ ${name} = ${value}`).join("\n");
  expect(parseState(text)).toEqual(state);
});
