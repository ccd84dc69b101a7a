import { assertNever } from "../support/assertNever.js";
import type { TlaValue } from "./TlaValue.js";

const RANK: Readonly<Record<TlaValue["type"], number>> = {
  boolean: 0,
  int: 1,
  string: 2,
  model: 3,
  tuple: 4,
  record: 5,
  function: 6,
  set: 7,
  interval: 8,
  text: 9,
};

/**
 * A total order on values in normal form (see `canonicalValue`): by kind, then by content. It is
 * zero exactly for equal values. TLC's own order differs between kinds and has no meaning either.
 */
export function compareCanonical(a: TlaValue, b: TlaValue): number {
  if (a === b) return 0;
  switch (a.type) {
    case "boolean":
      return b.type === a.type ? compare(a.value, b.value) : compareRank(a, b);
    case "int":
      return b.type === a.type ? compare(a.value, b.value) : compareRank(a, b);
    case "string":
      return b.type === a.type ? compare(a.value, b.value) : compareRank(a, b);
    case "model":
      return b.type === a.type ? compare(a.name, b.name) : compareRank(a, b);
    case "tuple":
    case "set":
      return b.type === a.type
        ? compareLists(a.elements, b.elements, compareCanonical)
        : compareRank(a, b);
    case "record":
      return b.type === a.type ? compareLists(a.fields, b.fields, compareField) : compareRank(a, b);
    case "function":
      return b.type === a.type
        ? compareLists(a.entries, b.entries, compareEntry)
        : compareRank(a, b);
    case "interval":
      return b.type === a.type
        ? compare(a.low, b.low) || compare(a.high, b.high)
        : compareRank(a, b);
    case "text":
      return b.type === a.type ? compare(a.text, b.text) : compareRank(a, b);
    default:
      return assertNever(a);
  }
}

type Field = readonly [string, TlaValue];
type Entry = readonly [TlaValue, TlaValue];

function compareField(a: Field, b: Field): number {
  return compare(a[0], b[0]) || compareCanonical(a[1], b[1]);
}

function compareEntry(a: Entry, b: Entry): number {
  return compareCanonical(a[0], b[0]) || compareCanonical(a[1], b[1]);
}

function compareRank(a: TlaValue, b: TlaValue): number {
  return RANK[a.type] - RANK[b.type];
}

function compare<T extends boolean | number | bigint | string>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function compareLists<T>(
  a: readonly T[],
  b: readonly T[],
  compareItems: (a: T, b: T) => number,
): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let i = 0; i < a.length; i += 1) {
    const [left, right] = [a[i], b[i]];
    if (left === undefined || right === undefined) continue;
    const order = compareItems(left, right);
    if (order !== 0) return order;
  }
  return 0;
}
