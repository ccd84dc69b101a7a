import type { Expression } from "tla2tools-runner";

/**
 * A predicate as conjuncts, each of which reads as little as can be: those of a conjunction, and
 * `A => B /\ C` as `A => B` and `A => C`.
 */
export function conjunctsOf(predicate: Expression): readonly Expression[] {
  if (predicate.kind === "value" && predicate.value === true) return [];
  if (predicate.kind !== "builtin") return [predicate];
  if (predicate.operator === "/\\") return predicate.operands.flatMap(conjunctsOf);
  if (predicate.operator !== "=>") return [predicate];
  const [condition, right] = predicate.operands;
  const parts = conjunctsOf(right);
  return parts.length < 2
    ? [predicate]
    : parts.map((part) => ({ ...predicate, place: part.place, operands: [condition, part] }));
}
