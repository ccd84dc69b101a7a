import type {
  Definition,
  Expression,
  Level,
  ReferenceExpression,
} from "../../module/Expression.js";
import { assertNever } from "../../support/assertNever.js";
import type { Theory } from "../Theory.js";
import type { Fail } from "../values/Computed.js";
import { describeKind, toValue } from "../values/sets.js";
import type { Compiler, ComputeSlot, ComputeValue } from "./Compiler.js";
import { compileBuiltin } from "./compileBuiltin.js";
import { compileCase, compileLet } from "./compileChoices.js";
import { compileExcept } from "./compileExcept.js";
import { compileLazyFunction } from "./compileFunction.js";
import { compileQuantified } from "./compileQuantified.js";
import { compileStandard } from "./compileStandard.js";
import { outer, Scope } from "./Scope.js";
import {
  Cell,
  type Compute,
  NO_STATE,
  OperatorValue,
  type PartialState,
  type Slot,
  type Test,
  valueOfSlot,
} from "./Slot.js";

/** Turns expressions into functions, definitions once and on demand. */
export class ExpressionCompiler implements Compiler {
  private readonly bodies = new Map<Definition, Compute>();

  constructor(
    readonly theory: Theory,
    readonly stableLevel: Level = 1,
  ) {}

  compile(expression: Expression, scope: Scope): Compute {
    switch (expression.kind) {
      case "value":
      case "number":
      case "string": {
        const { value } = expression;
        return () => value;
      }
      case "variable":
        return this.variable(expression);
      case "constant":
      case "parameter":
      case "definition":
        return this.reference(expression, scope);
      case "standard":
        return this.isReplaced(expression.name)
          ? this.reference(expression, scope)
          : compileStandard(this, expression, scope);
      case "builtin":
        return compileBuiltin(this, expression, scope);
      case "forall":
      case "exists":
      case "choose":
      case "filter":
      case "map":
      case "function":
        return compileQuantified(this, expression, scope);
      case "let":
        return compileLet(this, expression, scope);
      case "case":
        return compileCase(this, expression, scope);
      case "except":
        return compileExcept(this, expression, scope);
      case "at":
        return this.slot("@", expression, scope);
      case "operator": {
        const fail = this.theory.failAt(expression.place);
        return () => fail("an operator is used as a value");
      }
      default:
        return assertNever(expression);
    }
  }

  compileValue(expression: Expression, scope: Scope): ComputeValue {
    const compute = this.compile(expression, scope);
    const fail = this.theory.failAt(expression.place);
    const { table } = this.theory;
    return (env, state, next) => {
      const computed = compute(env, state, next);
      return typeof computed === "object" ? toValue(computed, table, fail) : computed;
    };
  }

  compileTest(expression: Expression, scope: Scope, role: string): Test {
    const compute = this.compile(expression, scope);
    const fail = this.theory.failAt(expression.place);
    return (env, state, next) => {
      const computed = compute(env, state, next);
      if (typeof computed === "boolean") return computed;
      return fail(`${role} is ${describeKind(computed)} and not a boolean`);
    };
  }

  compileSlot(expression: Expression, scope: Scope): ComputeSlot {
    if (expression.kind === "operator") {
      const names = expression.parameters.map(({ name }) => name);
      const body = this.compile(expression.body, scope.bind(...names));
      return (env) => new OperatorValue(body, env);
    }
    if (expression.kind === "parameter" && expression.operands.length === 0) {
      const binding = scope.find(expression.name);
      if (binding?.kind === "slot") {
        const hops = scope.depth - 1 - binding.depth;
        return (env) => outer(env, hops)?.slot as Slot;
      }
    }
    const compute = this.compile(expression, scope);
    if (isLiteral(expression)) return compute;
    const { level } = expression;
    const { stableLevel } = this;
    return (env) => new Cell(compute, env, level, stableLevel);
  }

  /** A definition's body in the scope of its parameters, above `scope`. */
  body(definition: Definition, scope: Scope): Compute {
    const known = this.bodies.get(definition);
    if (known !== undefined) return known;
    let compiled: Compute | undefined;
    const names = definition.parameters.map(({ name }) => name);
    // Compiled at its first use: it may call itself.
    const compute: Compute = (env, state, next) => {
      compiled ??= this.compileBody(definition, scope.bind(...names));
      return compiled(env, state, next);
    };
    // A constant definition has one value, and no environment and no state.
    const isConstant = definition.level === 0 && names.length === 0 && scope.depth === 0;
    const made = isConstant ? once(compute) : compute;
    this.bodies.set(definition, made);
    return made;
  }

  compileBody({ body, isRecursive }: Definition, scope: Scope): Compute {
    return isRecursive && body.kind === "function"
      ? compileLazyFunction(this, body, scope)
      : this.compile(body, scope);
  }

  private isReplaced(name: string): boolean {
    return this.theory.valueOf(name) !== undefined || this.theory.definitionOf(name) !== undefined;
  }

  private variable({ name, place }: ReferenceExpression): Compute {
    const index = this.theory.indexOf(name);
    const fail = this.theory.failAt(place);
    return (_, state) => {
      const value = state[index];
      return value === undefined ? noValue(name, state, fail) : value;
    };
  }

  private reference(expression: ReferenceExpression, scope: Scope): Compute {
    const { name, operands } = expression;
    const binding = scope.find(name);
    if (binding?.kind === "slot") return this.slot(name, expression, scope);
    if (binding?.kind === "local") {
      const hops = scope.depth - binding.scope.depth;
      return this.call(this.body(binding.definition, binding.scope), operands, scope, hops);
    }
    const value = this.theory.valueOf(name);
    if (value !== undefined) return () => value;
    const definition = this.theory.definitionOf(name);
    if (definition === undefined) {
      const fail = this.theory.failAt(expression.place);
      const what = `${name} has no value`;
      return () => fail(what);
    }
    const body = this.body(definition, Scope.empty);
    if (operands.length === 0) return (_, state, next) => body(null, state, next);
    return this.call(body, operands, scope, scope.depth);
  }

  /** A call of a body whose parameters come on top of the environment `hops` further out. */
  private call(
    body: Compute,
    operands: readonly Expression[],
    scope: Scope,
    hops: number,
  ): Compute {
    const slots = operands.map((operand) => this.compileSlot(operand, scope));
    return (env, state, next) => {
      let inner = outer(env, hops);
      for (const slot of slots) inner = { slot: slot(env, state, next), up: inner };
      return body(inner, state, next);
    };
  }

  private slot(name: string, expression: Expression, scope: Scope): Compute {
    const binding = scope.find(name);
    if (binding?.kind !== "slot") {
      const fail = this.theory.failAt(expression.place);
      return () => fail(`${name} has no value`);
    }
    const hops = scope.depth - 1 - binding.depth;
    const operands = expression.kind === "parameter" ? expression.operands : [];
    if (operands.length > 0) {
      const slots = operands.map((operand) => this.compileSlot(operand, scope));
      return (env, state, next) => {
        const operator = outer(env, hops)?.slot as OperatorValue;
        return operator.apply(
          slots.map((slot) => slot(env, state, next)),
          state,
          next,
        );
      };
    }
    return (env, state, next) => valueOfSlot(outer(env, hops)?.slot as Slot, state, next);
  }
}

function once(body: Compute): Compute {
  let value: ReturnType<Compute> | undefined;
  return () => {
    value ??= body(null, NO_STATE, NO_STATE);
    return value;
  };
}

function noValue(name: string, state: PartialState, fail: Fail): never {
  return fail(
    state.length === 0
      ? `the variable ${name} has no value here: there is no such state`
      : `the variable ${name} has no value here: nothing has given it one yet`,
  );
}

const isLiteral = ({ kind }: Expression): boolean =>
  kind === "value" || kind === "number" || kind === "string";
