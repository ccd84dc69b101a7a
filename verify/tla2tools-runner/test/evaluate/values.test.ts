import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PowerSet } from "../../src/evaluate/values/constructedSets.js";
import { IntegerRange, StringSet } from "../../src/evaluate/values/plainSets.js";
import { ValueTable } from "../../src/evaluate/values/ValueTable.js";
import {
  formatValue,
  fromTlaValue,
  Mapping,
  ModelConstant,
  type TlaValue,
  Tuple,
  toTlaValue,
  type Value,
  valuesEqual,
} from "../../src/index.js";
import { tlaValue } from "../support/arbitraries.js";

class Unlike extends Error {}

const unlike = (): never => {
  throw new Unlike();
};
const refuse = (what: string): never => {
  throw new Unlike(what);
};

/** The value in a table, or undefined for one that TLC refuses, such as {1, "a"}. */
function made(value: TlaValue, table: ValueTable): Value | undefined {
  try {
    return fromTlaValue(value, table, refuse);
  } catch (error) {
    if (error instanceof Unlike) return undefined;
    throw error;
  }
}

describe("ValueTable", () => {
  it("makes each value once, and gives it back as it was", () => {
    fc.assert(
      fc.property(tlaValue, tlaValue, (a, b) => {
        const table = new ValueTable();
        const [one, other] = [made(a, table), made(b, table)];
        if (one === undefined || other === undefined) return;
        expect(one === other).toBe(valuesEqual(a, b));
        expect(valuesEqual(toTlaValue(one), a)).toBe(true);
        expect(made(toTlaValue(one), table)).toBe(one);
      }),
    );
  });

  it("keeps values apart in a table that has grown", () => {
    const table = new ValueTable();
    const tuples = Array.from({ length: 5000 }, (_, i) =>
      table.tuple([i % 70, Math.trunc(i / 70)]),
    );
    expect(new Set(tuples).size).toBe(5000);
    expect(table.tuple([69, 70])).toBe(tuples[70 * 70 + 69]);
    expect(table.tuple([0, 0])).toBe(tuples[0]);
  });

  it("takes a function on 1..n for a tuple, and only that", () => {
    const table = new ValueTable();
    const onFirst = table.mapping(table.sortedSet([1, 2]), ["a", "b"]);
    expect(onFirst).toBe(table.tuple(["a", "b"]));
    expect(onFirst).toBeInstanceOf(Tuple);
    expect(table.mapping(table.emptySet, [])).toBe(table.emptyTuple);
    expect(table.mapping(table.sortedSet([2, 3]), ["a", "b"])).toBeInstanceOf(Mapping);
    expect(table.mapping(table.sortedSet([0, 1]), [7, 8])).toBeInstanceOf(Mapping);
  });

  it("takes sets, tuples and functions of the same parts for different values", () => {
    const table = new ValueTable();
    const set = table.sortedSet([1, 2]);
    const values = [
      set,
      table.tuple([1, 2]),
      table.mapping(table.sortedSet([3, 4]), [1, 2]),
      table.mapping(table.sortedSet([4, 5]), [1, 2]),
      table.model("m"),
    ];
    expect(new Set(values).size).toBe(values.length);
  });

  it("has the first of two entries with one key", () => {
    const table = new ValueTable();
    const pairs = [
      ["a", 1],
      ["b", 2],
      ["a", 3],
    ] as const;
    expect(formatValue(toTlaValue(table.mappingOf(pairs, unlike)))).toBe("[a |-> 1, b |-> 2]");
  });

  it("orders as TLC does", () => {
    const table = new ValueTable();
    const [first, second] = [table.model("m2"), table.model("m1")];
    const ordered: Value[][] = [
      [false, true],
      [-1, 0, 2, 10],
      ["met first", "b", "a"],
      [first, second, 1],
      [first, "met first"],
      [table.sortedSet([]), table.sortedSet([3]), table.sortedSet([1, 2]), table.sortedSet([1, 3])],
      [table.tuple([]), table.tuple([2]), table.tuple([1, 1]), table.tuple([1, 2])],
      [
        table.tuple([9]),
        table.mapping(table.sortedSet([2]), [1]),
        table.mapping(table.sortedSet([0, 1]), [1, 1]),
        table.mapping(table.sortedSet([0, 1]), [1, 2]),
        table.tuple([0, 0]),
      ],
    ];
    for (const values of ordered) {
      for (const value of values) if (typeof value === "string") table.rank(value);
      expect(table.set(values.toReversed(), unlike).elements).toEqual(values);
      expect(table.set([...values, ...values], unlike)).toBe(table.sortedSet(values));
    }
  });

  it("says equal or not of like values only, up to the first difference", () => {
    const table = new ValueTable();
    const tuple = (...elements: Value[]) => table.tuple(elements);
    const record = (name: string, value: Value) => table.mapping(table.sortedSet([name]), [value]);
    const model: Value = table.model("m");
    const rows: readonly (readonly [Value, Value, boolean | "unlike"])[] = [
      [1, 1, true],
      [1, 2, false],
      [1, "a", "unlike"],
      [true, 1, "unlike"],
      [model, 1, false],
      ["a", model, false],
      [tuple(1), tuple(1, 2), false],
      [tuple(1, 2), tuple(2, "a"), false],
      [tuple(1, 2), tuple(1, "a"), "unlike"],
      [tuple(1), table.sortedSet([1]), "unlike"],
      [tuple(1), 1, "unlike"],
      [record("a", 1), record("b", 1), false],
      [record("a", 1), record("a", "x"), "unlike"],
      [record("a", 1), tuple(1), "unlike"],
      [record("a", 1), tuple(1, 2), false],
      [table.sortedSet([1]), table.sortedSet(["a"]), "unlike"],
      [table.sortedSet([1]), table.sortedSet([]), false],
    ];
    for (const [a, b, expected] of rows) {
      const said = () => table.equal(a, b, unlike);
      if (expected === "unlike") expect(said).toThrow(Unlike);
      else expect(said()).toBe(expected);
    }
  });
});

describe("a set that is not enumerated", () => {
  const table = new ValueTable();

  it("knows how many elements it has", () => {
    expect(new IntegerRange(3, 2).size()).toBe(0);
    expect(new IntegerRange(-1, 1).size()).toBe(3);
    expect(new StringSet().size()).toBe(Number.POSITIVE_INFINITY);
    expect(new PowerSet(new IntegerRange(1, 40)).size()).toBe(2 ** 40);
  });

  it("has no model value for an element, but any other value must be like its elements", () => {
    const model = new ModelConstant(0, "m");
    for (const set of [new IntegerRange(0, 1), new StringSet(), new PowerSet(table.emptySet)]) {
      expect(set.has(model, table, refuse)).toBe(false);
      expect(() => set.has(true, table, refuse)).toThrow(Unlike);
    }
    expect(new IntegerRange(1, 0).has("a", table, refuse)).toBe(false);
  });

  it("is not enumerated beyond a million elements", () => {
    expect(() => new IntegerRange(1, 1_000_001).toFinite(table, refuse)).toThrow(/too many/);
    expect(new PowerSet(new IntegerRange(1, 3)).toFinite(table, refuse).elements).toHaveLength(8);
  });
});
