/** Formulas, taken apart as far as their text shows it. */
import type { Expression } from "./Expression.js";

/**
 * The conjuncts of a formula, also of conjunctions inside of conjunctions, in the order of the
 * text; one that is no conjunction is the only one of itself.
 *
 * @param open What stands for a conjunct, such as the body of a name. Default: itself.
 */
export function conjunctsOf(
  formula: Expression,
  open: (conjunct: Expression) => Expression = (conjunct) => conjunct,
): readonly Expression[] {
  const opened = open(formula);
  return opened.kind === "builtin" && opened.operator === "/\\"
    ? opened.operands.flatMap((operand) => conjunctsOf(operand, open))
    : [opened];
}

/** The `A` and the `v` of `[A]_v`; undefined for anything else. */
export function squareOf(
  expression: Expression,
): { readonly action: Expression; readonly subscript: Expression } | undefined {
  if (expression.kind !== "builtin" || expression.operator !== "squareAction") return undefined;
  const [action, subscript] = expression.operands;
  return { action, subscript };
}

/** The `A` of `[][A]_v`; undefined for anything else. */
export const actionOf = (property: Expression): Expression | undefined =>
  property.kind === "builtin" && property.operator === "[]"
    ? squareOf(property.operands[0])?.action
    : undefined;
