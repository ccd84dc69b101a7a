/** Small questions about names in the syntax. */
import { type Identifier, Node } from "ts-morph";

/** The declaration that an identifier refers to, behind imports; undefined outside src/. */
export function declarationOf(identifier: Identifier): Node | undefined {
  const parent = identifier.getParent();
  // `{ a }` in an object literal: the symbol is the property's, and the variable's is wanted.
  const symbol = Node.isShorthandPropertyAssignment(parent)
    ? parent.getValueSymbol()
    : identifier.getSymbol();
  return (symbol?.getAliasedSymbol() ?? symbol)?.getDeclarations()[0];
}

/** The expression without parentheses, `as`, `satisfies` and `!`. */
export function unwrapped(node: Node): Node {
  if (
    Node.isParenthesizedExpression(node) ||
    Node.isAsExpression(node) ||
    Node.isSatisfiesExpression(node) ||
    Node.isNonNullExpression(node)
  ) {
    return unwrapped(node.getExpression());
  }
  return node;
}

/** What an access such as `a.b[c].d` starts from: `a`. */
export function rootOf(node: Node): Node {
  const inner = unwrapped(node);
  return Node.isPropertyAccessExpression(inner) || Node.isElementAccessExpression(inner)
    ? rootOf(inner.getExpression())
    : inner;
}

export const isInside = (node: Node, ancestor: Node): boolean =>
  node.getSourceFile() === ancestor.getSourceFile() &&
  node.getPos() >= ancestor.getPos() &&
  node.getEnd() <= ancestor.getEnd();
