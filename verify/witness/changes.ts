/**
 * Every way to leave one part out of an expression. Whether that makes a property weaker or
 * stronger depends on where it stands, and is not asked here.
 */
import {
  type BuiltinExpression,
  type Expression,
  formatExpression,
  mapChildren,
  type QuantifiedExpression,
  type ReferenceExpression,
} from "tla2tools-runner";

export interface Change {
  readonly expression: Expression;
  /** What is left out, or what is left. */
  readonly what: string;
}

export function changesOf(expression: Expression): readonly Change[] {
  return [...ownChanges(expression), ...changesInside(expression)];
}

/** The changes of each child, in the place of that child. */
function changesInside(expression: Expression): readonly Change[] {
  const changes: Change[] = [];
  let count = 0;
  mapChildren(expression, (child) => {
    const position = count++;
    for (const change of changesOf(child)) {
      let at = 0;
      const put = (other: Expression) => (at++ === position ? change.expression : other);
      changes.push({ ...change, expression: mapChildren(expression, put) });
    }
    return child;
  });
  return changes;
}

function ownChanges(expression: Expression): readonly Change[] {
  switch (expression.kind) {
    case "builtin":
      return changesOfBuiltin(expression);
    case "forall":
    case "exists":
      return overFewer(expression);
    case "standard":
      return expression.name === ".." ? shorter(expression) : [];
    default:
      return [];
  }
}

function changesOfBuiltin(expression: BuiltinExpression): readonly Change[] {
  const { operator, operands } = expression;
  const [first, second, third] = operands;
  switch (operator) {
    case "/\\":
    case "\\/":
    case "\\cup":
      return operands.map((operand, i) => ({
        expression: rebuilt(expression, without(operands, i)),
        what: `without ${formatExpression(operand)}`,
      }));
    case "set":
      return operands.map((operand, i) => ({
        expression: { ...expression, operands: without(operands, i) },
        what: `without ${formatExpression(operand)}`,
      }));
    case "UNCHANGED":
      return withoutVariables(expression);
    case "=>":
      return [{ expression: second, what: `without the condition ${formatExpression(first)}` }];
    case "\\":
      return [{ expression: first, what: `without \\ ${formatExpression(second)}` }];
    case "<=>":
      return [
        { expression: { ...expression, operator: "=>" }, what: `with => in ${textOf(expression)}` },
        {
          expression: { ...expression, operator: "=>", operands: [second, first] },
          what: `with <= in ${textOf(expression)}`,
        },
      ];
    case "if":
      return [
        { expression: second, what: `with THEN alone in ${textOf(expression)}` },
        { expression: third, what: `with ELSE alone in ${textOf(expression)}` },
      ];
    default:
      return [];
  }
}

const textOf = formatExpression;

const without = <T>(items: readonly T[], index: number): readonly T[] =>
  items.filter((_, i) => i !== index);

/** A conjunction, disjunction or union of what is left; of one it is that one. */
function rebuilt(of: BuiltinExpression, operands: readonly Expression[]): Expression {
  return operands.length === 1 ? operands[0] : { ...of, operands };
}

/** `UNCHANGED <<a, b>>` without a, and without b. */
function withoutVariables(expression: BuiltinExpression): readonly Change[] {
  const [tuple] = expression.operands;
  if (tuple.kind !== "builtin" || tuple.operator !== "tuple") return [];
  return tuple.operands.map((operand, i) => ({
    expression: {
      ...expression,
      operands: [{ ...tuple, operands: without(tuple.operands, i) }],
    },
    what: `without UNCHANGED ${formatExpression(operand)}`,
  }));
}

/** A quantifier that passes over the least, and over the greatest of the numbers it ranges over. */
function overFewer(expression: QuantifiedExpression): readonly Change[] {
  return expression.bounds.flatMap((bound, i) =>
    (["least", "greatest"] as const).map((left) => {
      const set = withoutOne(bound.set, left);
      const bounds = expression.bounds.map((each, j) => (j === i ? { ...each, set } : each));
      const what = `with ${bound.names.join(", ")} in all of ${textOf(bound.set)} but the ${left}`;
      return { expression: { ...expression, bounds }, what };
    }),
  );
}

/** `{one \in S : \E other \in S : other < one}`, or the same with `>`. */
function withoutOne(set: Expression, left: "least" | "greatest"): Expression {
  const { place } = set;
  const [one, other] = ["one of it", "other of it"].map((name): ReferenceExpression => {
    return { kind: "parameter", name, operands: [], place, level: 0 };
  });
  const compared: Expression = {
    kind: "standard",
    name: left === "least" ? "<" : ">",
    operands: [other, one],
    place,
    level: 0,
  };
  const over = ({ name }: ReferenceExpression) => [{ names: [name], isTuple: false, set }];
  const body: Expression = { kind: "exists", bounds: over(other), body: compared, place, level: 0 };
  return { kind: "filter", bounds: over(one), body, place, level: 0 };
}

/** An interval without its first, and without its last number. */
function shorter(expression: ReferenceExpression): readonly Change[] {
  const [low, high] = expression.operands;
  const one: Expression = { kind: "number", value: 1, place: expression.place, level: 0 };
  const sum = (name: "+" | "-", of: Expression): Expression => {
    return { ...expression, name, operands: [of, one] };
  };
  return [
    [sum("+", low), high],
    [low, sum("-", high)],
  ].map((operands) => {
    const made = { ...expression, operands };
    return { expression: made, what: `with ${formatExpression(made)}` };
  });
}
