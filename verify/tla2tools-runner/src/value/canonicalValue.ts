import { compareCanonical } from "./compareCanonical.js";
import { isIdentifier } from "./isIdentifier.js";
import type { TlaValue } from "./TlaValue.js";

/** Consecutive integers are an interval above this many elements and a set up to it. */
export const MAX_ENUMERATED = 65_536;

/**
 * The semantic normal form: two values are equal in TLA+ exactly if their normal forms are equal
 * as data. Intervals are sets (up to 65,536 elements; longer runs of integers are intervals),
 * sets are sorted and without duplicates, a function on `1..n` is a tuple, a function on strings
 * that are identifiers is a record, and entries and fields are sorted.
 */
export function canonicalValue(value: TlaValue): TlaValue {
  switch (value.type) {
    case "int":
      return { type: "int", value: smallest(value.value) };
    case "interval":
      return canonicalInterval(value.low, value.high);
    case "set":
      return canonicalSet(value.elements.map(canonicalValue));
    case "tuple":
      return { type: "tuple", elements: value.elements.map(canonicalValue) };
    case "record":
      return canonicalFunction(
        value.fields.map(([name, of]) => [{ type: "string", value: name }, canonicalValue(of)]),
      );
    case "function":
      return canonicalFunction(
        value.entries.map(([key, of]) => [canonicalValue(key), canonicalValue(of)]),
      );
    default:
      return value;
  }
}

function canonicalInterval(low: number | bigint, high: number | bigint): TlaValue {
  if (low > high) return { type: "set", elements: [] };
  const size = BigInt(high) - BigInt(low) + 1n;
  if (size > MAX_ENUMERATED) return { type: "interval", low: smallest(low), high: smallest(high) };
  const elements: TlaValue[] = [];
  for (let at = BigInt(low); at <= BigInt(high); at += 1n) {
    elements.push({ type: "int", value: smallest(at) });
  }
  return { type: "set", elements };
}

function canonicalSet(canonicalElements: TlaValue[]): TlaValue {
  canonicalElements.sort(compareCanonical);
  const elements = canonicalElements.filter((element, index) => {
    const previous = canonicalElements[index - 1];
    return previous === undefined || compareCanonical(previous, element) !== 0;
  });
  if (elements.length <= MAX_ENUMERATED) return { type: "set", elements };
  const [first, last] = [elements[0], elements.at(-1)];
  const isRun =
    first?.type === "int" &&
    last?.type === "int" &&
    BigInt(last.value) - BigInt(first.value) + 1n === BigInt(elements.length);
  if (!isRun) return { type: "set", elements };
  return { type: "interval", low: first.value, high: last.value };
}

type Entry = readonly [key: TlaValue, value: TlaValue];

function canonicalFunction(canonicalEntries: Entry[]): TlaValue {
  // The sort is stable: of two entries with one key the first stays first, as `@@` has it.
  canonicalEntries.sort(([a], [b]) => compareCanonical(a, b));
  const entries = canonicalEntries.filter(([key], index) => {
    const previous = canonicalEntries[index - 1];
    return previous === undefined || compareCanonical(previous[0], key) !== 0;
  });
  if (entries.every(([key], index) => key.type === "int" && key.value === index + 1)) {
    return { type: "tuple", elements: entries.map(([, value]) => value) };
  }
  const fields: [string, TlaValue][] = [];
  for (const [key, value] of entries) {
    if (key.type !== "string" || !isIdentifier(key.value)) return { type: "function", entries };
    fields.push([key.value, value]);
  }
  return { type: "record", fields };
}

function smallest(value: number | bigint): number | bigint {
  const asNumber = Number(value);
  return Number.isSafeInteger(asNumber) ? asNumber : value;
}
