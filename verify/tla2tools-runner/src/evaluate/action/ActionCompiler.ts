import type {
  BuiltinExpression,
  Expression,
  ReferenceExpression,
} from "../../module/Expression.js";
import type { Compiler } from "../compile/Compiler.js";
import { compileBounds, type EachBinding } from "../compile/compileBounds.js";
import { compileDefinitions } from "../compile/compileChoices.js";
import { Scope } from "../compile/Scope.js";
import type { Env, PartialState, Test } from "../compile/Slot.js";
import { builtinNode } from "../specialise/build.js";
import { toFinite, toSet } from "../values/sets.js";
import type { Value } from "../values/Value.js";

/** A state whose variables are being assigned. */
export type Assigned = (Value | undefined)[];

/**
 * Assigns variables in all ways that satisfy an action, and calls `then` for each. Stops and
 * answers true as soon as `then` does. Afterwards the assigned state is as it was before.
 */
export type Step = (env: Env, state: PartialState, next: PartialState, then: Then) => boolean;

export type Then = () => boolean;

/** Makes what is called whenever a part of an action, in its scope, does not hold. */
export type OnRefusal = (part: Expression, scope: Scope) => (...at: Parameters<Test>) => void;

/**
 * Compiles actions as TLC enumerates their steps: from left to right; an equation or a membership
 * of a variable that has no value yet gives it one, and is a test otherwise.
 */
export class ActionCompiler {
  private readonly compiler: Compiler;
  private readonly assigns: "next" | "initial";
  private readonly onRefusal: OnRefusal | undefined;

  /**
   * @param assigns whether the variables of the next state are assigned, or those of an initial
   *   state; the array that is assigned comes as that state, and belongs to the enumeration
   */
  constructor(compiler: Compiler, assigns: "next" | "initial", onRefusal?: OnRefusal) {
    this.compiler = compiler;
    this.assigns = assigns;
    this.onRefusal = onRefusal;
  }

  compile(expression: Expression, scope: Scope): Step {
    if (this.isGuard(expression)) return this.guard(expression, scope);
    switch (expression.kind) {
      case "builtin":
        return this.builtin(expression, scope);
      case "definition":
        return this.call(expression, scope);
      case "exists": {
        const { inner, each } = compileBounds(this.compiler, expression.bounds, scope);
        const body = this.compile(expression.body, inner);
        return (env, state, next, then) =>
          each(env, state, next, (at) => body(at, state, next, then));
      }
      case "forall": {
        const { inner, each } = compileBounds(this.compiler, expression.bounds, scope);
        return allOf(each, this.compile(expression.body, inner));
      }
      case "let": {
        const { inner, extend } = compileDefinitions(this.compiler, expression, scope);
        const body = this.compile(expression.body, inner);
        return (env, state, next, then) => body(extend(env), state, next, then);
      }
      case "case": {
        const fail = this.compiler.theory.failAt(expression.place);
        const arms = expression.arms.map(({ guard, value }) => ({
          test: guard && this.compiler.compileTest(guard, scope, "the guard of a CASE"),
          body: this.compile(value, scope),
        }));
        return (env, state, next, then) => {
          const arm = arms.find(({ test }) => test === null || test(env, state, next));
          if (arm === undefined) return fail("no arm of the CASE is true");
          return arm.body(env, state, next, then);
        };
      }
      default:
        return this.guard(expression, scope);
    }
  }

  private builtin(expression: BuiltinExpression, scope: Scope): Step {
    const { operator, operands } = expression;
    const [first, second] = operands;
    switch (operator) {
      case "/\\":
        return this.sequence(operands, scope);
      case "\\/":
        return anyOf(operands.map((operand) => this.compile(operand, scope)));
      case "=>": {
        const test = this.compiler.compileTest(first, scope, "the left operand of =>");
        const body = this.compile(second, scope);
        return (env, state, next, then) =>
          test(env, state, next) ? body(env, state, next, then) : then();
      }
      case "if": {
        const test = this.compiler.compileTest(first, scope, "the condition of an IF");
        const [yes, no] = operands.slice(1).map((branch) => this.compile(branch, scope));
        return (env, state, next, then) =>
          test(env, state, next) ? yes(env, state, next, then) : no(env, state, next, then);
      }
      case "=":
      case "\\in": {
        const index = this.assignedVariable(first);
        if (index < 0) return this.guard(expression, scope);
        return operator === "="
          ? this.equation(expression, index, scope)
          : this.choice(expression, index, scope);
      }
      case "UNCHANGED":
        return this.assigns === "next"
          ? this.unchanged(first, scope)
          : this.guard(expression, scope);
      case "squareAction":
        return anyOf([this.compile(first, scope), this.unchanged(second, scope)]);
      case "angleAction": {
        const isSame = builtinNode("UNCHANGED", [second], second.place);
        const changes = this.guard(builtinNode("~", [isSame], second.place), scope);
        return inSequence([this.compile(first, scope), changes]);
      }
      default:
        return this.guard(expression, scope);
    }
  }

  /**
   * Conjuncts, from the left. Once every variable has a value TLC only tests what is left, which
   * makes a difference where that can be satisfied in several ways.
   */
  private sequence(conjuncts: readonly Expression[], scope: Scope): Step {
    const last: Step = (_env, _state, _next, then) => then();
    return conjuncts.reduceRight<Step>((rest, conjunct, index) => {
      if (this.isGuard(conjunct)) return this.guarded(conjunct, scope, rest);
      const step = inSequence([this.compile(conjunct, scope), rest]);
      if (index === 0 || !hasWays(conjunct)) return step;
      const tested = this.guarded(conjunct, scope, rest);
      return (env, state, next, then) => {
        const isTested = !this.target(state, next).includes(undefined);
        return (isTested ? tested : step)(env, state, next, then);
      };
    }, last);
  }

  /** A guard that calls on the rest without a closure. */
  private guarded(guard: Expression, scope: Scope, rest: Step): Step {
    const test = this.compiler.compileTest(guard, scope, "an action");
    const refused = this.onRefusal?.(guard, scope);
    return (env, state, next, then) => {
      if (test(env, state, next)) return rest(env, state, next, then);
      refused?.(env, state, next);
      return false;
    };
  }

  /** Whether it is enough to test an expression: for a refusal it does not matter how often. */
  private isGuard(expression: Expression): boolean {
    const isAction = expression.level >= (this.assigns === "next" ? 2 : 1);
    return !isAction && (this.onRefusal !== undefined || !hasWays(expression));
  }

  private guard(expression: Expression, scope: Scope): Step {
    const test = this.compiler.compileTest(expression, scope, "an action");
    const refused = this.onRefusal?.(expression, scope);
    return (env, state, next, then) => {
      if (test(env, state, next)) return then();
      refused?.(env, state, next);
      return false;
    };
  }

  /** The variable that the left side of an equation stands for, or -1. */
  private assignedVariable(left: Expression): number {
    const { theory } = this.compiler;
    if (this.assigns === "initial")
      return left.kind === "variable" ? theory.indexOf(left.name) : -1;
    if (left.kind !== "builtin" || left.operator !== "'") return -1;
    const [of] = left.operands;
    return of.kind === "variable" ? theory.indexOf(of.name) : -1;
  }

  private target(state: PartialState, next: PartialState): Assigned {
    return (this.assigns === "next" ? next : state) as Assigned;
  }

  private equation(expression: BuiltinExpression, index: number, scope: Scope): Step {
    const value = this.compiler.compileValue(expression.operands[1], scope);
    const test = this.guard(expression, scope);
    return (env, state, next, then) => {
      const target = this.target(state, next);
      if (target[index] !== undefined) return test(env, state, next, then);
      target[index] = value(env, state, next);
      const stopped = then();
      target[index] = undefined;
      return stopped;
    };
  }

  private choice(expression: BuiltinExpression, index: number, scope: Scope): Step {
    const { theory } = this.compiler;
    const fail = theory.failAt(expression.place);
    const set = this.compiler.compile(expression.operands[1], scope);
    const test = this.guard(expression, scope);
    const refused = this.onRefusal?.(expression, scope);
    return (env, state, next, then) => {
      const target = this.target(state, next);
      if (target[index] !== undefined) return test(env, state, next, then);
      const any = toSet(set(env, state, next), "the right operand of \\in", fail);
      const { elements } = toFinite(any, theory.table, fail);
      if (elements.length === 0) refused?.(env, state, next);
      const stopped = elements.some((element) => {
        target[index] = element;
        return then();
      });
      target[index] = undefined;
      return stopped;
    };
  }

  private unchanged(of: Expression, scope: Scope): Step {
    if (of.kind === "builtin" && of.operator === "tuple") {
      const steps = of.operands.map((part) => this.unchanged(part, scope));
      return steps.length === 0 ? (_env, _state, _next, then) => then() : inSequence(steps);
    }
    const test = this.guard(builtinNode("UNCHANGED", [of], of.place), scope);
    if (of.kind !== "variable") return test;
    const index = this.compiler.theory.indexOf(of.name);
    return (env, state, next, then) => {
      const target = next as Assigned;
      if (target[index] !== undefined) return test(env, state, next, then);
      target[index] = state[index];
      const stopped = then();
      target[index] = undefined;
      return stopped;
    };
  }

  /** An operator that calls itself, and so could not be put in the place of its call. */
  private call(expression: ReferenceExpression, scope: Scope): Step {
    const definition = this.compiler.theory.definitionOf(expression.name);
    if (scope.find(expression.name) !== undefined || definition === undefined) {
      return this.guard(expression, scope);
    }
    const slots = expression.operands.map((operand) => this.compiler.compileSlot(operand, scope));
    const names = definition.parameters.map(({ name }) => name);
    let body: Step | undefined;
    return (env, state, next, then) => {
      body ??= this.compile(definition.body, Scope.empty.bind(...names));
      let inner: Env = null;
      for (const slot of slots) inner = { slot: slot(env, state, next), up: inner };
      return body(inner, state, next, then);
    };
  }
}

/** Whether there may be several ways to satisfy an expression, or ways that differ. */
function hasWays(expression: Expression): boolean {
  switch (expression.kind) {
    case "exists":
    case "forall":
    case "let":
    case "case":
      return true;
    case "builtin":
      if (expression.operator === "/\\") return expression.operands.some(hasWays);
      return ["\\/", "=>", "if", "squareAction", "angleAction"].includes(expression.operator);
    default:
      return false;
  }
}

function inSequence(steps: readonly Step[]): Step {
  return steps.reduceRight(
    (rest, step) => (env, state, next, then) =>
      step(env, state, next, () => rest(env, state, next, then)),
  );
}

function anyOf(steps: readonly Step[]): Step {
  return (env, state, next, then) => steps.some((step) => step(env, state, next, then));
}

/** A conjunct for each binding. */
function allOf(each: EachBinding, body: Step): Step {
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
