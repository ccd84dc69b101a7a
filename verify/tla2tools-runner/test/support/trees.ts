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
    default:
      return expression.operands;
  }
}
