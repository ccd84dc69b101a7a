/** The values that variables have in some behaviors, which others may be given as well. */
import { canonicalValue, formatValue, parseValue, type TlaValue } from "tla2tools-runner";
import type { StateText } from "../model/stateText.js";

/** A state as values. */
export type StateValues = ReadonlyMap<string, TlaValue>;

const known = new Map<string, TlaValue>();

export const valuesOf = (text: StateText): StateValues =>
  new Map([...text].map(([name, value]) => [name, parsed(value)]));

function parsed(text: string): TlaValue {
  const value = known.get(text) ?? canonicalValue(parseValue(text));
  known.set(text, value);
  return value;
}

export class SeenValues {
  private readonly seen = new Map<string, Map<string, TlaValue>>();
  /** Those that are an empty tuple somewhere. */
  private readonly sequences = new Set<string>();

  constructor(states: readonly StateValues[]) {
    const all = states.flatMap((state) => [...state]);
    for (const [name, value] of all) {
      if (value.type !== "tuple" || value.elements.length === 0) this.sequences.add(name);
    }
    for (const [name, value] of all) {
      const values = this.seen.get(name) ?? new Map<string, TlaValue>();
      this.seen.set(name, values);
      for (const part of this.elementsOf(name, value) ?? [value]) {
        values.set(formatValue(part), part);
      }
    }
  }

  /** What a variable, or each of its elements, is somewhere; by the text of the value. */
  of(variable: string): ReadonlyMap<string, TlaValue> {
    return this.seen.get(variable) ?? new Map();
  }

  /** The elements of a function on actors or domains; not those of a sequence, which grows. */
  elementsOf(variable: string, value: TlaValue): readonly TlaValue[] | undefined {
    return value.type === "tuple" && !this.sequences.has(variable) ? value.elements : undefined;
  }
}
