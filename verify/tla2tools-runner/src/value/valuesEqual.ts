import { canonicalValue } from "./canonicalValue.js";
import { compareCanonical } from "./compareCanonical.js";
import { formatValue } from "./formatValue.js";
import type { TlaState, TlaValue } from "./TlaValue.js";

/** Whether two values are equal in TLA+, however each is printed: `1..2` equals `{2, 1}`. */
export function valuesEqual(a: TlaValue, b: TlaValue): boolean {
  return a === b || compareCanonical(canonicalValue(a), canonicalValue(b)) === 0;
}

/** A text that is the same for two values exactly if they are equal; a key for maps and sets. */
export function valueKey(value: TlaValue): string {
  return formatValue(canonicalValue(value));
}

/** Whether two states have the same variables with equal values, in whatever order. */
export function statesEqual(a: TlaState, b: TlaState): boolean {
  if (a.size !== b.size) return false;
  for (const [name, value] of a) {
    const other = b.get(name);
    if (other === undefined || !valuesEqual(value, other)) return false;
  }
  return true;
}
