import { type Fail, LazySet } from "./Computed.js";
import { type AnySet, isElement } from "./sets.js";
import { type FiniteSet, kindOf, ModelConstant, Tuple, type Value } from "./Value.js";
import type { ValueTable } from "./ValueTable.js";

/** The integers from `low` to `high`; an end may be infinite, as in `Nat` and `Int`. */
export class IntegerRange extends LazySet {
  constructor(
    readonly low: number,
    readonly high: number,
  ) {
    super();
  }

  override describe(): string {
    if (this.high < Number.POSITIVE_INFINITY) return `${this.low}..${this.high}`;
    return this.low === 0 ? "Nat" : "Int";
  }

  override size(): number {
    return Math.max(0, this.high - this.low + 1);
  }

  override has(value: Value, _table: ValueTable, fail: Fail): boolean {
    if (typeof value === "number") return this.low <= value && value <= this.high;
    if (value instanceof ModelConstant || this.size() === 0) return false;
    return fail(`${kindOf(value)} and an integer are compared`);
  }

  protected override enumerate(table: ValueTable): FiniteSet {
    return table.sortedSet(Array.from({ length: this.size() }, (_, index) => this.low + index));
  }
}

/** All strings. */
export class StringSet extends LazySet {
  override describe(): string {
    return "STRING";
  }

  override size(): number {
    return Number.POSITIVE_INFINITY;
  }

  override has(value: Value, _table: ValueTable, fail: Fail): boolean {
    if (typeof value === "string") return true;
    if (value instanceof ModelConstant) return false;
    return fail(`${kindOf(value)} and a string are compared`);
  }

  protected override enumerate(_table: ValueTable, fail: Fail): FiniteSet {
    return fail("the set STRING is not finite");
  }
}

/** `Seq(S)`: all sequences of elements of a set. */
export class SequencesOf extends LazySet {
  constructor(private readonly of: AnySet) {
    super();
  }

  override describe(): string {
    return "Seq(S)";
  }

  override size(): number {
    return Number.POSITIVE_INFINITY;
  }

  override has(value: Value, table: ValueTable, fail: Fail): boolean {
    if (value instanceof Tuple) {
      return value.elements.every((element) => isElement(element, this.of, table, fail));
    }
    if (value instanceof ModelConstant) return false;
    return fail(`${kindOf(value)} is compared with sequences`);
  }

  protected override enumerate(_table: ValueTable, fail: Fail): FiniteSet {
    return fail("a set Seq(S) is not finite");
  }
}

/** `{x \in S : P}` of a set that is not enumerated. */
export class FilteredSet extends LazySet {
  constructor(
    private readonly of: LazySet,
    private readonly holds: (element: Value) => boolean,
  ) {
    super();
  }

  override describe(): string {
    return `{x \\in ${this.of.describe()} : P}`;
  }

  override size(): number {
    return this.of.size();
  }

  override has(value: Value, table: ValueTable, fail: Fail): boolean {
    return this.of.has(value, table, fail) && this.holds(value);
  }

  protected override enumerate(table: ValueTable, fail: Fail): FiniteSet {
    return table.sortedSet(this.of.toFinite(table, fail).elements.filter(this.holds));
  }
}
