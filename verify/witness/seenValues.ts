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
    // A value is one object, however many states have it.
    const all = new Map<string, Set<TlaValue>>();
    for (const [name, value] of states.flatMap((state) => [...state])) {
      all.set(name, (all.get(name) ?? new Set()).add(value));
    }
    for (const [name, values] of all) {
      const isFunction = [...values].every(isElements);
      if (!isFunction) this.sequences.add(name);
      const parts = [...values].flatMap((value) =>
        isFunction && value.type === "tuple" ? value.elements : [value],
      );
      this.seen.set(name, new Map(parts.map((part) => [formatValue(part), part])));
    }
  }

  /** What a variable, or each of its elements, is somewhere; by the text of the value. */
  of(variable: string): ReadonlyMap<string, TlaValue> {
    return this.seen.get(variable) ?? new Map();
  }

  /** Whether it is a function on actors or domains; not a sequence, which grows. */
  hasElements(variable: string): boolean {
    return !this.sequences.has(variable);
  }
}

const isElements = (value: TlaValue): boolean =>
  value.type === "tuple" && value.elements.length > 0;
