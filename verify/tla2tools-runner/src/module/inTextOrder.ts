import type { Place } from "./Expression.js";

/** Sorts what has a place in one module by where it begins. */
export function inTextOrder<T extends { readonly place: Place }>(items: readonly T[]): T[] {
  return [...items].sort(({ place: a }, { place: b }) => a.line - b.line || a.column - b.column);
}
