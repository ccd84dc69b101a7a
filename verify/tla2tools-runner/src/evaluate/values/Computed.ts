import type { FiniteSet, Mapping, Tuple, Value } from "./Value.js";
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

/**
 * A function whose values are computed when they are asked for: one that calls itself, or whose
 * domain is not enumerated.
 */
export class LazyFunction {
  private readonly known = new Map<Value, Computed>();

  constructor(
    readonly domain: FiniteSet | LazySet,
    private readonly compute: (argument: Value) => Computed,
  ) {}

  /** @param argument an element of the domain */
  apply(argument: Value): Computed {
    const known = this.known.get(argument);
    if (known !== undefined) return known;
    const value = this.compute(argument);
    this.known.set(argument, value);
    return value;
  }

  toMapping(table: ValueTable, fail: Fail, force: (value: Computed) => Value): Tuple | Mapping {
    const { domain } = this;
    const finite = domain instanceof LazySet ? domain.toFinite(table, fail) : domain;
    return table.mapping(
      finite,
      finite.elements.map((argument) => force(this.apply(argument))),
    );
  }
}
