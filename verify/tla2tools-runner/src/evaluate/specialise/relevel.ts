import type { Definition, Expression, LetExpression, Level } from "../../module/Expression.js";
import { withLevel } from "./build.js";
import { mapChildren } from "./traverse.js";

/** The levels of definitions, by name. */
export type Levels = ReadonlyMap<string, Level>;

/**
 * An expression with levels that follow from its parts. SANY's do not: it takes the levels of
 * standard operators from stand-ins for their definitions, by which `x * 2` is constant.
 */
export function relevel(expression: Expression, levels: Levels): Expression {
  if (expression.kind === "let") return relevelLet(expression, levels);
  const isNamed = expression.kind === "definition" || expression.kind === "constant";
  const own = isNamed ? levels.get(expression.name) : undefined;
  let isChanged = false;
  const changed = mapChildren(expression, (child) => {
    const releveled = relevel(child, levels);
    isChanged ||= releveled !== child;
    return releveled;
  });
  // Most levels are right, and a second look changes none: what stays is not built anew.
  return withLevel(isChanged ? changed : expression, own);
}

function relevelLet({ definitions, ...rest }: LetExpression, outside: Levels): Expression {
  const releveled = relevelDefinitions(definitions, outside);
  const body = relevel(rest.body, releveled.levels);
  return withLevel({ ...rest, definitions: releveled.definitions, body });
}

/** The same of definitions, each of which may use those before it, and itself. */
export function relevelDefinitions(
  definitions: readonly Definition[],
  outside: Levels = new Map(),
): { readonly definitions: readonly Definition[]; readonly levels: Levels } {
  const levels = new Map(outside);
  let releveled = definitions;
  // What calls itself, or something further down, may need a second look, and so on.
  for (let isStable = false; !isStable; ) {
    isStable = true;
    releveled = definitions.map((definition) => {
      const body = relevel(definition.body, levels);
      if (levels.get(definition.name) !== body.level) isStable = false;
      levels.set(definition.name, body.level);
      return { ...definition, body, level: body.level };
    });
  }
  return { definitions: releveled, levels };
}
