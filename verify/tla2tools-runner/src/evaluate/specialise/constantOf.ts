import type { Expression } from "../../module/Expression.js";
import type { Value } from "../values/Value.js";

/** The value of an expression that is plainly one. */
export function constantOf(expression: Expression): Value | undefined {
  switch (expression.kind) {
    case "value":
    case "number":
    case "string":
      return expression.value;
    case "builtin":
      if (expression.operator === "TRUE") return true;
      return expression.operator === "FALSE" ? false : undefined;
    default:
      return undefined;
  }
}
