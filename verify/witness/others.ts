/** What a cell may hold instead: a value near its own, or one that it has in another state. */
import {
  canonicalValue,
  formatValue,
  fromTlaValue,
  type Theory,
  type TlaValue,
  toTlaValue,
  type Value,
} from "tla2tools-runner";
import { neighbours } from "./neighbours.js";
import type { SeenValues } from "./seenValues.js";

export interface Other {
  /** As TLA+ writes it. */
  readonly text: string;
  readonly value: Value;
}

export class Others {
  /** By variable, and by what the cell holds. */
  private readonly known = new Map<string, Map<Value, readonly Other[]>>();
  private readonly made = new Map<string, Value>();

  constructor(
    private readonly theory: Theory,
    private readonly seen: SeenValues,
  ) {}

  /** @param now What the variable holds, or where it has elements the one that is changed. */
  of(variable: string, now: Value): readonly Other[] {
    const lists = this.known.get(variable) ?? new Map<Value, readonly Other[]>();
    this.known.set(variable, lists);
    const known = lists.get(now);
    if (known !== undefined) return known;
    const made = this.listOf(variable, canonicalValue(toTlaValue(now)));
    lists.set(now, made);
    return made;
  }

  private listOf(variable: string, now: TlaValue): readonly Other[] {
    const near = neighbours(now).map((other) => {
      const value = canonicalValue(other);
      return [formatValue(value), value] as const;
    });
    const all = new Map([...this.seen.of(variable), ...near]);
    all.delete(formatValue(now));
    return [...all].map(([text, value]) => ({ text, value: this.valueOf(text, value) }));
  }

  private valueOf(text: string, value: TlaValue): Value {
    const known = this.made.get(text);
    if (known !== undefined) return known;
    const made = valueIn(this.theory, value);
    this.made.set(text, made);
    return made;
  }
}

/** @throws Error when it is no value of a state */
export const valueIn = (theory: Theory, value: TlaValue): Value =>
  fromTlaValue(value, theory.table, (what) => {
    throw new Error(`${formatValue(value)} is no value of the spec: ${what}`);
  });
