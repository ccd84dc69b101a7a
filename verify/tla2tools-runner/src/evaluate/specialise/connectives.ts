import type { Expression, Place } from "../../module/Expression.js";
import { builtinNode, cannotFail, isTest, valueNode } from "./build.js";
import { constantOf } from "./constantOf.js";
import { sameExpression } from "./traverse.js";

/**
 * What the value of an expression is used for: anything; as a boolean, which the user checks that
 * it is; or as an action, of which each way to satisfy it counts.
 */
export type Use = "value" | "test" | "action";

/**
 * A conjunction of operands that are specialised. TLC evaluates from the left and stops at FALSE:
 * what stands behind FALSE is dropped, what stands before it is kept, for it may be an error.
 */
export function conjunction(operands: readonly Expression[], place: Place, use: Use): Expression {
  const kept: Expression[] = [];
  for (const operand of flat("/\\", operands)) {
    const value = constantOf(operand);
    const isKnown = use !== "action" && kept.some((other) => sameExpression(other, operand));
    if (value === true || isKnown) continue;
    kept.push(operand);
    if (value === false) break;
  }
  if (kept.length === 0) return valueNode(true, place);
  return single(kept, use) ?? builtinNode("/\\", kept, place);
}

/** The same for a disjunction, which stops at TRUE unless each of its ways counts. */
export function disjunction(operands: readonly Expression[], place: Place, use: Use): Expression {
  const kept: Expression[] = [];
  for (const operand of flat("\\/", operands)) {
    const value = constantOf(operand);
    if (value === false) continue;
    kept.push(operand);
    if (value === true && use !== "action") break;
  }
  if (kept.length === 0) return valueNode(false, place);
  return single(kept, use) ?? builtinNode("\\/", kept, place);
}

/** The operands of nested lists as one list. */
function flat(operator: "/\\" | "\\/", operands: readonly Expression[]): readonly Expression[] {
  return operands.flatMap((operand) =>
    operand.kind === "builtin" && operand.operator === operator ? operand.operands : [operand],
  );
}

/** A single operand stands for itself if it is a boolean, or if that is checked outside. */
function single(kept: readonly Expression[], use: Use): Expression | undefined {
  const [only] = kept;
  return kept.length === 1 && only !== undefined && (use !== "value" || isTest(only))
    ? only
    : undefined;
}

export function implication(
  left: Expression,
  right: Expression,
  place: Place,
  use: Use,
): Expression {
  const value = constantOf(left);
  if (value === false) return valueNode(true, place);
  if (value === true && (use !== "value" || isTest(right))) return right;
  const holds = constantOf(right) === true || sameExpression(left, right);
  if (holds && cannotFail(left) && isTest(left)) return valueNode(true, place);
  return builtinNode("=>", [left, right], place);
}

export function equivalence(
  left: Expression,
  right: Expression,
  place: Place,
  use: Use,
): Expression {
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const value = constantOf(one);
    if (value === true && (use !== "value" || isTest(other))) return other;
    if (value === false) return builtinNode("~", [other], place);
  }
  return builtinNode("<=>", [left, right], place);
}

/** `=` and `#` of sides that are the same are known, unless a side may be an error. */
export function equation(
  operator: "=" | "#",
  left: Expression,
  right: Expression,
  place: Place,
): Expression {
  return sameExpression(left, right) && cannotFail(left)
    ? valueNode(operator === "=", place)
    : builtinNode(operator, [left, right], place);
}
