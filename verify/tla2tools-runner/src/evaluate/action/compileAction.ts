import type { BuiltinExpression, Expression, ReferenceExpression } from "../../module/Expression.js";
import type { Compiler } from "../compile/Compiler.js";
import { compileBounds } from "../compile/compileBounds.js";
import { compileDefinitions } from "../compile/compileChoices.js";
import { Scope } from "../compile/Scope.js";
import type { Env, PartialState } from "../compile/Slot.js";
import { isElement, toFinite, toSet, unlike } from "../values/sets.js";
import type { Value } from "../values/Value.js";

/** A state whose variables are being assigned. */
export type Assigned = (Value | undefined)[];

/**
 * Assigns variables in all ways that satisfy an action, and calls `then` for each. Stops and
 * answers true as soon as `then` does. Afterwards the assigned state is as it was before.
 */
export type Step = (env: Env, state: PartialState, next: PartialState, then: Then) => boolean;

export type Then = () => boolean;

/** Whether the variables of the next state are assigned, or those of an initial state. */
export type Assigns = "next" | "initial";

/**
 * Compiles an action as TLC enumerates its steps: from left to right; an equation or a membership
 * of a variable that has no value yet gives it one, and is a test otherwise.
 */
export function compileAction(
  compiler: Compiler,
  expression: Expression,
  scope: Scope,
  assigns: Assigns,
): Step {
  const inner = (part: Expression, within = scope) => compileAction(compiler, part, within, assigns);
  if (expression.level < (assigns === "next" ? 2 : 1)) return compileGuard(compiler, expression, scope);
  switch (expression.kind) {
    case "builtin":
      return compileOperator(compiler, expression, scope, assigns);
    case "definition":
      return compileCall(compiler, expression, scope, assigns);
    case "exists": {
      const bounds = compileBounds(compiler, expression.bounds, scope);
      const body = inner(expression.body, bounds.inner);
      return (env, state, next, then) =>
        bounds.each(env, state, next, (at) => body(at, state, next, then));
    }
    case "forall": {
      const bounds = compileBounds(compiler, expression.bounds, scope);
      return allOf(bounds.each, inner(expression.body, bounds.inner));
    }
    case "let": {
      const definitions = compileDefinitions(compiler, expression, scope);
      const body = inner(expression.body, definitions.inner);
      return (env, state, next, then) => body(definitions.extend(env), state, next, then);
    }
    case "case": {
      const fail = compiler.theory.failAt(expression.place);
      const arms = expression.arms.map(({ guard, value }) => ({
        test: guard && compiler.compileTest(guard, scope, "the guard of a CASE"),
        body: inner(value),
      }));
      return (env, state, next, then) => {
        const arm = arms.find(({ test }) => test === null || test(env, state, next));
        if (arm === undefined) return fail("no arm of the CASE is true");
        return arm.body(env, state, next, then);
      };
    }
    default:
      return compileGuard(compiler, expression, scope);
  }
}

function compileGuard(compiler: Compiler, expression: Expression, scope: Scope): Step {
  const test = compiler.compileTest(expression, scope, "an action");
  return (env, state, next, then) => test(env, state, next) && then();
}

function compileOperator(
  compiler: Compiler,
  expression: BuiltinExpression,
  scope: Scope,
  assigns: Assigns,
): Step {
  const { operator, operands } = expression;
  const inner = (part: Expression) => compileAction(compiler, part, scope, assigns);
  switch (operator) {
    case "/\\":
      return inSequence(operands.map(inner));
    case "\\/":
      return anyOf(operands.map(inner));
    case "=>": {
      const test = compiler.compileTest(operands[0], scope, "the left operand of =>");
      const body = inner(operands[1]);
      return (env, state, next, then) =>
        test(env, state, next) ? body(env, state, next, then) : then();
    }
    case "if": {
      const test = compiler.compileTest(operands[0], scope, "the condition of an IF");
      const [yes, no] = operands.slice(1).map(inner);
      return (env, state, next, then) =>
        test(env, state, next) ? yes(env, state, next, then) : no(env, state, next, then);
    }
    case "=":
    case "\\in": {
      const index = assignedVariable(compiler, operands[0], assigns);
      if (index < 0) return compileGuard(compiler, expression, scope);
      const assign = operator === "=" ? compileEquation : compileChoice;
      return assign(compiler, expression, index, scope, assigns);
    }
    case "UNCHANGED":
      if (assigns === "initial") return compileGuard(compiler, expression, scope);
      return compileUnchanged(compiler, operands[0], scope);
    case "squareAction":
      return anyOf([inner(operands[0]), compileUnchanged(compiler, operands[1], scope)]);
    case "angleAction": {
      const body = inner(operands[0]);
      const changed = { ...expression, operator: "~", operands: [unchanged(operands[1])] } as const;
      return inSequence([body, compileGuard(compiler, changed, scope)]);
    }
    default:
      return compileGuard(compiler, expression, scope);
  }
}

const unchanged = (of: Expression): Expression => {
  return { kind: "builtin", operator: "UNCHANGED", operands: [of], place: of.place, level: 2 };
};

function inSequence(steps: readonly Step[]): Step {
  return (env, state, next, then) => {
    const from = (index: number): boolean =>
      index === steps.length ? then() : steps[index](env, state, next, () => from(index + 1));
    return from(0);
  };
}

function anyOf(steps: readonly Step[]): Step {
  return (env, state, next, then) => steps.some((step) => step(env, state, next, then));
}

/** A conjunct for each binding. */
function allOf(each: ReturnType<typeof compileBounds>["each"], body: Step): Step {
  return (env, state, next, then) => {
    const envs: Env[] = [];
    each(env, state, next, (at) => {
      envs.push(at);
      return false;
    });
    const from = (index: number): boolean =>
      index === envs.length ? then() : body(envs[index], state, next, () => from(index + 1));
    return from(0);
  };
}

/** The variable that the left side of an equation stands for, or -1. */
function assignedVariable(compiler: Compiler, left: Expression, assigns: Assigns): number {
  if (assigns === "initial") {
    return left.kind === "variable" ? compiler.theory.indexOf(left.name) : -1;
  }
  if (left.kind !== "builtin" || left.operator !== "'") return -1;
  const [of] = left.operands;
  return of.kind === "variable" ? compiler.theory.indexOf(of.name) : -1;
}

/** The array that is assigned: an enumeration hands it in as a state, and owns it. */
const assigned = (assigns: Assigns, state: PartialState, next: PartialState): Assigned =>
  (assigns === "next" ? next : state) as Assigned;

function compileEquation(
  compiler: Compiler,
  { operands: [, right], place }: BuiltinExpression,
  index: number,
  scope: Scope,
  assigns: Assigns,
): Step {
  const value = compiler.compileValue(right, scope);
  const { table } = compiler.theory;
  const onUnlike = unlike(compiler.theory.failAt(place));
  return (env, state, next, then) => {
    const target = assigned(assigns, state, next);
    const made = value(env, state, next);
    const old = target[index];
    if (old !== undefined) return table.equal(old, made, onUnlike) && then();
    target[index] = made;
    const stopped = then();
    target[index] = undefined;
    return stopped;
  };
}

function compileChoice(
  compiler: Compiler,
  { operands: [, right], place }: BuiltinExpression,
  index: number,
  scope: Scope,
  assigns: Assigns,
): Step {
  const compute = compiler.compile(right, scope);
  const { table } = compiler.theory;
  const fail = compiler.theory.failAt(place);
  return (env, state, next, then) => {
    const target = assigned(assigns, state, next);
    const set = toSet(compute(env, state, next), "the right operand of \\in", fail);
    const old = target[index];
    if (old !== undefined) return isElement(old, set, table, fail) && then();
    const stopped = toFinite(set, table, fail).elements.some((element) => {
      target[index] = element;
      return then();
    });
    target[index] = undefined;
    return stopped;
  };
}

function compileUnchanged(compiler: Compiler, of: Expression, scope: Scope): Step {
  if (of.kind === "builtin" && of.operator === "tuple") {
    return inSequence(of.operands.map((part) => compileUnchanged(compiler, part, scope)));
  }
  if (of.kind !== "variable") return compileGuard(compiler, unchanged(of), scope);
  const index = compiler.theory.indexOf(of.name);
  const fail = compiler.theory.failAt(of.place);
  const { table } = compiler.theory;
  return (_, state, next, then) => {
    const target = next as Assigned;
    const [before, old] = [state[index], target[index]];
    if (before === undefined) return fail(`the variable ${of.name} has no value here`);
    if (old !== undefined) return table.equal(old, before, unlike(fail)) && then();
    target[index] = before;
    const stopped = then();
    target[index] = undefined;
    return stopped;
  };
}

/** An operator that calls itself, and could not be put in the place of its call. */
function compileCall(
  compiler: Compiler,
  expression: ReferenceExpression,
  scope: Scope,
  assigns: Assigns,
): Step {
  const binding = scope.find(expression.name);
  const definition = compiler.theory.definitionOf(expression.name);
  if (binding !== undefined || definition === undefined) {
    return compileGuard(compiler, expression, scope);
  }
  const slots = expression.operands.map((operand) => compiler.compileSlot(operand, scope));
  const names = definition.parameters.map(({ name }) => name);
  let body: Step | undefined;
  return (env, state, next, then) => {
    body ??= compileAction(compiler, definition.body, Scope.empty.bind(...names), assigns);
    let inner: Env = null;
    for (const slot of slots) inner = { slot: slot(env, state, next), up: inner };
    return body(inner, state, next, then);
  };
}
