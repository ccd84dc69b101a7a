import { type BuiltinExpression, conjunctsOf, type Expression } from "tla2tools-runner";

/**
 * A predicate as conjuncts, each of which reads as little as can be: those of a conjunction,
 * `~A` and `~B` of `~(A \/ B)`, and `A => B` and `A => C` of `A => B /\ C`.
 */
export function smallConjunctsOf(predicate: Expression): readonly Expression[] {
  return conjunctsOf(predicate).flatMap((conjunct) => {
    if (conjunct.kind === "value" && conjunct.value === true) return [];
    if (conjunct.kind !== "builtin") return [conjunct];
    switch (conjunct.operator) {
      case "~":
        return negatedParts(conjunct, conjunct.operands[0]);
      case "=>": {
        const [condition, right] = conjunct.operands;
        const parts = smallConjunctsOf(right);
        return parts.length < 2
          ? [conjunct]
          : parts.map((part) => ({ ...conjunct, place: part.place, operands: [condition, part] }));
      }
      default:
        return [conjunct];
    }
  });
}

/** The negations of what is negated together. */
function negatedParts(negation: BuiltinExpression, of: Expression): readonly Expression[] {
  if (of.kind !== "builtin" || of.operator !== "\\/") return [{ ...negation, operands: [of] }];
  return of.operands.flatMap((operand) => negatedParts({ ...negation, place: of.place }, operand));
}
