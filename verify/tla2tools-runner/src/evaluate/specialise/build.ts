import type { Builtin, Expression, Level, Place } from "../../module/Expression.js";
import type { Value } from "../values/Value.js";
import { constantOf } from "./constantOf.js";
import { childrenOf, freeNames } from "./traverse.js";

export function valueNode(value: Value, place: Place): Expression {
  return { kind: "value", value, place, level: 0 };
}

export function builtinNode(
  operator: Builtin,
  operands: readonly Expression[],
  place: Place,
): Expression {
  return withLevel({ kind: "builtin", operator, operands, place, level: 0 });
}

/** The same with the level that its parts give it; `own` is that of a name's own definition. */
export function withLevel<T extends Expression>(expression: T, own: Level = 0): T {
  const level = childrenOf(expression).reduce<Level>(
    (highest, child) => (child.level > highest ? child.level : highest),
    own,
  );
  const raisedLevel = raised(expression, level);
  return raisedLevel === expression.level ? expression : { ...expression, level: raisedLevel };
}

function raised(expression: Expression, level: Level): Level {
  if (expression.kind === "variable") return 1;
  if (expression.kind !== "builtin") return level;
  switch (expression.operator) {
    case "'":
    case "UNCHANGED":
    case "squareAction":
    case "angleAction":
    case "\\cdot":
      // A parameter may stand for what depends on the state.
      return level === 0 && freeNames(expression).size === 0 ? 0 : 2;
    case "ENABLED":
      return level === 0 ? 0 : 1;
    case "[]":
    case "<>":
    case "~>":
    case "-+->":
    case "WF":
    case "SF":
      return 3;
    default:
      return level;
  }
}

/** Whether evaluation cannot end with an error, whatever the state. */
export function cannotFail(expression: Expression): boolean {
  if (constantOf(expression) !== undefined) return true;
  switch (expression.kind) {
    case "variable":
      return true;
    case "parameter":
      return expression.operands.length === 0;
    case "builtin":
      return expression.operator === "tuple" && expression.operands.every(cannotFail);
    default:
      return false;
  }
}

const TESTS: ReadonlySet<Builtin> = new Set<Builtin>([
  "TRUE",
  "FALSE",
  "=",
  "#",
  "~",
  "/\\",
  "\\/",
  "=>",
  "<=>",
  "\\in",
  "\\notin",
  "\\subseteq",
  "UNCHANGED",
  "ENABLED",
  "squareAction",
  "angleAction",
]);

/** Whether an expression is a boolean or an error. */
export function isTest(expression: Expression): boolean {
  switch (expression.kind) {
    case "value":
      return typeof expression.value === "boolean";
    case "forall":
    case "exists":
      return true;
    case "builtin":
      return TESTS.has(expression.operator);
    case "standard":
      return ["<", ">", "\\leq", "\\geq", "IsFiniteSet", "PrintT"].includes(expression.name);
    default:
      return false;
  }
}
