/** ITF: what is written is read back, for every value that TLC prints. */
import fc from "fast-check";
import { type TlaValue, valuesEqual } from "tla2tools-runner";
import { expect, it } from "vitest";
import { formatItf, parseItf } from "../../verify/trace/itf.js";

const name = fc.stringMatching(/^[a-z][a-zA-Z]{0,6}$/);

const { value } = fc.letrec<{ value: TlaValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.record({ type: fc.constant("int" as const), value: fc.integer() }),
    fc.record({ type: fc.constant("string" as const), value: fc.string() }),
    fc.record({ type: fc.constant("boolean" as const), value: fc.boolean() }),
    fc.record({ type: fc.constant("tuple" as const), elements: fc.array(tie("value")) }),
    fc.record({ type: fc.constant("set" as const), elements: fc.array(tie("value")) }),
    fc.record({
      type: fc.constant("record" as const),
      fields: fc.uniqueArray(fc.tuple(name, tie("value")), {
        selector: ([key]) => key,
        minLength: 1,
      }),
    }),
    fc.record({
      type: fc.constant("interval" as const),
      low: fc.integer({ min: -5, max: 5 }),
      high: fc.integer({ min: -5, max: 9 }),
    }),
  ),
}));

it("a trace that is written is read back", () => {
  const state = fc.dictionary(name, value, { minKeys: 1, maxKeys: 3 });
  fc.assert(
    fc.property(state, fc.option(name, { nil: undefined }), (first, model) => {
      const states = [new Map(Object.entries(first))];
      const read = parseItf("trace.json", formatItf({ model, states }));
      expect(read.model).toBe(model);
      for (const [variable, of] of states[0]) {
        const back = read.states[0].get(variable);
        expect(back !== undefined && valuesEqual(back, of)).toBe(true);
      }
    }),
  );
});

it("reads what Apalache writes: bigint, tup, set, map", () => {
  const text = JSON.stringify({
    vars: ["f"],
    states: [{ f: { "#map": [[{ "#bigint": "1" }, { "#tup": [1, { "#set": ["a"] }] }]] } }],
  });
  const [state] = parseItf("trace.json", text).states;
  expect(state.get("f")).toMatchObject({
    type: "function",
    entries: [[{ value: 1 }, { type: "tuple" }]],
  });
});
