import { type Computed, type Fail, LazySet } from "./LazySet.js";
import type { FiniteSet, Mapping, Tuple, Value } from "./Value.js";
import type { ValueTable } from "./ValueTable.js";

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
