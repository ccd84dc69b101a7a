/** The Informal Trace Format: what is written, and that it is read again as what it was. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  canonicalValue,
  createItf,
  formatItf,
  type ItfTrace,
  loopOf,
  parseItf,
  parseValue,
  type TlaState,
  type TlaValue,
  ToolError,
} from "../src/index.js";
import { identifier, tlaValue } from "./support/arbitraries.js";
import { errorOf, int, write } from "./support/itf.js";

/** What a value is behind the file: model values are strings there, intervals are sets. */
function inItf(value: TlaValue): TlaValue {
  switch (value.type) {
    case "model":
      return { type: "string", value: value.name };
    case "set":
    case "tuple":
      return { type: value.type, elements: value.elements.map(inItf) };
    case "record":
      return { type: "record", fields: value.fields.map(([name, of]) => [name, inItf(of)]) };
    case "function":
      return { type: "function", entries: value.entries.map(([k, of]) => [inItf(k), inItf(of)]) };
    default:
      return value;
  }
}

const canonicalState = (state: TlaState) =>
  [...state].map(([name, value]) => [name, canonicalValue(inItf(value))]);

const names = fc.uniqueArray(fc.oneof(identifier, fc.constant("m::x")), {
  minLength: 1,
  maxLength: 3,
});
const meta = fc.dictionary(fc.string({ maxLength: 4 }), fc.jsonValue({ maxDepth: 1 }), {
  maxKeys: 2,
});
const valuesOf = (keys: readonly string[]): fc.Arbitrary<TlaState> =>
  fc.tuple(...keys.map((key) => fc.tuple(fc.constant(key), tlaValue))).map((all) => new Map(all));

const trace: fc.Arbitrary<ItfTrace> = names.chain((vars) =>
  fc.record({
    meta,
    params: fc.oneof(fc.constant(new Map()), valuesOf(["A_constant"])),
    states: fc.array(fc.record({ meta, values: valuesOf(vars) }), { minLength: 1, maxLength: 3 }),
    loop: fc.constantFrom(undefined, 0),
  }),
);

describe("writing and reading", () => {
  it("give the same trace, and the same bytes again", () => {
    fc.assert(
      fc.property(trace, (written) => {
        let bytes: string;
        try {
          bytes = formatItf(written);
        } catch (error) {
          // A model value beside the string of its name has no form of its own.
          if (error instanceof ToolError && error.code === "ITF_UNWRITABLE") return;
          throw error;
        }
        const back = parseItf(bytes, "t.itf.json");
        expect(back.loop).toBe(written.loop);
        expect(JSON.stringify(back.meta)).toBe(JSON.stringify(written.meta));
        expect(canonicalState(back.params)).toEqual(canonicalState(written.params));
        expect(back.states.map(({ values }) => canonicalState(values))).toEqual(
          written.states.map(({ values }) => canonicalState(values)),
        );
        expect(JSON.stringify(back.states.map((state) => state.meta))).toBe(
          JSON.stringify(written.states.map((state) => state.meta)),
        );
        expect(formatItf(back)).toBe(bytes);
      }),
    );
  });

  it.each([
    ["{3, 1, 2, 1}", "1..3"],
    ["{<<1>>, (1 :> 1)}", "{(1 :> 1), <<1>>}"],
    ['{[b |-> 1, a |-> 2], {"y", "x"}}', '{{"x", "y"}, [a |-> 2, b |-> 1]}'],
    ["(2 :> 1 @@ {4, 3} :> 5)", "({3, 4} :> 5 @@ 2 :> 1 @@ 2 :> 7)"],
  ])("%s and %s give the same bytes", (one, other) => {
    expect(write(parseValue(one))).toBe(write(parseValue(other)));
  });

  it("write every integer as Apalache's ADR 015 demands, and a line for each variable", () => {
    const states = [
      new Map([
        ["n", int(1)],
        ["s", parseValue('[f |-> <<TRUE, "a">>, g |-> (0 :> {mv})]')],
      ]),
    ];
    const params = new Map([["N", int(2)]]);
    expect(formatItf(createItf(states, { meta: { format: "ITF" }, params, loop: 0 }))).toBe(`{
 "#meta": {"format":"ITF"},
 "params": ["N"],
 "vars": ["n","s"],
 "loop": 0,
 "states": [
  {
   "#meta": {"index":0},
   "N": {"#bigint": "2"},
   "n": {"#bigint": "1"},
   "s": {"f": [true, "a"], "g": {"#map": [[{"#bigint": "0"}, {"#set": ["mv"]}]]}}
  }
 ]
}
`);
  });

  it("a record with a name that could be a form is a function", () => {
    const value: TlaValue = { type: "record", fields: [["#tup", int(1)]] };
    expect(write(value)).toContain('{"#map": [["#tup", {"#bigint": "1"}]]}');
  });

  it("a field named __proto__ is a field", () => {
    const value: TlaValue = { type: "record", fields: [["__proto__", int(1)]] };
    expect(parseItf(write(value), "t.itf.json").states[0]?.values.get("x")).toEqual(value);
  });

  const one = (name: string): TlaState => new Map([[name, int(1)]]);
  it.each<[string, ItfTrace, RegExp]>([
    ["without states", createItf([]), /no state/],
    ["without variables", createItf([new Map()]), /no variables/],
    ["whose states have other variables", createItf([one("x"), one("y")]), /state with y/],
    [
      "with a variable more",
      createItf([one("x"), new Map([...one("x"), ...one("y")])]),
      /with x, y/,
    ],
    ["whose loop is behind its end", createItf([one("x")], { loop: 1 }), /begins at 1/],
    ["whose loop is no index", createItf([one("x")], { loop: -1 }), /begins at -1/],
    ["with a constant that varies", createItf([one("x")], { params: one("x") }), /and a parameter/],
    ["with a name that is a form", createItf([one("#set")]), /the name #set/],
    ["with a constant of that name", createItf([one("x")], { params: one("#a") }), /the name #a/],
    [
      "with a model value beside its name",
      createItf([new Map([["x", parseValue('{<<mv>>, <<"mv">>}')]])]),
      /<<mv>> and <<"mv">>|<<"mv">> and <<mv>>/,
    ],
    [
      "with both as keys",
      createItf([new Map([["x", parseValue('(mv :> 1 @@ "mv" :> 1)')]])]),
      /mv/,
    ],
  ])("a trace %s cannot be written", (_, given, found) => {
    const error = errorOf(() => formatItf(given));
    expect(error.code).toBe("ITF_UNWRITABLE");
    expect(error.found).toMatch(found);
  });
});

it("the loop of a counterexample of TLC is an index from 0", () => {
  const location = undefined;
  expect(loopOf(undefined)).toBeUndefined();
  expect(loopOf({ kind: "stuttering", after: 3 })).toBe(2);
  expect(loopOf({ kind: "back-to", index: 1, action: "Next", location })).toBe(0);
});
