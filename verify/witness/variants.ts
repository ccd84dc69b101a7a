/**
 * A property with one part of its text left out: every way to do that, found from its tree and from
 * those of the operators that only properties use.
 */
import { type Definition, type Expression, mapChildren, type TlaModule } from "tla2tools-runner";
import { type Change, changesOf } from "./changes.js";

/** A property in which one definition is changed, wherever the property uses it. */
export interface Variant {
  readonly property: string;
  /** The definition whose text is changed: the property itself, or an operator behind it. */
  readonly definition: string;
  /** As in `without spRxLock = v`. */
  readonly what: string;
  /** The name of the changed property, and of the copies that it is made of. */
  readonly name: string;
  readonly definitions: readonly Definition[];
}

/**
 * @param behavior The definition whose operators are not touched: a change of these is one of what
 *   the model does, which is for the comparison with the code to notice.
 */
export function variantsOf(
  property: string,
  modules: readonly TlaModule[],
  behavior: string,
): readonly Variant[] {
  const all = new Map(modules.flatMap(({ definitions }) => definitions).map((d) => [d.name, d]));
  const kept = reachable(behavior, all);
  const own = [...reachable(property, all)].filter((name) => !kept.has(name));
  return own.flatMap((name) => {
    const definition = named(all, name);
    return changesOf(definition.body).map((change, i) => {
      return variantOf(property, definition, change, `${name} ${i + 1}`, own, all);
    });
  });
}

/** The names of no TLA+ text, so that they are nobody else's. */
const copyName = (name: string, of: string): string => `${name} of ${of}`;

function variantOf(
  property: string,
  changed: Definition,
  { expression, what }: Change,
  number: string,
  own: readonly string[],
  all: ReadonlyMap<string, Definition>,
): Variant {
  const id = `${property}: ${number}`;
  const copied = new Set(own.filter((name) => reachable(name, all).has(changed.name)));
  const copies = [...copied].map((name) => {
    const definition = named(all, name);
    const body = name === changed.name ? expression : definition.body;
    return { ...definition, name: copyName(name, id), body: renamed(body, copied, id) };
  });
  const name = copyName(property, id);
  return { property, definition: changed.name, what, name, definitions: copies };
}

function renamed(expression: Expression, names: ReadonlySet<string>, id: string): Expression {
  const made = mapChildren(expression, (child) => renamed(child, names, id));
  if (made.kind !== "definition" || !names.has(made.name)) return made;
  return { ...made, name: copyName(made.name, id) };
}

function named(all: ReadonlyMap<string, Definition>, name: string): Definition {
  const found = all.get(name);
  if (found === undefined) throw new Error(`the spec does not define ${name}`);
  return found;
}

/** The definitions that one is made of, itself first, in the order in which its text has them. */
function reachable(from: string, all: ReadonlyMap<string, Definition>): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (name: string): void => {
    const definition = all.get(name);
    if (definition === undefined || found.has(name)) return;
    found.add(name);
    visitExpression(definition.body);
  };
  const visitExpression = (expression: Expression): void => {
    if (expression.kind === "definition") visit(expression.name);
    mapChildren(expression, (child) => {
      visitExpression(child);
      return child;
    });
  };
  visit(from);
  return found;
}

/** For messages: a variant as one sentence. */
export const variantText = ({ property, definition, what }: Variant): string =>
  definition === property ? `${property} ${what}` : `${property}, ${definition} ${what}`;
