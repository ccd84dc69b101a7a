import { beforeAll, describe, expect, it } from "vitest";
import { MemoisedTest } from "../../src/embedded/MemoisedTest.js";
import { StateStore } from "../../src/embedded/StateStore.js";
import { variablesRead } from "../../src/embedded/variablesRead.js";
import { type Expression, Theory, type Value } from "../../src/index.js";
import { asDefinitions, definitionNamed, parseText } from "../support/evaluating.js";
import { describeTlc } from "../support/realTlc.js";

const TESTS = [
  "x = 1",
  "x' = y",
  "x' = x",
  "UNCHANGED <<x, y>>",
  "ENABLED (x' = 1)",
  "Rec(2)",
  "Rec(2)'",
  "[x = 1]_y",
  "(x = 1)' /\\ z = 2",
  "TRUE",
] as const;

const PREAMBLE = `EXTENDS Integers
VARIABLES x, y, z
RECURSIVE Rec(_)
Rec(n) == IF n = 0 THEN z = 0 ELSE Rec(n - 1) /\\ y # n`;

describeTlc("a memoised test", (tools) => {
  let theory: Theory;
  beforeAll(async () => {
    theory = new Theory(await parseText(tools, asDefinitions(PREAMBLE, TESTS)));
  });

  const expressionOf = (text: (typeof TESTS)[number]): Expression =>
    definitionNamed(theory, `E${TESTS.indexOf(text)}`).body;

  it.each<[(typeof TESTS)[number], string, string]>([
    ["x = 1", "x", ""],
    ["x' = y", "y", "x"],
    ["x' = x", "x", "x"],
    ["UNCHANGED <<x, y>>", "xy", "xy"],
    ["Rec(2)", "yz", ""],
    ["Rec(2)'", "", "yz"],
    ["[x = 1]_y", "xy", "xy"],
    ["(x = 1)' /\\ z = 2", "z", "x"],
    ["TRUE", "", ""],
  ])("reads of %s the variables %s, and primed %s", (text, current, primed) => {
    const reads = variablesRead(expressionOf(text), theory);
    const names = (indexes: readonly number[] = []) =>
      indexes.map((index) => theory.variables[index]).join("");
    expect([names(reads?.current), names(reads?.primed)]).toEqual([current, primed]);
  });

  it("is not remembered where ENABLED may read anything", () => {
    expect(variablesRead(expressionOf("ENABLED (x' = 1)"), theory)).toBeUndefined();
  });

  it.each(["x = 1", "x' = y", "x' = x", "Rec(2)", "(x = 1)' /\\ z = 2"] as const)(
    "says of every pair of states what a fresh one says: %s",
    (text) => {
      const store = new StateStore(3);
      const values = [0, 1, 2];
      const states = values.flatMap((x) =>
        values.flatMap((y) => values.map((z): readonly Value[] => [x, y, z])),
      );
      const ids = states.map((state) => store.add(state, -1, -1));
      const test = new MemoisedTest(expressionOf(text), theory);
      const pairs = ids.flatMap((from) => ids.map((to) => [from, to] as const));
      // Each pair twice, so that the second answer comes from memory.
      for (const [from, to] of [...pairs, ...pairs]) {
        const fresh = new MemoisedTest(expressionOf(text), theory);
        const [state, next] = [store.stateOf(from), store.stateOf(to)];
        expect(test.holds(store, state, from, next, to)).toBe(fresh.holds(store, state, -1, next));
      }
    },
  );
});

describe("StateStore", () => {
  it("gives each state one number, and the step that first led to it", () => {
    const store = new StateStore(2);
    // More than the first capacity, so that it grows.
    for (let i = 0; i < 9000; i += 1) {
      expect(store.add([i % 100, Math.trunc(i / 100)], i - 1, i % 7)).toBe(i);
      expect(store.added).toBe(true);
    }
    expect(store.add([5, 80], 1, 1)).toBe(8005);
    expect(store.added).toBe(false);
    expect(store.size).toBe(9000);
    expect(store.stateOf(8005)).toEqual([5, 80]);
    expect([store.parentOf(8005), store.actionInto(8005)]).toEqual([8004, 8005 % 7]);
    expect(store.numberAt(8005, 0)).toBe(store.numberAt(105, 0));
    expect(store.numberAt(8005, 1)).not.toBe(store.numberAt(105, 1));
  });
});
