import { Node, SyntaxKind, VariableDeclarationKind } from "ts-morph";
import { outsideSync, SYNC } from "../checkedProject.js";
import type { Report, Rule } from "../finding.js";
import { declarationOf, isInside, rootOf, unwrapped } from "../names.js";
import { pathOf } from "../nodePlace.js";
import { type CodeFunction, functionName, type ProtocolCode } from "../protocolCode.js";

const PASS_ON = "keep it in a constant of the function, or make it a location of src/context.ts";

/** Methods of the standard library that change the object that they are called on. */
const CHANGING =
  /^(push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|set|add|delete|clear|set[A-Z]\w*)$/;

/** Functions of the standard library that change their first argument. */
const CHANGING_FIRST =
  /^(Object\.(assign|define\w+|setPrototypeOf|freeze)|Reflect\.(set|delete\w+|define\w+))$/;

/**
 * Between two steps, protocol code and the functions that it calls touch nothing shared: they
 * change only what they made themselves, and see no variable that somebody else can change.
 */
export const sharedThroughSync: Rule = {
  name: "shared-through-sync",
  description: "Protocol code captures nothing mutable and changes nothing but what it has made.",
  check({ protocol, sources }, report) {
    for (const source of outsideSync(sources)) {
      for (const statement of source.getVariableStatements()) {
        report.look();
        if (statement.getDeclarationKind() === VariableDeclarationKind.Const) continue;
        report.find(statement, "a module keeps a variable", PASS_ON);
      }
    }
    for (const code of [...protocol.functions, ...protocol.helpers()]) {
      report.look();
      checkChanges(code, report);
      for (const identifier of code.getDescendantsOfKind(SyntaxKind.Identifier)) {
        checkName(protocol, code, identifier, report);
      }
    }
  },
};

function checkName(
  protocol: ProtocolCode,
  code: CodeFunction,
  identifier: Node,
  report: Report,
): void {
  if (!Node.isIdentifier(identifier) || isPartOfName(identifier)) return;
  const declaration = declarationOf(identifier);
  if (declaration === undefined || isInside(declaration, code)) return;
  if (Node.isVariableDeclaration(declaration) && !isConstant(declaration)) {
    report.find(identifier, `${identifier.getText()} is a variable of somebody else`, PASS_ON);
  }
  const fromSync = pathOf(declaration.getSourceFile()).startsWith(SYNC);
  if (fromSync && isCallableOrClass(declaration) && !protocol.primitives.has(declaration)) {
    report.find(
      identifier,
      `${functionName(code)} uses ${identifier.getText()}, which is no primitive`,
      "touch shared memory by the functions of src/sync/primitives.ts only",
    );
  }
}

const isConstant = (node: Node): boolean =>
  Node.isVariableDeclaration(node) &&
  node.getVariableStatement()?.getDeclarationKind() === VariableDeclarationKind.Const;

const isCallableOrClass = (node: Node): boolean =>
  Node.isFunctionDeclaration(node) ||
  Node.isClassDeclaration(node) ||
  (Node.isVariableDeclaration(node) && Node.isArrowFunction(node.getInitializer()));

/** The `b` of `a.b`, a key of an object literal, and whatever is written for types only. */
function isPartOfName(identifier: Node): boolean {
  const parent = identifier.getParent();
  return (
    (Node.isPropertyAccessExpression(parent) && parent.getNameNode() === identifier) ||
    (Node.isPropertyAssignment(parent) && parent.getNameNode() === identifier) ||
    identifier.getParentWhile(Node.isTypeNode) !== undefined
  );
}

function checkChanges(code: CodeFunction, report: Report): void {
  for (const node of code.getDescendants()) {
    const changed = assignedBy(node) ?? changedBy(node);
    if (changed === undefined || isOwn(changed, assignedBy(node) !== undefined, code)) continue;
    report.find(
      node,
      `${functionName(code)} changes ${changed.getText()}, which it has not made`,
      "make a new value, or declare a location and write it by a primitive of src/sync",
    );
  }
}

/** What stands on the left of an assignment, or is counted up or down. */
function assignedBy(node: Node): Node | undefined {
  if (Node.isBinaryExpression(node) && /^([^=!<>]|<<|>>>?)*=$/.test(operatorOf(node))) {
    return unwrapped(node.getLeft());
  }
  if (!Node.isPrefixUnaryExpression(node) && !Node.isPostfixUnaryExpression(node)) return undefined;
  const token = node.getOperatorToken();
  const counts = token === SyntaxKind.PlusPlusToken || token === SyntaxKind.MinusMinusToken;
  return counts ? unwrapped(node.getOperand()) : undefined;
}

/** The object that a call or a `delete` changes. */
function changedBy(node: Node): Node | undefined {
  if (Node.isDeleteExpression(node)) return node.getExpression();
  if (!Node.isCallExpression(node)) return undefined;
  const callee = node.getExpression();
  if (CHANGING_FIRST.test(callee.getText())) return node.getArguments()[0];
  const method = Node.isPropertyAccessExpression(callee) ? callee : undefined;
  return method && CHANGING.test(method.getName()) ? method.getExpression() : undefined;
}

const operatorOf = (node: Node & { getOperatorToken(): Node }): string =>
  node.getOperatorToken().getText();

/** Whether the function made the object, or, for a variable that is assigned, declared it. */
function isOwn(changed: Node, assigned: boolean, code: CodeFunction): boolean {
  const root = rootOf(changed);
  const declaration = Node.isIdentifier(root) ? declarationOf(root) : undefined;
  // What is made on the spot may be changed, but a pattern that is assigned to may name anything.
  if (declaration === undefined) return isNew(root) && !(assigned && root === changed);
  if (!isInside(declaration, code)) return false;
  if (assigned && root === changed) return true;
  return Node.isVariableDeclaration(declaration) && isNew(declaration.getInitializer());
}

const isNew = (value: Node | undefined): boolean =>
  Node.isNewExpression(value) ||
  Node.isArrayLiteralExpression(value) ||
  Node.isObjectLiteralExpression(value);
