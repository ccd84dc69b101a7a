import { FiniteSet, Mapping, ModelConstant, Tuple, type Value } from "./Value.js";

/** What to do when two values cannot be compared. It throws. */
export type OnUnlike = (a: Value, b: Value) => never;

/** Numbers strings; strings compare as their numbers do. */
export type StringRank = (text: string) => number;

/**
 * TLC's order of values, in which it enumerates sets: FALSE before TRUE, integers by size, strings
 * by `rank`, sets and functions by their size, then element by element. A model value is below
 * all others. Values of different kinds have no order.
 */
export function compareValues(a: Value, b: Value, rank: StringRank, onUnlike: OnUnlike): number {
  if (a === b) return 0;
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "string" && typeof b === "string") return rank(a) - rank(b);
  if (typeof a === "boolean" && typeof b === "boolean") return a ? 1 : -1;
  if (a instanceof ModelConstant) {
    return b instanceof ModelConstant ? rank(a.name) - rank(b.name) : -1;
  }
  if (b instanceof ModelConstant) return 1;
  if (a instanceof FiniteSet && b instanceof FiniteSet) {
    return compareLists(a.elements, b.elements, rank, onUnlike);
  }
  if (a instanceof Tuple && b instanceof Tuple) {
    return compareLists(a.elements, b.elements, rank, onUnlike);
  }
  if (isFunction(a) && isFunction(b)) {
    return (
      compareLists(domainOf(a), domainOf(b), rank, onUnlike) ||
      compareLists(valuesOf(a), valuesOf(b), rank, onUnlike)
    );
  }
  return onUnlike(a, b);
}

function compareLists(
  a: readonly Value[],
  b: readonly Value[],
  rank: StringRank,
  onUnlike: OnUnlike,
): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let i = 0; i < a.length; i += 1) {
    const order = compareValues(a[i], b[i], rank, onUnlike);
    if (order !== 0) return order;
  }
  return 0;
}

export function isFunction(value: unknown): value is Tuple | Mapping {
  return value instanceof Tuple || value instanceof Mapping;
}

/** The elements of a function's domain, in order. */
export function domainOf(of: Tuple | Mapping): readonly Value[] {
  return of instanceof Tuple ? of.elements.map((_, index) => index + 1) : of.domain.elements;
}

/** A function's values, in the order of its domain. */
export function valuesOf(of: Tuple | Mapping): readonly Value[] {
  return of instanceof Tuple ? of.elements : of.values;
}
