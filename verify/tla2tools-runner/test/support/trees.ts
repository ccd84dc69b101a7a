import type { Builtin, Definition, Expression, ReferenceExpression } from "../../src/index.js";

/** A tree without its places and levels, for comparison. */
export type Bare = Readonly<Record<string, unknown>>;

/** Removes every place and level from a tree. */
export function bare(tree: Expression | Definition): Bare {
  return JSON.parse(
    JSON.stringify(tree, (key, value: unknown) =>
      key === "place" || key === "level" ? undefined : value,
    ),
  );
}

/**
 * A bare tree as an expression of a module. Places and levels are made up, and differ.
 *
 * @param firstLine All places are there or below.
 */
export function expressionOf(tree: Bare, module = "Model", firstLine = 1): Expression {
  let count = 0;
  // An object with a kind is an expression, and one that is recursive or not is a definition.
  return JSON.parse(JSON.stringify(tree), (_, value) => {
    if (value?.kind === undefined && value?.isRecursive === undefined) return value;
    count += 1;
    const [line, column] = [firstLine + (count % 7), 1 + (count % 90)];
    const place = { module, line, column, endLine: line + (count % 2), endColumn: column + 1 };
    return { ...value, place, level: count % 4 };
  });
}

/**
 * A bare tree in which nested conjunctions and disjunctions are one list, and a list of a single
 * operand is that operand, as far as one line can say.
 */
export function flattened(tree: Bare): Bare {
  return JSON.parse(JSON.stringify(tree), (_, value) => {
    if (value?.operator !== "/\\" && value?.operator !== "\\/") return value;
    const operands = value.operands.flatMap((operand: Bare) =>
      operand.operator === value.operator ? operand.operands : [operand],
    );
    return operands.length === 1 ? operands[0] : { ...value, operands };
  });
}

export const number = (value: number): Bare => ({ kind: "number", value });
export const string = (value: string): Bare => ({ kind: "string", value });
export const at: Bare = { kind: "at" };

function reference(kind: ReferenceExpression["kind"]): (name: string, ...operands: Bare[]) => Bare {
  return (name, ...operands) => ({ kind, name, operands });
}

export const constant = reference("constant");
export const variable = reference("variable");
export const parameter = reference("parameter");
export const defined = reference("definition");
export const standard = reference("standard");

export const builtin = (operator: Builtin, ...operands: Bare[]): Bare => ({
  kind: "builtin",
  operator,
  operands,
});

export const bound = (names: string, set: Bare): Bare => ({
  names: names.split(" "),
  isTuple: false,
  set,
});

export const tupleBound = (names: string, set: Bare): Bare => ({
  ...bound(names, set),
  isTuple: true,
});

export const quantified = (kind: string, bounds: readonly Bare[], body: Bare): Bare => ({
  kind,
  bounds,
  body,
});

export const operator = (parameters: readonly string[], body: Bare): Bare => ({
  kind: "operator",
  parameters: parameters.map((name) => ({ name, arity: 0 })),
  body,
});

export const definition = (
  name: string,
  parameters: readonly string[],
  body: Bare,
  isRecursive = false,
): Bare => ({
  name,
  parameters: parameters.map((parameterName) => ({ name: parameterName, arity: 0 })),
  body,
  isRecursive,
});

/** Calls `visit` with an expression and all that it is made of. */
export function walk(expression: Expression, visit: (expression: Expression) => void): void {
  visit(expression);
  for (const part of partsOf(expression)) walk(part, visit);
}

function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "number":
    case "string":
    case "at":
      return [];
    case "case":
      return expression.arms.flatMap(({ guard, value }) => [...(guard ? [guard] : []), value]);
    case "except":
      return [expression.of, ...expression.updates.flatMap(({ path, value }) => [...path, value])];
    case "let":
      return [...expression.definitions.map(({ body }) => body), expression.body];
    case "operator":
      return [expression.body];
    case "forall":
    case "exists":
    case "choose":
    case "filter":
    case "map":
    case "function":
      return [...expression.bounds.map(({ set }) => set), expression.body];
    case "value":
      return [];
    default:
      return expression.operands;
  }
}
