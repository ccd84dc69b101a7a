import type { Definition, Expression } from "tla2tools-runner";

/** The same expression with each of its parts replaced by what `of` gives for it. */
export function mapChildren(
  expression: Expression,
  of: (part: Expression) => Expression,
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
      return { ...expression, operands: expression.operands.map(of) };
    case "builtin":
      return { ...expression, operands: expression.operands.map(of) };
    case "forall":
    case "exists":
    case "choose":
    case "filter":
    case "map":
    case "function": {
      const bounds = expression.bounds.map((bound) => ({ ...bound, set: of(bound.set) }));
      return { ...expression, bounds, body: of(expression.body) };
    }
    case "let": {
      const definitions = expression.definitions.map((definition): Definition => {
        return { ...definition, body: of(definition.body) };
      });
      return { ...expression, definitions, body: of(expression.body) };
    }
    case "case": {
      const arms = expression.arms.map(({ guard, value }) => {
        return { guard: guard === null ? null : of(guard), value: of(value) };
      });
      return { ...expression, arms };
    }
    case "except": {
      const updates = expression.updates.map(({ path, value }) => {
        return { path: path.map(of), value: of(value) };
      });
      return { ...expression, of: of(expression.of), updates };
    }
    case "operator":
      return { ...expression, body: of(expression.body) };
  }
}
