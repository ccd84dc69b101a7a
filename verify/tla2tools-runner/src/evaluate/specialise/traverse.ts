import type { Definition, Expression } from "../../module/Expression.js";
import { assertNever } from "../../support/assertNever.js";
import { constantOf } from "./constantOf.js";

/** The expressions of which one consists, in the order of the text. */
export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "value":
    case "number":
    case "string":
    case "at":
      return [];
    case "constant":
    case "variable":
    case "parameter":
    case "definition":
    case "standard":
    case "builtin":
      return expression.operands;
    case "forall":
    case "exists":
    case "choose":
    case "filter":
    case "map":
    case "function":
      return [...expression.bounds.map(({ set }) => set), expression.body];
    case "let":
      return [...expression.definitions.map(({ body }) => body), expression.body];
    case "case":
      return expression.arms.flatMap(({ guard, value }) =>
        guard === null ? [value] : [guard, value],
      );
    case "except":
      return [expression.of, ...expression.updates.flatMap(({ path, value }) => [...path, value])];
    case "operator":
      return [expression.body];
    default:
      return assertNever(expression);
  }
}

/** An expression whose children are changed; the definitions of a LET change in their bodies. */
export function mapChildren(
  expression: Expression,
  change: (child: Expression) => Expression,
): Expression {
  switch (expression.kind) {
    case "value":
    case "number":
    case "string":
    case "at":
      return expression;
    case "constant":
    case "variable":
    case "parameter":
    case "definition":
    case "standard":
    case "builtin":
      if (expression.operands.length === 0) return expression;
      return { ...expression, operands: expression.operands.map(change) };
    case "forall":
    case "exists":
    case "choose":
    case "filter":
    case "map":
    case "function": {
      const bounds = expression.bounds.map((bound) => ({ ...bound, set: change(bound.set) }));
      return { ...expression, bounds, body: change(expression.body) };
    }
    case "let": {
      const definitions = expression.definitions.map((definition) => {
        return { ...definition, body: change(definition.body) };
      });
      return { ...expression, definitions, body: change(expression.body) };
    }
    case "case": {
      const arms = expression.arms.map(({ guard, value }) => {
        return { guard: guard && change(guard), value: change(value) };
      });
      return { ...expression, arms };
    }
    case "except": {
      const updates = expression.updates.map(({ path, value }) => {
        return { path: path.map(change), value: change(value) };
      });
      return { ...expression, of: change(expression.of), updates };
    }
    case "operator":
      return { ...expression, body: change(expression.body) };
    default:
      return assertNever(expression);
  }
}

const sizes = new WeakMap<Expression, number>();

/** How many nodes an expression has. */
export function sizeOf(expression: Expression): number {
  const known = sizes.get(expression);
  if (known !== undefined) return known;
  const size = childrenOf(expression).reduce((sum, child) => sum + sizeOf(child), 1);
  sizes.set(expression, size);
  return size;
}

const frees = new WeakMap<Expression, ReadonlySet<string>>();

/**
 * The names that an expression takes from outside: parameters, and definitions of a LET around it
 * (with those of the modules, which it cannot tell apart). `@` stands for the value that an EXCEPT
 * replaces.
 */
export function freeNames(expression: Expression): ReadonlySet<string> {
  const known = frees.get(expression);
  if (known !== undefined) return known;
  const free = findFreeNames(expression);
  frees.set(expression, free);
  return free;
}

function findFreeNames(expression: Expression): ReadonlySet<string> {
  const ofChildren = union(childrenOf(expression));
  switch (expression.kind) {
    case "at":
      return new Set(["@"]);
    case "parameter":
    case "definition":
      return new Set([...ofChildren, expression.name]);
    case "forall":
    case "exists":
    case "choose":
    case "filter":
    case "map":
    case "function": {
      const names = expression.bounds.flatMap((bound) => bound.names);
      const sets = expression.bounds.map(({ set }) => set);
      return new Set([...union(sets), ...without(freeNames(expression.body), names)]);
    }
    case "let": {
      const names = expression.definitions.map(({ name }) => name);
      const bodies = expression.definitions.flatMap((definition) => [...freeOfBody(definition)]);
      return without(new Set([...bodies, ...freeNames(expression.body)]), names);
    }
    case "except": {
      const values = expression.updates.map(({ value }) => value);
      const outside = [expression.of, ...expression.updates.flatMap(({ path }) => path)];
      return new Set([...union(outside), ...without(union(values), ["@"])]);
    }
    case "operator":
      return without(
        freeNames(expression.body),
        expression.parameters.map(({ name }) => name),
      );
    default:
      return ofChildren;
  }
}

const freeOfBody = ({ parameters, body }: Definition): ReadonlySet<string> =>
  without(
    freeNames(body),
    parameters.map(({ name }) => name),
  );

function union(expressions: readonly Expression[]): ReadonlySet<string> {
  return new Set(expressions.flatMap((expression) => [...freeNames(expression)]));
}

function without(names: ReadonlySet<string>, removed: readonly string[]): ReadonlySet<string> {
  return new Set([...names].filter((name) => !removed.includes(name)));
}

/** How often a name is used in an expression. */
export function countUses(expression: Expression, name: string): number {
  const isUse =
    (expression.kind === "parameter" || expression.kind === "definition") &&
    expression.name === name;
  return childrenOf(expression).reduce((sum, child) => sum + countUses(child, name), isUse ? 1 : 0);
}

/** Whether two expressions are the same but for their places. */
export function sameExpression(a: Expression, b: Expression): boolean {
  if (a === b) return true;
  const value = constantOf(a);
  if (value !== undefined) return value === constantOf(b);
  if (a.kind !== b.kind || ownPart(a) !== ownPart(b)) return false;
  const [left, right] = [childrenOf(a), childrenOf(b)];
  return left.length === right.length && left.every((child, i) => sameExpression(child, right[i]));
}

/** What an expression has beside its children. Binders are not compared, but taken to differ. */
function ownPart(expression: Expression): unknown {
  switch (expression.kind) {
    case "at":
      return "@";
    case "constant":
    case "variable":
    case "parameter":
    case "definition":
    case "standard":
      return expression.name;
    case "builtin":
      return expression.operator;
    default:
      return expression;
  }
}
