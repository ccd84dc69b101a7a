import { type Expression, formatExpression } from "tla2tools-runner";

/**
 * Whether a predicate is true, or false, in every state by its form alone; undefined when that
 * cannot be seen. What it is where a part of it has no value does not count.
 */
export function plainValue(predicate: Expression): boolean | undefined {
  if (predicate.kind === "value" && typeof predicate.value === "boolean") return predicate.value;
  if (predicate.kind !== "builtin") return undefined;
  const { operator, operands } = predicate;
  switch (operator) {
    case "TRUE":
      return true;
    case "FALSE":
      return false;
    case "=":
      return isSame(operands) ? true : undefined;
    case "#":
      return isSame(operands) ? false : undefined;
    case "~":
      return negated(plainValue(operands[0]));
    case "/\\":
      return allOf(operands.map(plainValue));
    case "\\/":
      return negated(allOf(operands.map((operand) => negated(plainValue(operand)))));
    case "=>": {
      if (isSame(operands)) return true;
      const [left, right] = operands.map(plainValue);
      return negated(allOf([left, negated(right)]));
    }
    case "<=>":
      return isSame(operands) ? true : undefined;
    default:
      return undefined;
  }
}

const isSame = ([left, right]: readonly Expression[]): boolean =>
  formatExpression(left) === formatExpression(right);

const negated = (value: boolean | undefined): boolean | undefined =>
  value === undefined ? undefined : !value;

function allOf(values: readonly (boolean | undefined)[]): boolean | undefined {
  if (values.includes(false)) return false;
  return values.includes(undefined) ? undefined : true;
}
