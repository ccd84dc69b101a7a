/**
 * Protocol code as the rules see it: the generator functions of src/ outside src/sync, the steps
 * that they yield, and the functions that they call.
 */
import {
  type CallExpression,
  type FunctionLikeDeclaration,
  Node,
  type SourceFile,
  SyntaxKind,
} from "ts-morph";
import { type DeclaredLocation, readDeclaredLocations } from "./declaredLocations.js";
import { declarationOf, unwrapped } from "./names.js";
import { pathOf } from "./nodePlace.js";
import { type Primitive, readPrimitives } from "./primitives.js";

/** A function that has a body and parameters, in whatever form it is written. */
export type CodeFunction = FunctionLikeDeclaration & Node;

/** One call of a primitive in a protocol function. */
export interface Step {
  readonly call: CallExpression;
  readonly primitive: Primitive;
  readonly inside: CodeFunction;
  /** Undefined when the label is no string literal. */
  readonly label: string | undefined;
  /** The argument that is the label, or the call when there is none. */
  readonly labelNode: Node;
  /** Undefined when the argument cannot be traced to a field of a context. */
  readonly location: DeclaredLocation | undefined;
  /** What the field is taken from, such as `ctx` in `ctx.guestVers`. */
  readonly base: Node | undefined;
}

export class ProtocolCode {
  readonly locations: readonly DeclaredLocation[];
  readonly primitives: ReadonlyMap<Node, Primitive>;
  readonly functions: readonly CodeFunction[];
  readonly steps: readonly Step[];
  private readonly stepsByCall: ReadonlyMap<Node, Step>;

  constructor(sources: readonly SourceFile[]) {
    this.locations = readDeclaredLocations(sources);
    this.primitives = readPrimitives(sources);
    this.functions = sources
      .filter((source) => !pathOf(source).startsWith("src/sync/"))
      .flatMap((source) => source.getDescendants())
      .filter(isGenerator);
    this.steps = this.functions.flatMap((inside) => this.stepsIn(inside));
    this.stepsByCall = new Map(this.steps.map((step) => [step.call, step]));
  }

  /** The step that a call is, if it calls a primitive from a protocol function. */
  stepOf(call: Node): Step | undefined {
    return this.stepsByCall.get(call);
  }

  /** Generator functions that no other one calls: where a task begins. */
  roots(): readonly CodeFunction[] {
    const called = new Set(
      this.functions.flatMap((code) =>
        callsIn(code)
          .flatMap((call) => targetsOf(call.getExpression()))
          .filter((target) => target !== code),
      ),
    );
    return this.functions.filter((code) => !called.has(code));
  }

  /** Functions of src/ outside src/sync that protocol code calls, and those that they call. */
  helpers(): readonly CodeFunction[] {
    const found = new Set<CodeFunction>(this.functions);
    for (const code of found) {
      for (const target of callsIn(code).flatMap((call) => targetsOf(call.getExpression()))) {
        if (isCode(target) && !pathOf(target.getSourceFile()).startsWith("src/sync/")) {
          found.add(target);
        }
      }
    }
    return [...found].filter((code) => !isGenerator(code));
  }

  private stepsIn(inside: CodeFunction): readonly Step[] {
    return callsIn(inside).flatMap((call) => {
      const primitive = targetsOf(call.getExpression())
        .map((target) => this.primitives.get(target))
        .find((found) => found !== undefined);
      if (primitive === undefined) return [];
      const label = call.getArguments()[primitive.labelArgument];
      return {
        call,
        primitive,
        inside,
        label: Node.isStringLiteral(label) ? label.getLiteralText() : undefined,
        labelNode: label ?? call,
        ...this.locationOf(call.getArguments()[primitive.locationArgument]),
      };
    });
  }

  private locationOf(argument: Node | undefined): Pick<Step, "location" | "base"> {
    const node = argument === undefined ? undefined : unwrapped(argument);
    if (Node.isPropertyAccessExpression(node)) {
      const field = node.getName();
      const location = this.locations.find((declared) => declared.field === field);
      return { location, base: node.getExpression() };
    }
    const declaration = Node.isIdentifier(node) ? declarationOf(node) : undefined;
    if (Node.isVariableDeclaration(declaration) && declaration.getInitializer() !== undefined) {
      return this.locationOf(declaration.getInitializer());
    }
    if (Node.isBindingElement(declaration)) {
      const field = (declaration.getPropertyNameNode() ?? declaration.getNameNode()).getText();
      const location = this.locations.find((declared) => declared.field === field);
      const whole = declaration.getParent().getParent();
      const base = Node.isVariableDeclaration(whole) ? whole.getInitializer() : whole;
      return { location, base };
    }
    return { location: undefined, base: undefined };
  }
}

export const isGenerator = (node: Node): node is CodeFunction =>
  (Node.isFunctionDeclaration(node) ||
    Node.isFunctionExpression(node) ||
    Node.isMethodDeclaration(node)) &&
  node.isGenerator();

const isCode = (node: Node): node is CodeFunction =>
  Node.isFunctionDeclaration(node) ||
  Node.isFunctionExpression(node) ||
  Node.isArrowFunction(node) ||
  Node.isMethodDeclaration(node);

const callsIn = (code: Node): readonly CallExpression[] =>
  code.getDescendantsOfKind(SyntaxKind.CallExpression);

/**
 * The declarations that a callee may stand for: functions, and the constants of src/sync that are
 * primitives. A constant that chooses between functions stands for each of them.
 */
export function targetsOf(callee: Node): readonly Node[] {
  const node = unwrapped(callee);
  if (isCode(node)) return [node];
  if (Node.isConditionalExpression(node)) {
    return [...targetsOf(node.getWhenTrue()), ...targetsOf(node.getWhenFalse())];
  }
  const declaration = Node.isIdentifier(node) ? declarationOf(node) : undefined;
  if (declaration === undefined) return [];
  if (isCode(declaration)) return [declaration];
  if (!Node.isVariableDeclaration(declaration)) return [];
  if (pathOf(declaration.getSourceFile()).startsWith("src/sync/")) return [declaration];
  const value = declaration.getInitializer();
  return value === undefined ? [] : targetsOf(value);
}

/** `mediator.ts:vcpuCall`, as the table of actions names a function. */
export function functionName(code: CodeFunction): string {
  const file = pathOf(code.getSourceFile()).replace(/^src\//, "");
  const name = Node.hasName(code) ? code.getName() : undefined;
  return `${file}:${name ?? `line ${code.getStartLineNumber()}`}`;
}

/** `guest_vers (guestVers)`: the field of the C code, and how protocol code spells it. */
export const describeCell = ({ name, field }: DeclaredLocation): string => `${name} (${field})`;
