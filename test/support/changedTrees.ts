/** The spec with a part of one definition changed in its tree, so that nothing needs parsing. */
import {
  type Builtin,
  type Definition,
  type Expression,
  formatExpression,
  mapChildren,
  type TlaModule,
} from "tla2tools-runner";

/** What is made anew stands where the module begins; its level is found when it is used. */
const AT = {
  place: { module: "Test", line: 1, column: 1, endLine: 1, endColumn: 1 },
  level: 0,
} as const;

export const number = (value: number): Expression => ({ kind: "number", value, ...AT });

export const builtin = (operator: Builtin, ...operands: readonly Expression[]): Expression => ({
  kind: "builtin",
  operator,
  operands,
  ...AT,
});

/** The use of a name. */
export const use = (
  kind: "constant" | "variable" | "parameter" | "definition" | "standard",
  name: string,
  ...operands: readonly Expression[]
): Expression => ({ kind, name, operands, ...AT });

/** A part of a definition, as it is printed, and what stands there instead. */
export interface TreeEdit {
  readonly definition: string;
  readonly find: string;
  readonly replace: (found: Expression) => Expression;
}

/** @throws Error when the part is not there exactly once: an edit of nothing shows nothing */
export function withEdit(modules: readonly TlaModule[], edit: TreeEdit): readonly TlaModule[] {
  let times = 0;
  const edited = (expression: Expression): Expression => {
    if (formatExpression(expression) !== edit.find) return mapChildren(expression, edited);
    times++;
    return edit.replace(expression);
  };
  const change = (definition: Definition): Definition =>
    definition.name === edit.definition
      ? { ...definition, body: edited(definition.body) }
      : definition;
  const changed = modules.map((module) => ({
    ...module,
    definitions: module.definitions.map(change),
  }));
  if (times === 1) return changed;
  throw new Error(`${edit.definition} has this part ${times} times, not once:\n${edit.find}`);
}
