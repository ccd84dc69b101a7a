import type { Definition, Expression } from "../../module/Expression.js";
import { withLevel } from "./build.js";
import { constantOf } from "./constantOf.js";
import type { Meaning, Names } from "./Names.js";
import { countUses, freeNames, sizeOf } from "./traverse.js";

/** What has at most this many nodes may be written out wherever it is used. */
const SMALL = 8;

/** What a definition's parameters stand for in its body. */
export interface BoundOperands {
  readonly meanings: ReadonlyMap<string, Meaning>;
  /** The names at the call, with those that `wrap` binds. */
  readonly names: Names;
  /** Puts a LET around the body for the operands that are not written out. */
  readonly wrap: (body: Expression) => Expression;
}

/** Binds a definition's parameters to operands that are specialised. */
export function bindOperands(
  definition: Definition,
  operands: readonly Expression[],
  site: Names,
): BoundOperands {
  const meanings = new Map<string, Meaning>();
  const shared: Definition[] = [];
  let names = site;
  for (const [index, { name }] of definition.parameters.entries()) {
    const operand = operands[index];
    if (operand.kind === "operator") {
      meanings.set(name, { kind: "operator", operator: operand });
    } else if (isWrittenOut(operand, () => countUses(definition.body, name))) {
      meanings.set(name, { kind: "expression", expression: operand });
    } else {
      const bound = names.bind([name]);
      names = bound.names;
      const made = sharedDefinition(bound.renamed[0], operand);
      shared.push(made);
      meanings.set(name, { kind: "expression", expression: useOf(made) });
    }
  }
  return { meanings, names, wrap: (body) => withShared(shared, body) };
}

/**
 * Whether an expression stands wherever its name is used, or once in a LET. An action has to stand
 * where it is used, for it may assign a variable; `@` may not, for an inner EXCEPT has its own.
 */
export function isWrittenOut(expression: Expression, uses: () => number): boolean {
  if (constantOf(expression) !== undefined || expression.level >= 2) return true;
  if (freeNames(expression).has("@")) return false;
  return sizeOf(expression) <= SMALL || uses() <= 1;
}

export function sharedDefinition(name: string, body: Expression): Definition {
  const { place, level } = body;
  return { name, parameters: [], body, place, level, isRecursive: false };
}

export function useOf({ name, place, level }: Definition): Expression {
  return { kind: "definition", name, operands: [], place, level };
}

/** A LET with those definitions that its body uses. */
export function withShared(definitions: readonly Definition[], body: Expression): Expression {
  const used = definitions.filter(({ name }, index) =>
    [body, ...definitions.slice(index + 1).map((later) => later.body)].some((user) =>
      freeNames(user).has(name),
    ),
  );
  if (used.length === 0) return body;
  return withLevel({ kind: "let", definitions: used, body, place: body.place, level: 0 });
}
