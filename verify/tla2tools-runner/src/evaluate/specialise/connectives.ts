import type { Expression, Place } from "../../module/Expression.js";
import { builtinNode, cannotFail, constantOf, isTest, valueNode } from "./build.js";
import { sameExpression } from "./traverse.js";

/** How an operand's place in a larger expression bounds what may be left out. */
export interface Use {
  /** Whoever uses the value checks that it is a boolean. */
  readonly asTest: boolean;
  /** From this level on, each way to satisfy a disjunction counts; below, only whether it holds. */
  readonly enumeratedFrom: number;
}

/**
 * A conjunction of operands that are specialised. TLC evaluates from the left and stops at FALSE:
 * what stands behind FALSE is dropped, what stands before it is kept, for it may be an error.
 */
export function conjunction(
  operands: readonly Expression[],
  place: Place,
  { asTest }: Use,
): Expression {
  const kept: Expression[] = [];
  for (const operand of operands) {
    const value = constantOf(operand);
    if (value === true || kept.some((other) => sameExpression(other, operand))) continue;
    kept.push(operand);
    if (value === false) break;
  }
  if (kept.length === 0) return valueNode(true, place);
  return single(kept, asTest) ?? builtinNode("/\\", kept, place);
}

/** The same for a disjunction, which stops at TRUE unless its steps are enumerated. */
export function disjunction(
  operands: readonly Expression[],
  place: Place,
  { asTest, enumeratedFrom }: Use,
): Expression {
  const level = Math.max(0, ...operands.map((operand) => operand.level));
  const kept: Expression[] = [];
  for (const operand of operands) {
    const value = constantOf(operand);
    if (value === false) continue;
    kept.push(operand);
    if (value === true && level < enumeratedFrom) break;
  }
  if (kept.length === 0) return valueNode(false, place);
  return single(kept, asTest) ?? builtinNode("\\/", kept, place);
}

/** A single operand stands for itself if it is a boolean, or if that is checked outside. */
function single(kept: readonly Expression[], asTest: boolean): Expression | undefined {
  const [only] = kept;
  return kept.length === 1 && only !== undefined && (asTest || isTest(only)) ? only : undefined;
}

export function implication(
  left: Expression,
  right: Expression,
  place: Place,
  { asTest }: Use,
): Expression {
  const value = constantOf(left);
  if (value === false) return valueNode(true, place);
  if (value === true && (asTest || isTest(right))) return right;
  const holds = constantOf(right) === true || sameExpression(left, right);
  if (holds && cannotFail(left) && isTest(left)) return valueNode(true, place);
  return builtinNode("=>", [left, right], place);
}

export function equivalence(
  left: Expression,
  right: Expression,
  place: Place,
  { asTest }: Use,
): Expression {
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const value = constantOf(one);
    if (value === true && (asTest || isTest(other))) return other;
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
