/** The Informal Trace Format: what is read, and what is refused and where. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatValue, parseItf, type TlaValue } from "../src/index.js";
import { errorOf, int, write } from "./support/itf.js";

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
