/**
 * Walks protocol code along all its paths, through the functions that it calls, carrying what a
 * rule wants to know: which locks are held, which cells have been read.
 *
 * Conditions are not evaluated: both branches are taken, and what they know is joined. A loop's
 * body is walked twice, which is enough for knowledge that steps add and take away whatever was
 * known before. A variable that is bound anew in each round of a loop counts as one object.
 */
import {
  type BreakStatement,
  type CallExpression,
  type ContinueStatement,
  type IterationStatement,
  Node,
  type ReturnStatement,
  type SwitchStatement,
  type ThrowStatement,
} from "ts-morph";
import { declarationOf, unwrapped } from "./names.js";
import { type CodeFunction, type ProtocolCode, type Step, targetsOf } from "./protocolCode.js";

/** A step with the identity of the context whose location it touches. */
export interface WalkedStep extends Step {
  /** Equal for two steps if their locations are in one context; empty for what is global. */
  readonly owner: string;
}

/** What is known on a path. States are never changed in place. */
export interface Knowledge<S> {
  readonly initial: S;
  readonly join: (a: S, b: S) => S;
  readonly step: (before: S, step: WalkedStep) => S;
  /** What is known where a case of a switch begins. */
  readonly enterCase?: (before: S) => S;
  /** A call that the walk cannot follow, since the function is being walked already. */
  readonly recursion?: (call: CallExpression) => void;
}

/** Parameter -> the identity of the object that is passed. */
type Bindings = ReadonlyMap<Node, string>;

/** Undefined where no path arrives. */
type Reached<S> = S | undefined;

/** A loop or a switch that is being walked, and what is known where it is left early. */
interface Scope<S> {
  readonly node: Node;
  broken: Reached<S>;
  continued: Reached<S>;
}

/** Walks from every function that no other protocol function calls. */
export function walkProtocol<S>(protocol: ProtocolCode, knowledge: Knowledge<S>): void {
  for (const root of protocol.roots()) {
    new Walk(protocol, knowledge, root, new Map(), [root]).run(knowledge.initial);
  }
}

/** The walk through one call of one function. */
class Walk<S> {
  /** What is known where the function returns. */
  private returned: Reached<S>;
  private readonly left: Scope<S>[] = [];

  constructor(
    private readonly protocol: ProtocolCode,
    private readonly knowledge: Knowledge<S>,
    private readonly code: CodeFunction,
    private readonly bindings: Bindings,
    private readonly stack: readonly CodeFunction[],
  ) {}

  run(initial: S): Reached<S> {
    const body =
      Node.isBodied(this.code) || Node.isBodyable(this.code) ? this.code.getBody() : null;
    const end = body ? this.walk(body, initial) : initial;
    return this.join(this.returned, end);
  }

  private join(a: Reached<S>, b: Reached<S>): Reached<S> {
    if (a === undefined || b === undefined) return a ?? b;
    return this.knowledge.join(a, b);
  }

  private walk(node: Node | undefined, before: Reached<S>): Reached<S> {
    if (node === undefined || before === undefined) return before;
    if (node !== this.code && Node.isFunctionLikeDeclaration(node)) return before;
    if (Node.isIfStatement(node)) {
      const at = this.walk(node.getExpression(), before);
      const otherwise = this.walk(node.getElseStatement(), at);
      return this.join(this.walk(node.getThenStatement(), at), otherwise);
    }
    if (Node.isConditionalExpression(node)) {
      const at = this.walk(node.getCondition(), before);
      return this.join(this.walk(node.getWhenTrue(), at), this.walk(node.getWhenFalse(), at));
    }
    if (Node.isBinaryExpression(node) && /^(&&|\|\||\?\?)=?$/.test(operatorOf(node))) {
      const at = this.walk(node.getLeft(), before);
      return this.join(at, this.walk(node.getRight(), at));
    }
    if (Node.isSwitchStatement(node)) return this.walkSwitch(node, before);
    if (Node.isIterationStatement(node)) return this.walkLoop(node, before);
    if (isLeaving(node)) return this.leave(node, before);
    let at: Reached<S> = before;
    for (const child of node.forEachChildAsArray()) at = this.walk(child, at);
    return Node.isCallExpression(node) && at !== undefined ? this.call(node, at) : at;
  }

  /** A statement behind which nothing is reached. */
  private leave(node: LeavingStatement, before: S): undefined {
    if (Node.isReturnStatement(node)) {
      this.returned = this.join(this.returned, this.walk(node.getExpression(), before));
    } else if (Node.isThrowStatement(node)) {
      this.walk(node.getExpression(), before);
    } else {
      const breaks = Node.isBreakStatement(node);
      const scope = this.left.findLast((one) => breaks || !Node.isSwitchStatement(one.node));
      const way = breaks ? "broken" : "continued";
      if (scope) scope[way] = this.join(scope[way], before);
    }
  }

  private walkSwitch(node: SwitchStatement, before: S): Reached<S> {
    const at = this.walk(node.getExpression(), before);
    if (at === undefined) return at;
    const scope: Scope<S> = { node, broken: undefined, continued: undefined };
    this.left.push(scope);
    const enter = this.knowledge.enterCase ?? ((state: S) => state);
    let falling: Reached<S>;
    let hasDefault = false;
    for (const clause of node.getClauses()) {
      hasDefault ||= Node.isDefaultClause(clause);
      falling = this.join(enter(at), falling);
      for (const statement of clause.getStatements()) falling = this.walk(statement, falling);
    }
    this.left.pop();
    return this.join(this.join(scope.broken, falling), hasDefault ? undefined : at);
  }

  private walkLoop(node: IterationStatement, before: S): Reached<S> {
    const { first, test, update } = partsOf(node);
    const scope: Scope<S> = { node, broken: undefined, continued: undefined };
    let at = this.walk(first, before);
    let exit: Reached<S>;
    this.left.push(scope);
    for (let round = 0; round < 2; round++) {
      if (!Node.isDoStatement(node)) {
        at = this.walk(test, at);
        if (!isEndless(node)) exit = this.join(exit, at);
      }
      let end = this.join(this.walk(node.getStatement(), at), scope.continued);
      end = this.walk(update, end);
      if (Node.isDoStatement(node)) exit = end = this.walk(test, end);
      at = this.join(at, end);
    }
    this.left.pop();
    return this.join(exit, scope.broken);
  }

  private call(node: CallExpression, before: S): Reached<S> {
    const step = this.protocol.stepOf(node);
    if (step !== undefined) {
      const global = step.location?.global || step.base === undefined;
      const owner = global ? "" : this.identityOf(step.base as Node);
      return this.knowledge.step(before, { ...step, owner });
    }
    const called = targetsOf(node.getExpression()).filter((target): target is CodeFunction =>
      this.protocol.functions.includes(target as CodeFunction),
    );
    if (called.length === 0) return before;
    return called
      .map((code) => this.enter(node, code, before))
      .reduce((all, one) => this.join(all, one), undefined);
  }

  private enter(call: CallExpression, code: CodeFunction, before: S): Reached<S> {
    if (this.stack.includes(code)) {
      this.knowledge.recursion?.(call);
      return before;
    }
    const args = call.getArguments();
    const bindings = new Map<Node, string>();
    for (const [i, parameter] of code.getParameters().entries()) {
      if (args[i] !== undefined) bindings.set(parameter, this.identityOf(args[i]));
    }
    const stack = [...this.stack, code];
    return new Walk(this.protocol, this.knowledge, code, bindings, stack).run(before);
  }

  /** A name for the object that an expression stands for; equal names mean the same object. */
  private identityOf(expression: Node): string {
    const node = unwrapped(expression);
    const declaration = Node.isIdentifier(node) ? declarationOf(node) : undefined;
    const at = declaration ?? node;
    if (Node.isParameterDeclaration(at)) return this.bindings.get(at) ?? identityAt(at);
    if (Node.isVariableDeclaration(at) && Node.isIdentifier(at.getInitializer())) {
      return this.identityOf(at.getInitializerOrThrow());
    }
    return identityAt(at);
  }
}

type LeavingStatement = ReturnStatement | ThrowStatement | BreakStatement | ContinueStatement;

const isLeaving = (node: Node): node is LeavingStatement =>
  Node.isReturnStatement(node) ||
  Node.isThrowStatement(node) ||
  Node.isBreakStatement(node) ||
  Node.isContinueStatement(node);

/** What runs once before a loop, before each round, and behind each round. */
function partsOf(node: IterationStatement): Record<"first" | "test" | "update", Node | undefined> {
  const none = { first: undefined, test: undefined, update: undefined };
  if (Node.isForStatement(node)) {
    const first = node.getInitializer();
    return { first, test: node.getCondition(), update: node.getIncrementor() };
  }
  if (Node.isWhileStatement(node) || Node.isDoStatement(node)) {
    return { ...none, test: node.getExpression() };
  }
  const over = Node.isForOfStatement(node) || Node.isForInStatement(node);
  return over ? { ...none, first: node.getExpression() } : none;
}

/** Whether a loop is left by a break or a return only. */
const isEndless = (node: IterationStatement): boolean =>
  (Node.isForStatement(node) && node.getCondition() === undefined) ||
  (Node.isWhileStatement(node) && Node.isTrueLiteral(node.getExpression()));

const identityAt = (node: Node): string => `${node.getSourceFile().getFilePath()}:${node.getPos()}`;

const operatorOf = (node: Node & { getOperatorToken(): Node }): string =>
  node.getOperatorToken().getText();
