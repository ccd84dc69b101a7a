import { assertNever } from "../support/assertNever.js";
import { formatInteger } from "./formatInteger.js";
import { formatString } from "./formatString.js";
import type { TlaState, TlaValue } from "./TlaValue.js";

/**
 * Prints a value on one line as TLC does, so that TLC (and `parseValue`) reads the same value
 * back. As with TLC, a function without entries prints as `<< >>` and an empty interval as `{}`.
 */
export function formatValue(value: TlaValue): string {
  switch (value.type) {
    case "int":
      return formatInteger(value.value);
    case "string":
      return formatString(value.value);
    case "boolean":
      return value.value ? "TRUE" : "FALSE";
    case "model":
      return value.name;
    case "set":
      return `{${value.elements.map(formatValue).join(", ")}}`;
    case "tuple":
      return `<<${value.elements.map(formatValue).join(", ")}>>`;
    case "record":
      return `[${value.fields.map(([name, of]) => `${name} |-> ${formatValue(of)}`).join(", ")}]`;
    case "function":
      return formatFunction(value.entries);
    case "interval":
      return value.low <= value.high
        ? `${formatInteger(value.low)}..${formatInteger(value.high)}`
        : "{}";
    case "text":
      return value.text;
    default:
      return assertNever(value);
  }
}

function formatFunction(entries: readonly (readonly [TlaValue, TlaValue])[]): string {
  if (entries.length === 0) return "<< >>";
  const pairs = entries.map(([key, value]) => `${formatValue(key)} :> ${formatValue(value)}`);
  return `(${pairs.join(" @@ ")})`;
}

/** Prints a state as TLC does: `/\ name = value` lines, or one `name = value` line. */
export function formatState(state: TlaState): string {
  const prefix = state.size === 1 ? "" : "/\\ ";
  return [...state].map(([name, value]) => `${prefix}${name} = ${formatValue(value)}`).join("\n");
}
