import type { LazyFunction } from "./LazyFunction.js";
import type { FiniteSet, Value } from "./Value.js";
import type { ValueTable } from "./ValueTable.js";

/** What an expression evaluates to; a lazy set or function becomes a value when one is needed. */
export type Computed = Value | LazySet | LazyFunction;

/** Ends an evaluation with an error at the place of the expression that needs the value. */
export type Fail = (what: string) => never;

/** Sets with more elements than this are not enumerated; TLC has the same bound. */
export const MOST_ELEMENTS = 1_000_000;

/** A set that is described and not enumerated, as `Nat`, `SUBSET S` or `[S -> T]`. */
export abstract class LazySet {
  private enumerated: FiniteSet | undefined;

  /** In TLA+, for messages. */
  abstract describe(): string;

  /** How many elements, as far as that is known without looking at each; infinity is one. */
  abstract size(): number;

  abstract has(value: Value, table: ValueTable, fail: Fail): boolean;

  /** The elements in the table's order; asked for only if the size is at most MOST_ELEMENTS. */
  protected abstract enumerate(table: ValueTable, fail: Fail): FiniteSet;

  /** The set with all its elements. */
  toFinite(table: ValueTable, fail: Fail): FiniteSet {
    if (this.enumerated !== undefined) return this.enumerated;
    if (this.size() > MOST_ELEMENTS) {
      fail(`the set ${this.describe()} has too many elements to be enumerated`);
    }
    this.enumerated = this.enumerate(table, fail);
    return this.enumerated;
  }
}
