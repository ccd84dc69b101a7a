/** The Informal Trace Format: what is read, what is refused and where, and that both ways agree. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  canonicalValue,
  createItf,
  formatItf,
  formatValue,
  type ItfTrace,
  loopOf,
  parseItf,
  parseValue,
  type TlaState,
  type TlaValue,
  ToolError,
} from "../src/index.js";
import { identifier, tlaValue } from "./support/arbitraries.js";

function errorOf(read: () => unknown): ToolError {
  try {
    read();
  } catch (error) {
    if (error instanceof ToolError) return error;
    throw error;
  }
  throw new Error("no error was thrown");
}

/** The value of x in a trace of one state. */
function read(json: string): TlaValue | undefined {
  const trace = parseItf(`{"vars": ["x"], "states": [{"x": ${json}}]}`, "t.itf.json");
  return trace.states[0]?.values.get("x");
}

/** A text without its mark, and where the mark was, as line:column. */
function unmarked(marked: string): [json: string, where: string] {
  const [before = ""] = marked.split("¦");
  const line = before.split("\n").length;
  return [marked.replace("¦", ""), `${line}:${before.length - before.lastIndexOf("\n")}`];
}

const write = (value: TlaValue): string => formatItf(createItf([new Map([["x", value]])]));
const int = (value: number | bigint): TlaValue => ({ type: "int", value });
const text = (of: string): TlaValue => ({ type: "text", text: of });

describe("a value", () => {
  it.each<[string, string, string]>([
    ["a Boolean", "true", "TRUE"],
    ["a string", '"a\\"b\\u00e9\\n"', '"a\\"bé\\n"'],
    ["an uninterpreted value of Apalache", '"c1_OF_PERSON"', '"c1_OF_PERSON"'],
    ["a bigint", '{"#bigint": "-7"}', "-7"],
    ["an integer of older versions of Apalache", "-7", "-7"],
    ["a list", '[1, {"#bigint": "2"}, []]', "<<1, 2, <<>>>>"],
    ["a tuple", '{"#tup": [1, {"#tup": []}]}', "<<1, <<>>>>"],
    ["a set", '{"#set": [1, {"#set": []}]}', "{1, {}}"],
    ["a map", '{"#map": [[1, "a"], [{"#set": [2]}, {"#map": []}]]}', '(1 :> "a" @@ {2} :> << >>)'],
    ["sets of maps", '{"#set": [{"#map": [[1, 2]]}, {"#map": [[1, 3]]}]}', "{(1 :> 2), (1 :> 3)}"],
    ["a record", '{"a": 1, "b_2": {}}', "[a |-> 1, b_2 |-> []]"],
    ["a record of any names", '{"a b": 1, "": 2}', '("a b" :> 1 @@ "" :> 2)'],
    [
      "a variant",
      '{"tag": "UNIT", "value": "U_OF_UNIT"}',
      '[tag |-> "UNIT", value |-> "U_OF_UNIT"]',
    ],
    ["the unit of Apalache", '{"tag": "UNIT"}', '[tag |-> "UNIT"]'],
  ])("of Apalache's ADR 015: %s", (_, json, expected) => {
    const value = read(json);
    expect(value && formatValue(value)).toBe(expected);
  });

  it.each<[string, string, TlaValue]>([
    ["2^53 - 1", '{"#bigint": "9007199254740991"}', int(9007199254740991)],
    ["2^53 + 1", '{"#bigint": "9007199254740993"}', int(9007199254740993n)],
    ["2^53 + 1 without #bigint", "9007199254740993", int(9007199254740993n)],
    ["10^30 + 1", `{"#bigint": "1${"0".repeat(29)}1"}`, int(10n ** 30n + 1n)],
    ["-10^30 without #bigint", `-1${"0".repeat(30)}`, int(-(10n ** 30n))],
    ["minus zero", '{"#bigint": "-0"}', int(0)],
    ["leading zeros", '{"#bigint": "0000000000000000000000007"}', int(7)],
  ])("%s is exact, and read again as it was written", (_, json, expected) => {
    const value = read(json);
    expect(value).toEqual(expected);
    const again = value && parseItf(write(value), "t.itf.json").states[0]?.values.get("x");
    expect(again).toEqual(expected);
  });

  it("a string may hold any number of brackets behind a quote", () => {
    const value = `"${"[".repeat(3000)}`;
    expect(read(JSON.stringify(value))).toEqual({ type: "string", value });
  });

  it("a JavaScript number beyond 2^53 is written with all its digits", () => {
    expect(write(int(2 ** 100))).toContain(`{"#bigint": "${2n ** 100n}"}`);
    expect(formatValue(int(2 ** 100))).toBe(`${2n ** 100n}`);
  });

  it.each([
    ["of Apalache's ADR 015", "Int", text("Int")],
    ["that TLC prints", "SUBSET 1..9", text("SUBSET (1..9)")],
    ["that nothing else reads", "a\n  | b", text("a | b")],
    ["of an integer, which is no integer", "5", text("5")],
  ])("what cannot be serialized is its text: one %s", (_, given, expected) => {
    expect(read(JSON.stringify({ "#unserializable": given }))).toEqual(expected);
  });

  it("an interval too long to be listed is written as its text, and read as an interval", () => {
    const long: TlaValue = { type: "interval", low: -1, high: 2 ** 31 };
    expect(write(long)).toContain('{"#unserializable": "-1..2147483648"}');
    expect(read('{"#unserializable": "-1..2147483648"}')).toEqual(long);
    expect(write({ type: "interval", low: 2, high: 1 })).toContain('"x": {"#set": []}');
    expect(write({ type: "interval", low: 1, high: 65_536 })).toContain("#set");
    expect(write({ type: "interval", low: 0, high: 65_536 })).toContain("#unserializable");
  });
});

describe("a value that is refused, with its line and column", () => {
  it.each([
    ["a member twice", '{"#set": [1,\n ¦{"#bigint": "1"}]}', /each member once/],
    ["equal members of two kinds", '{"#set": [[1], ¦{"#map": [[1, 1]]}]}', /each member/],
    ["a key twice", '{"#map": [[1, 2],\n[¦1, 2]]}', /each key once/],
    ["a field twice", '{"a": 1,\n ¦"a": 1}', /each field once/],
    ["a fraction", "¦1.5", /an integer/],
    ["a power", "¦1e3", /an integer/],
    ["no digits", '{"#bigint": ¦"1e3"}', /an integer/],
    ["a sign alone", '{"#bigint": ¦"-"}', /an integer/],
    ["digits of another alphabet", '{"#bigint": ¦"١"}', /an integer/],
    ["a number as #bigint", '{"#bigint": ¦1}', /string of digits/],
    ["null", "¦null", /a value/],
    ["a form that is not known", '{¦"#list": []}', /#bigint, #tup/],
    ["a form with something beside it", '¦{"#set": [], "a": 1}', /nothing beside/],
    ["two forms", '¦{"#set": [], "#tup": []}', /nothing beside/],
    ["a set that is no list", '{"#set": ¦{}}', /members/],
    ["a tuple that is no list", '{"#tup": ¦1}', /a list/],
    ["a map of no pairs", '{"#map": [¦1]}', /\[key, value\]/],
    ["a pair of one", '{"#map": [¦[1]]}', /\[key, value\]/],
    ["a pair of three", '{"#map": [¦[1, 2, 3]]}', /\[key, value\]/],
    ["no text", '{"#unserializable": ¦1}', /the text/],
    ["500 values inside each other", `${"[".repeat(500)}¦1${"]".repeat(500)}`, /at most 500/],
  ])("%s", (_, marked, expected) => {
    const [json, where] = unmarked(`{"vars": ["x"], "states": [{"x": ${marked}}]}`);
    const error = errorOf(() => parseItf(json, "t.itf.json"));
    expect(error).toMatchObject({ code: "ITF_MALFORMED", where: `t.itf.json:${where}` });
    expect(error.expected).toMatch(expected);
  });

  it("says where in the trace, and where the first of two is", () => {
    const error = errorOf(() => read('{"a": {"#set": [1, 1]}}'));
    expect(error.what).toMatch(/states\[0\]\.x\.a\.#set\[1\]$/);
    expect(error.found).toBe("1, as 1:50");
  });
});

describe("a trace", () => {
  it("keeps #meta, params, loop, and the order of the variables", () => {
    const trace = parseItf(
      `\uFEFF{"#meta": {"description": "Created by Apalache", "__proto__": 1}, "params": ["N"],
        "vars": ["y", "x"], "loop": 1,
        "states": [{"#meta": {"index": 0}, "N": 3, "x": 1, "y": 2}, {"y": 4, "x": 3, "N": 3}]}`,
      "t.itf.json",
    );
    expect(Object.keys(trace.meta)).toEqual(["description", "__proto__"]);
    expect(trace.params).toEqual(new Map([["N", int(3)]]));
    expect(trace.loop).toBe(1);
    expect(trace.states.map(({ meta }) => meta)).toEqual([{ index: 0 }, {}]);
    expect(trace.states.map(({ values }) => [...values])).toEqual([
      [
        ["y", int(2)],
        ["x", int(1)],
      ],
      [
        ["y", int(4)],
        ["x", int(3)],
      ],
    ]);
  });

  it("reads a list of variables with names twice, as Quint writes it", () => {
    const trace = parseItf(
      '{"vars": ["x", "m::a", "m::a"], "states": [{"x": 1, "m::a": "init"}]}',
      "t.itf.json",
    );
    expect([...(trace.states[0]?.values.keys() ?? [])]).toEqual(["x", "m::a"]);
  });

  it("reads null for what is not there, as itf-py writes it", () => {
    const trace = parseItf(
      '{"#meta": {}, "params": [], "vars": ["x"], "loop": null, "states": [{"#meta": {}, "x": 1}]}',
      "t.itf.json",
    );
    expect(trace).toMatchObject({ meta: {}, params: new Map(), loop: undefined });
  });

  const X = '"vars": ["x"]';
  it.each([
    ["no JSON", "{¦", /JSON/],
    ["nothing", "¦", /JSON/],
    ["a comment", `{${X}, ¦/* */ "states": [{"x": 1}]}`, /JSON/],
    ["a comma too many", `{${X}, "states": [{"x": 1},¦]}`, /JSON/],
    ["text behind it", `{${X}, "states": [{"x": 1}]} ¦1`, /JSON/],
    ["no object", "¦[]", /vars/],
    ["no vars", '¦{"states": []}', /a value of vars/],
    ["no states", `¦{${X}}`, /a value of states/],
    ["vars without any", '¦{"vars": [], "states": [{}]}', /at least one name/],
    ["states without any", `{${X}, "states": ¦[]}`, /at least one state/],
    ["a name that is no string", '{"vars": [¦1], "states": [{}]}', /a name/],
    ["a name with #", '{"vars": [¦"#x"], "states": [{}]}', /does not begin with #/],
    ["a state that is none", `{${X}, "states": [¦1]}`, /a state/],
    ["a field that is not known", `{${X}, ¦"lop": 0, "states": [{"x": 1}]}`, /vars/],
    ["vars twice", `{${X}, ¦${X}, "states": [{"x": 1}]}`, /each field once/],
    ["a state without a variable", `{${X}, "states": [{"x": 1},\n¦{}]}`, /a value of x/],
    ["a state with one more", `{${X}, "states": [{"x": 1,\n ¦"y": 2}]}`, /no variable but x/],
    ["a variable twice", `{${X}, "states": [{"x": 1, ¦"x": 1}]}`, /each field once/],
    ["no value of a constant", `{"params": ["N"], ${X}, "states": [¦{"x": 1}]}`, /of N/],
    [
      "a constant that changes",
      `{"params": ["N"], ${X}, "states": [{"x": 1, "N": 2},\n{"x": 1, "N": ¦3}]}`,
      /2, since N/,
    ],
    ["a constant that is a variable", `¦{"params": ["x"], ${X}, "states": []}`, /not in both/],
    ["a loop behind the end", `{${X}, "loop": ¦1, "states": [{"x": 1}]}`, /0 to 0/],
    ["a loop before the start", `{${X}, "loop": ¦-1, "states": [{"x": 1}]}`, /0 to 0/],
    ["a loop that is no index", `{${X}, "loop": ¦0.5, "states": [{"x": 1}]}`, /0 to 0/],
    ["a loop that is a string", `{${X}, "loop": ¦"0", "states": [{"x": 1}]}`, /0 to 0/],
    ["#meta that is no object", `{"#meta": ¦1, ${X}, "states": [{"x": 1}]}`, /an object/],
    ["lists without end", `${"[".repeat(2000)}¦${"[".repeat(98_000)}`, /at most 2000/],
  ])("is refused with %s", (_, marked, expected) => {
    const [json, where] = unmarked(marked);
    const error = errorOf(() => parseItf(json, "t.itf.json"));
    expect(error).toMatchObject({ code: "ITF_MALFORMED", where: `t.itf.json:${where}` });
    expect(error.expected).toMatch(expected);
    expect(error.hint).toBeTruthy();
  });

  it("that JSON.parse refuses is refused, and the other way round", () => {
    const json = fc.oneof(
      fc.json({ maxDepth: 3 }),
      fc
        .tuple(
          fc.json({ maxDepth: 2 }),
          fc.nat(),
          fc.constantFrom("", "0", ",", '"', "]", "\\", "/"),
        )
        .map(([of, at, by]) => of.slice(0, at % of.length) + by + of.slice((at % of.length) + 1)),
    );
    const isJson = (of: string) => {
      try {
        JSON.parse(of);
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(json, (of) => {
        const error = errorOf(() => parseItf(of, "t.itf.json"));
        expect(error.expected === "JSON").toBe(!isJson(of));
      }),
    );
  });
});

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
