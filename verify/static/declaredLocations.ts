/** The shared state as src/ declares it: one entry for each call of a method of Layout. */
import { type CallExpression, Node, type SourceFile, SyntaxKind } from "ts-morph";
import { readSlotCounts } from "./primitives.js";

export interface DeclaredLocation {
  /** The field of the context that holds the location, as protocol code spells it. */
  readonly field: string;
  /** The name of the field of the C code. */
  readonly name: string;
  readonly kind: string;
  /** One of a kind, and not one for each domain. */
  readonly global: boolean;
  /** How many slots it has; undefined when that depends on the options. */
  readonly slots: number | undefined;
  readonly accessOnce: boolean;
  /** The field of the lock that a writer must hold. */
  readonly guardedBy: string | undefined;
  readonly node: CallExpression;
}

export function readDeclaredLocations(sources: readonly SourceFile[]): readonly DeclaredLocation[] {
  const slotCounts = readSlotCounts(sources);
  return sources.flatMap((source) =>
    source.getDescendantsOfKind(SyntaxKind.CallExpression).flatMap((call) => {
      const callee = call.getExpression();
      if (!Node.isPropertyAccessExpression(callee) || !slotCounts.has(callee.getName())) return [];
      const [name, owner, options] = call.getArguments();
      if (!Node.isStringLiteral(name) || owner === undefined) return [];
      return {
        field: fieldOf(call),
        name: name.getLiteralText(),
        kind: callee.getName(),
        global: owner.getText() === "0",
        slots: slotCounts.get(callee.getName()),
        accessOnce: optionOf(options, "accessOnce") === "true",
        guardedBy: optionOf(options, "guardedBy")?.replace(/^.*\./, ""),
        node: call,
      };
    }),
  );
}

/** The property or the constant that the location is given to. */
function fieldOf(call: CallExpression): string {
  const parent = call.getParent();
  if (Node.isPropertyAssignment(parent) || Node.isVariableDeclaration(parent)) {
    return parent.getName();
  }
  return "";
}

function optionOf(options: Node | undefined, name: string): string | undefined {
  if (!Node.isObjectLiteralExpression(options)) return undefined;
  const property = options.getProperty(name);
  if (Node.isShorthandPropertyAssignment(property)) return name;
  return Node.isPropertyAssignment(property) ? property.getInitializer()?.getText() : undefined;
}
