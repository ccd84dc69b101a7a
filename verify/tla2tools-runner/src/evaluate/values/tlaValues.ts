import { assertNever } from "../../support/assertNever.js";
import { isIdentifier } from "../../value/isIdentifier.js";
import type { TlaValue } from "../../value/TlaValue.js";
import { type Fail, MOST_ELEMENTS } from "./Computed.js";
import { unlike } from "./sets.js";
import { FiniteSet, type Mapping, ModelConstant, Tuple, type Value } from "./Value.js";
import type { ValueTable } from "./ValueTable.js";

/** A value that was read, as the evaluator's own. */
export function fromTlaValue(value: TlaValue, table: ValueTable, fail: Fail): Value {
  const convert = (part: TlaValue): Value => fromTlaValue(part, table, fail);
  switch (value.type) {
    case "int":
      if (typeof value.value === "bigint") return fail("the integer has more than 32 bits");
      return value.value;
    case "string":
    case "boolean":
      return value.value;
    case "model":
      return table.model(value.name);
    case "set":
      return table.set(value.elements.map(convert), unlike(fail));
    case "tuple":
      return table.tuple(value.elements.map(convert));
    case "record":
      return table.mappingOf(
        value.fields.map(([name, of]) => [name, convert(of)]),
        unlike(fail),
      );
    case "function":
      return table.mappingOf(
        value.entries.map(([key, of]) => [convert(key), convert(of)]),
        unlike(fail),
      );
    case "interval": {
      const [low, high] = [Number(value.low), Number(value.high)];
      const size = Math.max(0, high - low + 1);
      if (size > MOST_ELEMENTS) return fail("the interval has too many elements");
      return table.sortedSet(Array.from({ length: size }, (_, index) => low + index));
    }
    case "text":
      return fail(`TLC gives no value here, only the text ${value.text}`);
    default:
      return assertNever(value);
  }
}

/** A value as data; sets, fields and entries stay in the table's order, which is TLC's. */
export function toTlaValue(value: Value): TlaValue {
  if (typeof value === "number") return { type: "int", value };
  if (typeof value === "string") return { type: "string", value };
  if (typeof value === "boolean") return { type: "boolean", value };
  if (value instanceof ModelConstant) return { type: "model", name: value.name };
  if (value instanceof Tuple) return { type: "tuple", elements: value.elements.map(toTlaValue) };
  if (value instanceof FiniteSet) return { type: "set", elements: value.elements.map(toTlaValue) };
  return mappingToTla(value);
}

function mappingToTla({ domain, values }: Mapping): TlaValue {
  const parts = values.map(toTlaValue);
  const isRecord = domain.elements.every((key) => typeof key === "string" && isIdentifier(key));
  if (isRecord) {
    return {
      type: "record",
      fields: domain.elements.map((key, index) => [String(key), parts[index]] as const),
    };
  }
  return {
    type: "function",
    entries: domain.elements.map((key, index) => [toTlaValue(key), parts[index]] as const),
  };
}
