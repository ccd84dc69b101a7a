import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  canonicalValue,
  formatState,
  formatValue,
  parseState,
  parseValue,
  statesEqual,
  type TlaValue,
  ToolError,
  valueKey,
  valuesEqual,
} from "../src/index.js";
import { tlaState, tlaValue } from "./support/arbitraries.js";

const int = (value: number): TlaValue => ({ type: "int", value });

function errorOf(read: () => unknown): ToolError {
  try {
    read();
  } catch (error) {
    if (error instanceof ToolError) return error;
    throw error;
  }
  throw new Error("no error was thrown");
}

describe("parseValue and formatValue", () => {
  it("are inverse: a printed value reads back as the same data", () => {
    fc.assert(
      fc.property(tlaValue, (value) => {
        expect(parseValue(formatValue(value))).toEqual(value);
      }),
    );
  });

  it("are inverse the other way: what was read prints as the same text", () => {
    fc.assert(
      fc.property(tlaValue, (value) => {
        const text = formatValue(value);
        expect(formatValue(parseValue(text))).toBe(text);
      }),
    );
  });

  it("do not depend on the white space between tokens, where TLC breaks long lines", () => {
    const tokens = [
      "(",
      "1",
      ":>",
      "[",
      "a",
      "|->",
      "{",
      "}",
      "]",
      "@@",
      '"s"',
      ":>",
      "<<",
      "-1",
      "..",
      "2",
      ",",
      "mv",
      ">>",
      ")",
    ];
    const space = fc.stringMatching(/^[ \n\r\t]{1,3}$/);
    const texts = fc
      .array(space, { minLength: tokens.length, maxLength: tokens.length })
      .map((spaces) => tokens.map((token, index) => `${token}${spaces[index]}`).join(""));
    fc.assert(
      fc.property(texts, (text) => {
        expect(formatValue(parseValue(text))).toBe('(1 :> [a |-> {}] @@ "s" :> <<-1..2, mv>>)');
      }),
    );
  });

  it.each<[string, TlaValue]>([
    ["-7", int(-7)],
    ["-0", int(0)],
    ["9007199254740993", { type: "int", value: 9007199254740993n }],
    ['"q\\"\\\\\\n\\t\\r\\f"', { type: "string", value: 'q"\\\n\t\r\f' }],
    ['"(* no comment *) /\\\\ x = 1"', { type: "string", value: "(* no comment *) /\\ x = 1" }],
    ["TRUE", { type: "boolean", value: true }],
    ["1st_model_value", { type: "model", name: "1st_model_value" }],
    ["-2..3", { type: "interval", low: -2, high: 3 }],
    ["<< >>", { type: "tuple", elements: [] }],
    ["{}", { type: "set", elements: [] }],
    ["[]", { type: "record", fields: [] }],
    ["((1))", int(1)],
    ["1 :> 2", { type: "function", entries: [[int(1), int(2)]] }],
    [
      "(1 :> (2 :> 3))",
      {
        type: "function",
        entries: [[int(1), { type: "function", entries: [[int(2), int(3)]] }]],
      },
    ],
  ])("reads %s", (text, value) => {
    expect(parseValue(text)).toEqual(value);
  });

  it("print an empty interval and an empty function as TLC does", () => {
    expect(formatValue({ type: "interval", low: 2, high: 1 })).toBe("{}");
    expect(formatValue({ type: "function", entries: [] })).toBe("<< >>");
  });

  it.each([
    ["", "1:1", "a value"],
    ["{1, 2", "1:6", "`}`"],
    ["<<1,\n 2>", "2:3", "`>>`"],
    ["[a |-> 1, {} |-> 3]", "1:10", "an identifier and `|->`"],
    ["[a |-> 1, b]", "1:10", "an identifier and `|->`"],
    ["[a b]", "1:4", "`|->`, `->`, `:` or `\\in`"],
    ["[a: {1}, 2: {3}]", "1:10", "an identifier"],
    ["[x \\in Nat |-> x]", "1:16", "`<<`"],
    ["{x \\in Nat}", "1:11", "`:`"],
    ["(1 :> 2 @@ 3)", "1:13", "`:>`"],
    ['"open', "1:6", 'a closing `"`'],
    ['"\\x"', "1:2", 'one of the escapes \\" \\\\ \\n \\t \\r \\f'],
    ["1..", "1:4", "an integer"],
    ["-a", "1:1", "an integer"],
    ["1 2", "1:3", "the end of the value"],
    ["SUBSET", "1:7", "a value"],
    ["[{1} -> {2}", "1:12", "`]`"],
    ["<Operator F", "1:1", "`<<`"],
    ["<1>", "1:1", "`<<`"],
    ["{1} \\union {2}", "1:5", "the end of the value"],
  ])("refuse %j with TLA_VALUE_SYNTAX at %s", (text, where, expected) => {
    expect(errorOf(() => parseValue(text))).toMatchObject({
      code: "TLA_VALUE_SYNTAX",
      where,
      expected,
    });
  });

  it.each(["<<", "(", "SUBSET ", "Seq(", "[a |-> "])("refuse %j nested 100,000 times", (open) => {
    const error = errorOf(() => parseValue(open.repeat(100_000)));
    expect(error.code).toBe("TLA_VALUE_SYNTAX");
    expect(error.expected).toBe("at most 500 nested values");
  });
});

describe("canonicalValue and valuesEqual", () => {
  const equal: [string, string][] = [
    ["1..3", "{3, 1, 2, 1}"],

    ["<<4, 5>>", "(2 :> 5 @@ 1 :> 4)"],
    ["<<>>", "[]"],
    ["[a |-> 1, b |-> 2]", '("b" :> 2 @@ "a" :> 1)'],
    ["(1 :> 2)", "(1 :> 2 @@ 1 :> 3)"],
    ["{{1, 2}, 1..2}", "{{2, 1}}"],
    ["{<<1>>, (1 :> 1)}", "{<<1>>}"],
  ];
  it.each(equal)("%s equals %s", (a, b) => {
    expect(valuesEqual(parseValue(a), parseValue(b))).toBe(true);
    expect(canonicalValue(parseValue(a))).toEqual(canonicalValue(parseValue(b)));
    expect(valueKey(parseValue(a))).toBe(valueKey(parseValue(b)));
  });

  it.each([
    ['"a"', "a"],
    ["1", '"1"'],
    ["<<1>>", "{1}"],
    ["(0 :> 4)", "<<4>>"],
    ["[a |-> 1]", "[a |-> 2]"],
    ["{}", "<<>>"],
    ['("a b" :> 1)', "[ab |-> 1]"],
    ["{1, 2}", "{1, 3}"],
    ["{{}}", "{}"],
  ])("%s differs from %s", (a, b) => {
    expect(valuesEqual(parseValue(a), parseValue(b))).toBe(false);
    expect(valueKey(parseValue(a))).not.toBe(valueKey(parseValue(b)));
  });

  it("knows large intervals without enumerating them", () => {
    const large = { type: "interval", low: 0, high: 2 ** 31 } as const;
    expect(canonicalValue(large)).toEqual(large);
    const elements = Array.from({ length: 70_000 }, (_, index) => int(index));
    const interval: TlaValue = { type: "interval", low: 0, high: 69_999 };
    expect(valuesEqual({ type: "set", elements }, interval)).toBe(true);
  });

  it("is idempotent, and equality is equality of keys", () => {
    fc.assert(
      fc.property(tlaValue, tlaValue, (a, b) => {
        expect(canonicalValue(canonicalValue(a))).toEqual(canonicalValue(a));
        expect(valuesEqual(a, canonicalValue(a))).toBe(true);
        expect(valuesEqual(a, b)).toBe(valueKey(a) === valueKey(b));
        expect(valuesEqual(a, b)).toBe(valuesEqual(b, a));
      }),
    );
  });

  it("does not see the order of elements, fields and entries", () => {
    const shuffled = fc
      .uniqueArray(tlaValue, { comparator: valuesEqual, maxLength: 5 })
      .chain((keys) =>
        fc.tuple(fc.constant(keys), fc.shuffledSubarray(keys, { minLength: keys.length })),
      );
    fc.assert(
      fc.property(shuffled, ([keys, other]) => {
        const entries = (of: TlaValue[]) => of.map((key) => [key, key] as const);
        expect(valuesEqual({ type: "set", elements: keys }, { type: "set", elements: other })).toBe(
          true,
        );
        expect(
          valuesEqual(
            { type: "function", entries: entries(keys) },
            { type: "function", entries: entries(other) },
          ),
        ).toBe(true);
      }),
    );
  });
});

describe("parseState and formatState", () => {
  it("are inverse", () => {
    fc.assert(
      fc.property(tlaState, (state) => {
        const read = parseState(formatState(state));
        expect([...read]).toEqual([...state]);
        expect(statesEqual(read, state)).toBe(true);
      }),
    );
  });

  it("reads a state whose values go over several lines", () => {
    const state = parseState("/\\ f = ( 1 :> <<\n  2 >> @@\n  3 :> 4 )\n/\\ x = 1\n");
    expect([...state.keys()]).toEqual(["f", "x"]);
    expect(state.get("x")).toEqual(int(1));
  });

  it("reads a state of one variable, which has no conjunction sign", () => {
    expect([...parseState("x = {1}\n")]).toEqual([["x", { type: "set", elements: [int(1)] }]]);
  });

  it("reads a variable without a value as the model value null", () => {
    expect(parseState("/\\ x = 1\n/\\ y = null").get("y")).toEqual({ type: "model", name: "null" });
  });

  it.each([
    ["", "1:1"],
    ["/\\ x 1", "1:6"],
    ["/\\ x = 1\n/\\ x = 2", "2:5"],
    ["/\\ x =", "1:7"],
    ["1 = x", "1:1"],
    ["/\\ x =\n/\\ y = 1", "2:1"],
    ["/\\ 1\n/\\ x = 2", "1:4"],
  ])("refuses %j with TLA_STATE_SYNTAX at %s", (text, where) => {
    expect(errorOf(() => parseState(text))).toMatchObject({ code: "TLA_STATE_SYNTAX", where });
  });

  it("statesEqual compares values by meaning and sees a missing variable", () => {
    const state = parseState("/\\ x = 1..2\n/\\ y = 0");
    expect(statesEqual(state, parseState("/\\ y = 0\n/\\ x = {2, 1}"))).toBe(true);
    expect(statesEqual(state, parseState("/\\ x = 1..2\n/\\ z = 0"))).toBe(false);
    expect(statesEqual(state, parseState("x = 1..2"))).toBe(false);
  });
});
