import { assertNever } from "../support/assertNever.js";
import { canonicalValue, MAX_ENUMERATED } from "../value/canonicalValue.js";
import { compareCanonical } from "../value/compareCanonical.js";
import { formatInteger } from "../value/formatInteger.js";
import { formatValue } from "../value/formatValue.js";
import { isIdentifier } from "../value/isIdentifier.js";
import type { IntervalValue, TlaValue } from "../value/TlaValue.js";
import { valuesEqual } from "../value/valuesEqual.js";
import { unwritable } from "./unwritable.js";

type Field = readonly [name: string, value: TlaValue];
type Entry = readonly [key: TlaValue, value: TlaValue];

/** A value as JSON in the Informal Trace Format; what is equal and of one kind gives one text. */
export function writeItfValue(value: TlaValue): string {
  switch (value.type) {
    case "int":
      return bigint(value.value);
    case "string":
      return JSON.stringify(value.value);
    case "boolean":
      return String(value.value);
    case "model":
      return JSON.stringify(value.name);
    case "tuple":
      return list(value.elements);
    case "set":
      return set(value.elements);
    case "record":
      return record(value.fields);
    case "function":
      return map(value.entries);
    case "interval":
      return interval(value);
    case "text":
      return `{"#unserializable": ${JSON.stringify(value.text)}}`;
    default:
      return assertNever(value);
  }
}

const bigint = (value: number | bigint): string => `{"#bigint": "${formatInteger(value)}"}`;

const list = (values: readonly TlaValue[]): string => `[${values.map(writeItfValue).join(", ")}]`;

/** Of elements that are equal but of different kinds, such as `<<1>>` and `(1 :> 1)`, one stays. */
function set(elements: readonly TlaValue[]): string {
  const items = elements.map((element) => ({ element, text: writeItfValue(element) }));
  items.sort((a, b) => (a.text < b.text ? -1 : Number(a.text > b.text)));
  const texts = distinct(items, ({ element }) => element).map(({ text }) => text);
  return `{"#set": [${texts.join(", ")}]}`;
}

/** A name that is no identifier may begin with `#`; such a record is written as a function. */
function record(fields: readonly Field[]): string {
  const entries = fields.map(([name, of]): Entry => [{ type: "string", value: name }, of]);
  if (!fields.every(([name]) => isIdentifier(name))) return map(entries);
  const parts = distinct(entries, ([key]) => key).map(
    ([key, of]) => `${writeItfValue(key)}: ${writeItfValue(of)}`,
  );
  return `{${parts.join(", ")}}`;
}

function map(entries: readonly Entry[]): string {
  const pairs = distinct(entries, ([key]) => key).map(
    ([key, of]) => `[${writeItfValue(key)}, ${writeItfValue(of)}]`,
  );
  return `{"#map": [${pairs.join(", ")}]}`;
}

/** An interval too long to be listed is one of the things that ITF gives as text. */
function interval({ low, high }: IntervalValue): string {
  const size = BigInt(high) - BigInt(low) + 1n;
  if (size > MAX_ENUMERATED)
    return `{"#unserializable": "${formatInteger(low)}..${formatInteger(high)}"}`;
  const members = Array.from({ length: Math.max(0, Number(size)) }, (_, i) =>
    bigint(BigInt(low) + BigInt(i)),
  );
  return `{"#set": [${members.join(", ")}]}`;
}

/**
 * The items in the order of their keys, of equal ones only the first. Keys that differ only in
 * what is a model value and what a string would be one and the same in the file.
 */
function distinct<T>(items: readonly T[], keyOf: (item: T) => TlaValue): readonly T[] {
  const keyed = items.map((item) => {
    const key = keyOf(item);
    return { item, key, written: canonicalValue(withoutModelValues(key)) };
  });
  keyed.sort((a, b) => compareCanonical(a.written, b.written));
  const first = keyed.filter(({ key, written }, index) => {
    const before = keyed[index - 1];
    if (before === undefined || compareCanonical(before.written, written) !== 0) return true;
    if (valuesEqual(before.key, key)) return false;
    const both = `${formatValue(before.key)} and ${formatValue(key)} beside each other`;
    throw unwritable(both, "values that the format does not write alike");
  });
  return first.map(({ item }) => item);
}

function withoutModelValues(value: TlaValue): TlaValue {
  switch (value.type) {
    case "model":
      return { type: "string", value: value.name };
    case "set":
    case "tuple":
      return { type: value.type, elements: value.elements.map(withoutModelValues) };
    case "record":
      return {
        type: "record",
        fields: value.fields.map(([name, of]) => [name, withoutModelValues(of)] as const),
      };
    case "function":
      return {
        type: "function",
        entries: value.entries.map(
          ([key, of]) => [withoutModelValues(key), withoutModelValues(of)] as const,
        ),
      };
    default:
      return value;
  }
}
