/** A state of the model as text: each variable's value. */
import { formatValue, parseValue } from "tla2tools-runner";

/** Variable -> value, as TLC prints it; the same order for every state. */
export type StateText = ReadonlyMap<string, string>;

/** An element of a tuple, or of a function on actors or domains, from 1; empty without one. */
export function elementOf(tuple: string | undefined, index: number): string {
  const value = parseValue(tuple ?? "<<>>");
  const element = value.type === "tuple" ? value.elements[index - 1] : undefined;
  return element === undefined ? "" : formatValue(element);
}
