import type { Definition, Expression, LetExpression } from "../../module/Expression.js";
import type { Use } from "./connectives.js";
import type { Names } from "./Names.js";
import { isWrittenOut, sharedDefinition, useOf, withShared } from "./operands.js";
import type { Specialiser } from "./Specialiser.js";
import { countUses } from "./traverse.js";

/**
 * A LET: operators are put in the place of their calls, and so is what is small, used once or an
 * action. What is left keeps a LET of its own.
 */
export function specialiseLet(
  specialiser: Specialiser,
  { definitions, body }: LetExpression,
  outside: Names,
  use: Use,
): Expression {
  const shared: Definition[] = [];
  let names = outside;
  for (const [index, definition] of definitions.entries()) {
    const { name, parameters, isRecursive } = definition;
    if (isRecursive) {
      const bound = names.bind([name]);
      names = bound.names;
      shared.push(specialiseRecursive(specialiser, definition, bound.renamed[0], names));
    } else if (parameters.length > 0) {
      names = names.with(name, { kind: "local", definition, names });
    } else {
      const value = specialiser.specialise(definition.body, names);
      const users = [body, ...definitions.slice(index + 1).map((later) => later.body)];
      const uses = () => users.reduce((sum, user) => sum + countUses(user, name), 0);
      if (isWrittenOut(value, uses)) {
        names = names.with(name, { kind: "expression", expression: value });
      } else {
        const bound = names.bind([name]);
        const made = sharedDefinition(bound.renamed[0], value);
        shared.push(made);
        names = bound.names.with(name, { kind: "expression", expression: useOf(made) });
      }
    }
  }
  const whole = withShared(shared, specialiser.specialise(body, names, use));
  return use === "action" ? whole : specialiser.fold(whole);
}

function specialiseRecursive(
  specialiser: Specialiser,
  definition: Definition,
  name: string,
  names: Names,
): Definition {
  const bound = names.bind(definition.parameters.map((parameter) => parameter.name));
  const parameters = definition.parameters.map(({ arity }, index) => {
    return { name: bound.renamed[index], arity };
  });
  const body = specialiser.specialise(definition.body, bound.names);
  return { ...definition, name, parameters, body };
}
