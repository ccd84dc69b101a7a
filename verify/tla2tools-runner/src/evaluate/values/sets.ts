import { type Computed, type Fail, LazyFunction, LazySet, MOST_ELEMENTS } from "./Computed.js";
import { FiniteSet, kindOf, type Value } from "./Value.js";
import type { ValueTable } from "./ValueTable.js";

/** A set, enumerated or not. */
export type AnySet = FiniteSet | LazySet;

/** The value itself, with a lazy set enumerated and a lazy function computed as a whole. */
export function toValue(computed: Computed, table: ValueTable, fail: Fail): Value {
  if (typeof computed !== "object") return computed;
  if (computed instanceof LazySet) return computed.toFinite(table, fail);
  if (computed instanceof LazyFunction) {
    return computed.toMapping(table, fail, (part) => toValue(part, table, fail));
  }
  return computed;
}

/** @throws what `fail` throws unless it is a set; `where` says which operand it is, for people */
export function toSet(computed: Computed, where: string, fail: Fail): AnySet {
  if (computed instanceof FiniteSet || computed instanceof LazySet) return computed;
  return fail(`${where} is ${describeKind(computed)} and not a set`);
}

export function toFinite(set: AnySet, table: ValueTable, fail: Fail): FiniteSet {
  return set instanceof LazySet ? set.toFinite(table, fail) : set;
}

export function describeKind(computed: Computed): string {
  if (computed instanceof LazySet) return "a set";
  return computed instanceof LazyFunction ? "a function" : kindOf(computed);
}

/** Whether a value is an element; it must be like the elements, as TLC asks. */
export function isElement(value: Value, set: AnySet, table: ValueTable, fail: Fail): boolean {
  if (set instanceof LazySet) return set.has(value, table, fail);
  const { elements } = set;
  if (set.indexOf(value) >= 0) return true;
  const first = elements[0];
  if (first === undefined || (typeof first === typeof value && typeof value !== "object")) {
    return false;
  }
  // TLC's binary search compares the value with some of the elements, and with no others.
  let [low, high] = [0, elements.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (table.compare(value, elements[middle], unlike(fail)) < 0) high = middle;
    else low = middle + 1;
  }
  return false;
}

export function isSubset(a: AnySet, b: AnySet, table: ValueTable, fail: Fail): boolean {
  const { elements } = toFinite(a, table, fail);
  return elements.every((element) => isElement(element, b, table, fail));
}

export function sizeOf(set: AnySet, table: ValueTable, fail: Fail): number {
  if (!(set instanceof LazySet)) return set.elements.length;
  const size = set.size();
  if (size === Number.POSITIVE_INFINITY) fail(`the set ${set.describe()} is not finite`);
  if (size >= 2 ** 31) fail(`the set ${set.describe()} has more elements than 32 bits can count`);
  return size <= MOST_ELEMENTS ? set.toFinite(table, fail).elements.length : size;
}

/** A set in TLA+, for messages. */
export function describeSet(set: AnySet): string {
  return set instanceof LazySet ? set.describe() : `{${set.elements.length} elements}`;
}

/** Calls `fail` for two values that cannot be compared. */
export function unlike(fail: Fail): (a: Value, b: Value) => never {
  return (a, b) => fail(`${kindOf(a)} and ${kindOf(b)} are compared`);
}
