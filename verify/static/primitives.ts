/** The primitives of src/sync and the kinds of locations, read from their own source. */
import { Node, type SourceFile, SyntaxKind } from "ts-morph";
import { pathOf } from "./nodePlace.js";

const PRIMITIVES_FILE = "src/sync/primitives.ts";
const LAYOUT_FILE = "src/sync/layout.ts";

/** One operation of src/sync, as protocol code calls it. */
export interface Primitive {
  readonly name: string;
  /** The kind of the operation that it yields, such as `read`. */
  readonly operation: string;
  /** Which arguments are the location and the label. */
  readonly locationArgument: number;
  readonly labelArgument: number;
}

/** By the declaration that a call of the primitive resolves to. */
export function readPrimitives(sources: readonly SourceFile[]): ReadonlyMap<Node, Primitive> {
  const primitives = new Map<Node, Primitive>();
  const source = sources.find((file) => pathOf(file) === PRIMITIVES_FILE);
  for (const declarations of source?.getExportedDeclarations().values() ?? []) {
    for (const declaration of declarations) {
      const name = Node.hasName(declaration) ? declaration.getName() : undefined;
      const operation = operationOf(declaration);
      if (name === undefined || operation === undefined) continue;
      const code = Node.isVariableDeclaration(declaration)
        ? declaration.getInitializer()
        : declaration;
      if (!Node.isParametered(code)) continue;
      const labelArgument = code.getParameters().findIndex((p) => p.getName() === "label");
      primitives.set(declaration, { name, operation, locationArgument: 0, labelArgument });
    }
  }
  return primitives;
}

/** The kind that the primitive passes to `perform`, or writes into the operation itself. */
function operationOf(declaration: Node): string | undefined {
  const performed = declaration
    .getDescendantsOfKind(SyntaxKind.CallExpression)
    .find((call) => call.getExpression().getText() === "perform")
    ?.getArguments()[1];
  const written = declaration
    .getDescendantsOfKind(SyntaxKind.PropertyAssignment)
    .find((property) => property.getName() === "kind")
    ?.getInitializer();
  const literal = performed ?? written;
  return Node.isStringLiteral(literal) ? literal.getLiteralText() : undefined;
}

/** Method of Layout -> how many slots it declares; undefined when that depends on its arguments. */
export function readSlotCounts(
  sources: readonly SourceFile[],
): ReadonlyMap<string, number | undefined> {
  const counts = new Map<string, number | undefined>();
  const layout = sources.find((file) => pathOf(file) === LAYOUT_FILE)?.getClass("Layout");
  for (const method of layout?.getMethods() ?? []) {
    const declare = method
      .getDescendantsOfKind(SyntaxKind.CallExpression)
      .find((call) => call.getExpression().getText() === "this.declare");
    const limits = declare?.getArguments()[3];
    if (limits === undefined) continue;
    const count = Node.isArrayLiteralExpression(limits) ? limits.getElements().length : undefined;
    counts.set(method.getName(), count);
  }
  return counts;
}
