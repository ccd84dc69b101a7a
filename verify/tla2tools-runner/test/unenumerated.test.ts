/** What TLC prints of values that it does not enumerate: its text, and nothing else is lost. */
import { describe, expect, it } from "vitest";
import { fromTlaValue } from "../src/evaluate/values/tlaValues.js";
import {
  formatState,
  formatValue,
  parseState,
  parseValue,
  runTlc,
  ValueTable,
  valuesEqual,
} from "../src/index.js";
import { readState } from "../src/tlc/readState.js";
import { fakeTools, message } from "./support/fakeTlc.js";
import { describeTlc } from "./support/realTlc.js";
import { Sandbox } from "./support/sandbox.js";

const text = (of: string) => ({ type: "text", text: of });

describe("a value that TLC does not enumerate is its text", () => {
  it.each([
    ["TLC 2.18's SUBSET of an interval", "SUBSET 1..12", "SUBSET (1..12)"],
    ["that of newer versions", "SUBSET (1..12)", "SUBSET (1..12)"],
    ["a SUBSET broken by the pretty-printer", "SUBSET { 1,\n  2 } ", "SUBSET {1, 2}"],
    ["SUBSET, which binds closer", "SUBSET 1..2 \\cup {}", "SUBSET (1..2) \\cup {}"],
    ["SUBSET twice", "SUBSET SUBSET {1, 2}", "SUBSET SUBSET {1, 2}"],
    ["a set of functions", "[1..7 -> {1, 2, 3}]", "[1..7 -> {1, 2, 3}]"],
    ["one on identifiers", "[a -> b]", "[a -> b]"],
    ["a set of records", "[x: 1..4, ww: {mv_1, Foo}]", "[x: 1..4, ww: {mv_1, Foo}]"],
    ["a product", "(1..5 \\X 2..7 \\X {1})", "(1..5 \\X 2..7 \\X {1})"],
    [
      "unions and differences",
      "1..3 \\cup Nat \\ {1} \\cap Int",
      "1..3 \\cup Nat \\ {1} \\cap Int",
    ],
    ["UNION", "UNION({Nat, Int})", "UNION({Nat, Int})"],
    ["Seq", "Seq({1, 2})", "Seq({1, 2})"],
    ["Nat", "Nat", "Nat"],
    ["Int", "Int", "Int"],
    ["STRING", "STRING", "STRING"],
    ["any value at all", "ANY", "ANY"],
    ["no value", "UNDEF", "UNDEF"],
    [
      "a function on Nat",
      "[v \\in Nat |-> <expression line 6, col 34 to line 6, col 38 of module Fun>]",
      "[v \\in Nat |-> <expression line 6, col 34 to line 6, col 38 of module Fun>]",
    ],
    [
      "one of several variables",
      "[v \\in Nat, <<x, y>> \\in (Nat \\X Int) |-> <expression line 6, col 1 of M>]",
      "[v \\in Nat, <<x, y>> \\in (Nat \\X Int) |-> <expression line 6, col 1 of M>]",
    ],
    [
      "a filter",
      "{x \\in SUBSET 1..9 : <expression line 4, col 1 to line 4, col 9 of module M> }",
      "{x \\in SUBSET (1..9) : <expression line 4, col 1 to line 4, col 9 of module M> }",
    ],
    [
      "a filter of tuples",
      "{a, b \\in Nat : <expression line 4,\n  col 1 of M> }",
      "{a, b \\in Nat : <expression line 4, col 1 of M> }",
    ],
    ["an operator", "<Operator F>", "<Operator F>"],
    ["a lazy value", "<LAZY line 1, col 2 of module M>", "<LAZY line 1, col 2 of module M>"],
    ["a Java method", "<Java Method: Value M.f(Value)>", "<Java Method: Value M.f(Value)>"],
  ])("%s", (_, printed, expected) => {
    const value = parseValue(printed);
    expect(value).toEqual(text(expected));
    expect(parseValue(formatValue(value))).toEqual(value);
  });

  it("wherever it stands: the values around it stay what they are", () => {
    const printed = '[s |-> SUBSET 1..8, t |-> {<<1, [1..9 -> Nat]>>, ("a" :> Nat @@ "b" :> 2)}]';
    expect(parseValue(printed)).toEqual({
      type: "record",
      fields: [
        ["s", text("SUBSET (1..8)")],
        [
          "t",
          {
            type: "set",
            elements: [
              { type: "tuple", elements: [{ type: "int", value: 1 }, text("[1..9 -> Nat]")] },
              {
                type: "function",
                entries: [
                  [{ type: "string", value: "a" }, text("Nat")],
                  [
                    { type: "string", value: "b" },
                    { type: "int", value: 2 },
                  ],
                ],
              },
            ],
          },
        ],
      ],
    });
  });

  it("is equal to the same text alone, and to no model value or string of that text", () => {
    expect(valuesEqual(parseValue("SUBSET 1..8"), parseValue("SUBSET (1..8)"))).toBe(true);
    expect(valuesEqual(parseValue("SUBSET 1..8"), parseValue("SUBSET 1..9"))).toBe(false);
    expect(valuesEqual(parseValue("Nat"), { type: "model", name: "Nat" })).toBe(false);
    expect(valuesEqual(parseValue("Nat"), { type: "string", value: "Nat" })).toBe(false);
  });

  it("is nothing that the evaluator can go on with", () => {
    const fail = (what: string): never => {
      throw new Error(what);
    };
    const table = new ValueTable();
    expect(() => fromTlaValue(parseValue("Nat"), table, fail)).toThrow(/only the text Nat/);
  });

  it("an interval may break over lines, and is one all the same", () => {
    expect(parseValue("-100000\n  ..\n  200000")).toEqual({
      type: "interval",
      low: -100000,
      high: 200000,
    });
  });

  it("a record from a JSON file may have any names; it is a function on strings", () => {
    const value = parseValue("[a b |-> 1, 2 |-> [c |-> 3],  |-> 4]");
    expect(formatValue(value)).toBe('("a b" :> 1 @@ "2" :> [c |-> 3] @@ "" :> 4)');
  });
});

describe("a state", () => {
  it("keeps a value of no known form as its text, on one line, and all others as values", () => {
    const state = parseState("/\\ a = <<1, 2...\n  ]\n/\\ b = {1}\n/\\ c = 1 /\\ 2\n/\\ d = 4\n");
    expect([...state]).toEqual([
      ["a", text("<<1, 2... ]")],
      ["b", { type: "set", elements: [{ type: "int", value: 1 }] }],
      ["c", text("1 /\\ 2")],
      ["d", { type: "int", value: 4 }],
    ]);
    expect(formatState(state)).toBe("/\\ a = <<1, 2... ]\n/\\ b = {1}\n/\\ c = 1 /\\ 2\n/\\ d = 4");
  });

  it("of one variable keeps such a value too", () => {
    expect([...parseState("x = 1\ny = 2\n")]).toEqual([["x", text("1 y = 2")]]);
  });

  it("takes an indented line for a part of the value before it", () => {
    expect([...parseState("/\\ x = ?\n /\\ y = 2\n/\\ z = 3")]).toEqual([
      ["x", text("? /\\ y = 2")],
      ["z", { type: "int", value: 3 }],
    ]);
  });

  it("without any variable is kept as its text in a trace", () => {
    expect(readState("/\\ x = ?\n")).toEqual({ state: new Map([["x", text("?")]]) });
    expect(readState("no state at all\n")).toEqual({
      state: new Map(),
      unread: "no state at all",
    });
  });
});

/** A step as newer versions of TLC name it, with parameters that hold what ends a name. */
const GO = 'Go("a> line 1, col 2 to line 3, col 4 of module M",<<1, (2 :> 3)>>)';

it("a trace whose states cannot be read takes neither verdict nor counts away", async () => {
  const box = new Sandbox();
  const output = [
    message(2262, 0, "TLC2 Version 2.18 of 20 March 2023"),
    message(2190, 0, "Finished computing initial states: 1 distinct state generated at 2026."),
    message(2110, 1, "Invariant Inv is violated."),
    message(2121, 1, "The behavior up to this point is:"),
    message(2217, 4, "1: <Initial predicate>\n/\\ s = SUBSET 1..20\n/\\ x = 1\n"),
    message(2217, 4, "2: <Next line 3, col 9 to line 3, col 19 of module M>\n%&\n"),
    message(2217, 4, `3: <${GO} line 4, col 9 to line 4, col 19 of module M>\n/\\ x = 3\n`),
    message(2199, 0, "2 states generated, 2 distinct states found, 0 states left on queue."),
  ].join("");
  const result = await runTlc({
    spec: box.model("M", "VARIABLE x\nInit == x = 0\nNext == x' = x"),
    tools: fakeTools(box, 'cat "$OUTPUT"; exit 12', output),
    env: box.environment(),
  });
  expect(result).toMatchObject({ verdict: { kind: "invariant", name: "Inv" }, generated: 2 });
  expect(result.trace.map(({ index, action, unread }) => [index, action, unread])).toEqual([
    [1, "Initial predicate", undefined],
    [2, "Next", "%&"],
    [3, "Go", undefined],
  ]);
  expect(result.trace[2]).toMatchObject({ parameters: GO.slice(3, -1), location: { line: 4 } });
  expect(result.trace[0]?.state.get("s")).toEqual(text("SUBSET (1..20)"));
  expect(result.reproduce).not.toBe("");
});

describeTlc("TLC itself", (tools) => {
  it("prints each of them in a form that is read", async () => {
    const box = new Sandbox();
    const body = [
      "EXTENDS Integers, TLC",
      "CONSTANT mv",
      "VARIABLES a, b, c, d, e, n",
      "Init == /\\ n = 0 /\\ a = SUBSET (1..12) /\\ b = [1..8 -> {mv, 2, 3}] /\\ c = -9..99",
      '        /\\ d = [x \\in {"p q", "r\\"s"} |-> <<SUBSET (1..7), [k |-> x]>>]',
      "        /\\ e = [x : 1..2, w : SUBSET (1..11)]",
      "Next == n' = n + 1 /\\ UNCHANGED <<a, b, c, d, e>>",
      "Inv == n < 1",
    ].join("\n");
    const cfg = "INIT Init\nNEXT Next\nINVARIANT Inv\nCONSTANT mv = mv\n";
    const spec = box.model("M", body, cfg);
    const result = await runTlc({ spec, tools, env: box.environment(), isShort: true });
    expect(result).toMatchObject({ verdict: { kind: "invariant" }, generated: 2 });
    expect(result.trace.map(({ unread }) => unread)).toEqual([undefined, undefined]);
    expect(formatState(result.trace[1]?.state ?? new Map())).toBe(
      [
        "/\\ a = SUBSET (1..12)",
        "/\\ b = [1..8 -> {mv, 2, 3}]",
        "/\\ c = -9..99",
        '/\\ d = ("p q" :> <<SUBSET (1..7), [k |-> "p q"]>> @@ ' +
          '"r\\"s" :> <<SUBSET (1..7), [k |-> "r\\"s"]>>)',
        "/\\ e = [x: 1..2, w: SUBSET (1..11)]",
        "/\\ n = 1",
      ].join("\n"),
    );
  });
});
