import { conjunctsOf, type Expression } from "tla2tools-runner";

/**
 * A predicate as conjuncts, each of which reads as little as can be: those of a conjunction, and
 * `A => B /\ C` as `A => B` and `A => C`.
 */
export function smallConjunctsOf(predicate: Expression): readonly Expression[] {
  return conjunctsOf(predicate).flatMap((conjunct) => {
    if (conjunct.kind === "value" && conjunct.value === true) return [];
    if (conjunct.kind !== "builtin" || conjunct.operator !== "=>") return [conjunct];
    const [condition, right] = conjunct.operands;
    const parts = smallConjunctsOf(right);
    return parts.length < 2
      ? [conjunct]
      : parts.map((part) => ({ ...conjunct, place: part.place, operands: [condition, part] }));
  });
}
