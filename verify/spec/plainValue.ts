import {
  conjunctsOf,
  type Expression,
  FiniteSet,
  formatExpression,
  type Value,
} from "tla2tools-runner";

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
      return contradict(operands) ? false : allOf(operands.map(plainValue));
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

/**
 * Whether they cannot all be true: one is the negation of another, or two say of one thing that it
 * is in sets that have nothing in common.
 */
function contradict(predicates: readonly Expression[]): boolean {
  const all = predicates.flatMap((predicate) => conjunctsOf(predicate));
  const texts = new Set(all.map((each) => formatExpression(each)));
  const sets = new Map<string, ReadonlySet<Value>>();
  return all.some((each) => {
    if (each.kind !== "builtin") return false;
    const [first, second] = each.operands;
    if (each.operator === "~") return texts.has(formatExpression(first));
    const values = each.operator === "\\in" ? membersOf(second) : undefined;
    const set = each.operator === "=" ? atomOf(second) : values;
    if (set === undefined) return false;
    const of = formatExpression(first);
    const known = sets.get(of);
    sets.set(of, set);
    return known !== undefined && ![...set].some((value) => known.has(value));
  });
}

/** The elements of a set that is a value. */
function membersOf(set: Expression): ReadonlySet<Value> | undefined {
  if (set.kind !== "value" || !(set.value instanceof FiniteSet)) return undefined;
  return new Set(set.value.elements);
}

/** The one value that something is. */
function atomOf(value: Expression): ReadonlySet<Value> | undefined {
  const isLiteral = value.kind === "string" || value.kind === "number" || value.kind === "value";
  return isLiteral ? new Set([value.value]) : undefined;
}

const negated = (value: boolean | undefined): boolean | undefined =>
  value === undefined ? undefined : !value;

function allOf(values: readonly (boolean | undefined)[]): boolean | undefined {
  if (values.includes(false)) return false;
  return values.includes(undefined) ? undefined : true;
}
