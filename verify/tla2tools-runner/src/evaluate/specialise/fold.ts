import type { Expression } from "../../module/Expression.js";
import { ToolError } from "../../support/ToolError.js";
import type { Compiler } from "../compile/Compiler.js";
import { Scope } from "../compile/Scope.js";
import { NO_STATE } from "../compile/Slot.js";
import { PrintsError } from "../Theory.js";
import { LazyFunction, LazySet } from "../values/Computed.js";
import { IntegerRange } from "../values/plainSets.js";
import { FiniteSet } from "../values/Value.js";
import { valueNode } from "./build.js";
import { constantOf } from "./constantOf.js";
import { freeNames } from "./traverse.js";

/** A set with more elements stays an expression, which says more about it and takes less room. */
const LARGEST_SET = 1000;

/**
 * The value of a constant expression, as a node. What is not constant, fails, prints, or describes
 * a set that TLC does not enumerate either, stays as it is.
 */
export function fold(compiler: Compiler, expression: Expression): Expression {
  if (expression.level > 0 || constantOf(expression) !== undefined) return expression;
  if (expression.kind === "operator" || mustStay(compiler, expression)) return expression;
  try {
    const compute = compiler.compile(expression, Scope.empty);
    const computed = compiler.theory.quietly(() => compute(null, NO_STATE, NO_STATE));
    if (computed instanceof LazyFunction) return expression;
    if (!(computed instanceof LazySet)) {
      const isLarge = computed instanceof FiniteSet && computed.elements.length > LARGEST_SET;
      return isLarge ? expression : valueNode(computed, expression.place);
    }
    if (!(computed instanceof IntegerRange) || computed.size() > LARGEST_SET) return expression;
    const fail = compiler.theory.failAt(expression.place);
    return valueNode(computed.toFinite(compiler.theory.table, fail), expression.place);
  } catch (error) {
    // The error belongs to whoever evaluates the expression, if anybody does.
    const belongs = [ToolError, RangeError, PrintsError].some((kind) => error instanceof kind);
    if (belongs) return expression;
    throw error;
  }
}

/** Names of a surrounding LET or quantifier have no value here. */
function mustStay({ theory }: Compiler, expression: Expression): boolean {
  return [...freeNames(expression)].some((name) => theory.definitionOf(name) === undefined);
}
