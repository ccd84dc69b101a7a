import { type Fail, LazySet } from "./Computed.js";
import { domainOf, isFunction, valuesOf } from "./compareValues.js";
import { type AnySet, describeSet, isElement, toFinite, unlike } from "./sets.js";
import { FiniteSet, kindOf, ModelConstant, type Value } from "./Value.js";
import type { ValueTable } from "./ValueTable.js";

/** `SUBSET S`, in the order of size, then element by element. */
export class PowerSet extends LazySet {
  constructor(private readonly of: AnySet) {
    super();
  }

  override describe(): string {
    return `SUBSET ${describeSet(this.of)}`;
  }

  override size(): number {
    return 2 ** (this.of instanceof LazySet ? this.of.size() : this.of.elements.length);
  }

  override has(value: Value, table: ValueTable, fail: Fail): boolean {
    if (value instanceof FiniteSet) {
      return value.elements.every((element) => isElement(element, this.of, table, fail));
    }
    if (value instanceof ModelConstant) return false;
    return fail(`${kindOf(value)} is compared with sets`);
  }

  protected override enumerate(table: ValueTable, fail: Fail): FiniteSet {
    const { elements } = toFinite(this.of, table, fail);
    const subsets: Value[] = [];
    const extend = (chosen: readonly Value[], from: number, missing: number): void => {
      if (missing === 0) {
        subsets.push(table.sortedSet(chosen));
        return;
      }
      for (let i = from; i + missing <= elements.length; i += 1) {
        extend([...chosen, elements[i]], i + 1, missing - 1);
      }
    };
    for (let size = 0; size <= elements.length; size += 1) extend([], 0, size);
    return table.sortedSet(subsets);
  }
}

/**
 * The functions on one domain whose values lie in one set for each element of it: `[S -> T]`,
 * `[a : S, b : T]` and `S \X T`.
 */
export class FunctionSpace extends LazySet {
  /** @param ranges one for each element of `domain`, in its order */
  constructor(
    private readonly text: string,
    private readonly domain: FiniteSet,
    private readonly ranges: readonly AnySet[],
  ) {
    super();
  }

  override describe(): string {
    return this.text;
  }

  override size(): number {
    const sizes = this.ranges.map((range) =>
      range instanceof LazySet ? range.size() : range.elements.length,
    );
    return sizes.includes(0) ? 0 : sizes.reduce((product, size) => product * size, 1);
  }

  override has(value: Value, table: ValueTable, fail: Fail): boolean {
    if (value instanceof ModelConstant) return false;
    if (!isFunction(value)) return fail(`${kindOf(value)} is compared with functions`);
    const domain = table.set(domainOf(value), unlike(fail));
    if (!table.equal(domain, this.domain, unlike(fail))) return false;
    return valuesOf(value).every((part, index) => isElement(part, this.ranges[index], table, fail));
  }

  protected override enumerate(table: ValueTable, fail: Fail): FiniteSet {
    let rows: (readonly Value[])[] = [[]];
    for (const range of this.ranges) {
      const { elements } = toFinite(range, table, fail);
      rows = rows.flatMap((row) => elements.map((element) => [...row, element]));
    }
    return table.sortedSet(rows.map((row) => table.mapping(this.domain, row)));
  }
}
