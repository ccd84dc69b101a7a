/** What the constants of a model are, as the cfg and the modules have them. */
import {
  type Definition,
  type Expression,
  evaluate,
  type Theory,
  type TlaValue,
  toTlaValue,
} from "tla2tools-runner";

/** The value of a constant; undefined when the cfg does not give it. @throws ToolError */
export function constantValue(theory: Theory, name: string): TlaValue | undefined {
  const value = theory.valueOf(name);
  if (value !== undefined) return toTlaValue(value);
  const definition = replacing(theory, name);
  return definition && toTlaValue(evaluate(definition.body, { theory }));
}

/**
 * The elements of a constant that is a set, in the order in which the text enumerates them. That
 * is the order of the programs in a schedule, which is why no set's own order will do.
 */
export function elementsInOrder(theory: Theory, name: string): readonly TlaValue[] | undefined {
  const definition = replacing(theory, name);
  if (definition === undefined) return undefined;
  return enumerated(definition.body, theory).map((element) => {
    return toTlaValue(evaluate(element, { theory }));
  });
}

/** The definition that a cfg puts in the place of a constant. */
const replacing = (theory: Theory, name: string): Definition | undefined =>
  theory.definitionOf(name);

/** The elements of sets that are written out, of their unions, and of definitions of such. */
function enumerated(set: Expression, theory: Theory): readonly Expression[] {
  if (set.kind === "definition") {
    const definition = theory.definitionOf(set.name);
    return definition === undefined ? [] : enumerated(definition.body, theory);
  }
  if (set.kind !== "builtin") return [];
  if (set.operator === "set") return set.operands;
  return set.operator === "\\cup" ? set.operands.flatMap((part) => enumerated(part, theory)) : [];
}
