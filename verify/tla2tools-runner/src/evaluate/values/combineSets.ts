import { type Fail, LazySet } from "./Computed.js";
import { IntegerRange } from "./plainSets.js";
import { type AnySet, describeSet, isElement, toFinite, unlike } from "./sets.js";
import { FiniteSet, type Value } from "./Value.js";
import type { ValueTable } from "./ValueTable.js";

export type SetOperator = "\\cup" | "\\cap" | "\\";

/** A union, intersection or difference, enumerated if that takes no more than its operands. */
export function combineSets(
  operator: SetOperator,
  left: AnySet,
  right: AnySet,
  table: ValueTable,
  fail: Fail,
): AnySet {
  const [a, b] = [reduced(left, table, fail), reduced(right, table, fail)];
  if (operator === "\\cup") {
    if (!(a instanceof FiniteSet && b instanceof FiniteSet)) return new CombinedSet(operator, a, b);
    return a.elements.length === 0 ? b : enumerateCombined(operator, a, b, table, fail);
  }
  if (a instanceof FiniteSet) return enumerateCombined(operator, a, b, table, fail);
  if (operator === "\\cap" && b instanceof FiniteSet) {
    return enumerateCombined(operator, b, a, table, fail);
  }
  return new CombinedSet(operator, a, b);
}

/** TLC enumerates intervals where it needs their elements. */
function reduced(set: AnySet, table: ValueTable, fail: Fail): AnySet {
  return set instanceof IntegerRange && set.high < Number.POSITIVE_INFINITY
    ? set.toFinite(table, fail)
    : set;
}

function enumerateCombined(
  operator: SetOperator,
  left: FiniteSet,
  right: AnySet,
  table: ValueTable,
  fail: Fail,
): FiniteSet {
  if (operator === "\\cup") {
    const more = toFinite(right, table, fail).elements;
    return table.set([...left.elements, ...more], unlike(fail));
  }
  const isKept = operator === "\\cap";
  return table.sortedSet(
    left.elements.filter((element) => isElement(element, right, table, fail) === isKept),
  );
}

/** A union, intersection or difference of which an operand is not enumerated. */
class CombinedSet extends LazySet {
  constructor(
    private readonly operator: SetOperator,
    private readonly left: AnySet,
    private readonly right: AnySet,
  ) {
    super();
  }

  override describe(): string {
    return `${describeSet(this.left)} ${this.operator} ${describeSet(this.right)}`;
  }

  override size(): number {
    const [left, right] = [sizeBound(this.left), sizeBound(this.right)];
    if (this.operator === "\\cup") return left + right;
    return this.operator === "\\cap" ? Math.min(left, right) : left;
  }

  override has(value: Value, table: ValueTable, fail: Fail): boolean {
    const isLeft = isElement(value, this.left, table, fail);
    if (this.operator === "\\cup") return isLeft || isElement(value, this.right, table, fail);
    return isLeft && isElement(value, this.right, table, fail) === (this.operator === "\\cap");
  }

  protected override enumerate(table: ValueTable, fail: Fail): FiniteSet {
    const [small, other] =
      this.operator === "\\cap" && sizeBound(this.left) > sizeBound(this.right)
        ? [this.right, this.left]
        : [this.left, this.right];
    return enumerateCombined(this.operator, toFinite(small, table, fail), other, table, fail);
  }
}

const sizeBound = (set: AnySet): number =>
  set instanceof LazySet ? set.size() : set.elements.length;
