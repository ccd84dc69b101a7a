import type { Expression, Place } from "../module/Expression.js";
import { ExpressionCompiler } from "./compile/ExpressionCompiler.js";
import { Scope } from "./compile/Scope.js";
import { type Env, NO_STATE, type PartialState } from "./compile/Slot.js";
import { valueNode } from "./specialise/build.js";
import { ExpressionSpecialiser } from "./specialise/ExpressionSpecialiser.js";
import { Names } from "./specialise/Names.js";
import { freeNames } from "./specialise/traverse.js";
import type { Theory } from "./Theory.js";
import type { Value } from "./values/Value.js";

/** The values of a model's variables, in the order of `Theory.variables`. */
export type State = readonly Value[];

/** Where an expression is evaluated: what its names stand for. */
export interface Surroundings {
  readonly theory: Theory;
  /** For the names that are free in the expression. */
  readonly parameters?: ReadonlyMap<string, Value>;
  readonly state?: State;
  /** The next state, for primed variables. */
  readonly next?: State;
}

const compilers = new WeakMap<Theory, ExpressionCompiler>();

/** The compiler of a theory; it keeps what it has compiled. */
export function compilerOf(theory: Theory): ExpressionCompiler {
  const known = compilers.get(theory);
  if (known !== undefined) return known;
  const made = new ExpressionCompiler(theory);
  compilers.set(theory, made);
  return made;
}

/**
 * The value of an expression. To evaluate one often, specialise it and compile it with
 * {@link compileExpression}.
 *
 * @throws ToolError TLA_EVALUATION where TLC has no value either, TLA_ASSERTION, or
 *   TLA_NOT_EVALUATED.
 */
export function evaluate(expression: Expression, environment: Surroundings): Value {
  const { theory, parameters = new Map(), state, next } = environment;
  return compileExpression(expression, theory, [...parameters.keys()])(
    [...parameters.values()],
    state,
    next,
  );
}

/** @param parameters the names whose values are given at each evaluation, in this order */
export function compileExpression(
  expression: Expression,
  theory: Theory,
  parameters: readonly string[] = [],
): (values: readonly Value[], state?: PartialState, next?: PartialState) => Value {
  const scope = Scope.empty.bind(...parameters);
  const compute = compilerOf(theory).compileValue(theory.relevel(expression), scope);
  return (values, state = NO_STATE, next = NO_STATE) => {
    const env = values.reduce<Env>((up, slot) => ({ slot, up }), null);
    return withinStack(expression, theory, () => compute(env, state, next));
  };
}

/** A compiled predicate of a state, or of a step. */
export type Condition = (state: PartialState, next?: PartialState) => boolean;

/** @throws as the evaluation does, and if the value is no boolean */
export function compileCondition(expression: Expression, theory: Theory): Condition {
  const test = compilerOf(theory).compileTest(
    theory.relevel(expression),
    Scope.empty,
    "a predicate",
  );
  return (state, next = NO_STATE) => withinStack(expression, theory, () => test(null, state, next));
}

/** Says where a recursion ran out of stack. */
export function withinStack<T>(
  { place }: { readonly place: Place },
  theory: Theory,
  compute: () => T,
): T {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof RangeError && error.message.includes("call stack"))) throw error;
    const hint = "Look for an operator that calls itself without an end.";
    const fail = theory.failAt(place, "TLA_EVALUATION", hint);
    return fail("the evaluation goes deeper than the stack allows");
  }
}

/**
 * An expression with the constants of the cfg and the given parameters put in, definitions put in
 * the place of their uses, and simplified as far as that keeps its meaning: in every state it has
 * the same value, or both are an error. Its parts keep their places in the text.
 *
 * TLC evaluates from left to right, and so does this: `FALSE /\ e` is FALSE whatever e is, while
 * `e /\ FALSE` stays, because e may be an error. For the same reason `p => p` is only TRUE for a p
 * that cannot fail.
 */
export function specialise(
  expression: Expression,
  { theory, parameters = new Map() }: Pick<Surroundings, "theory" | "parameters">,
): Expression {
  const names = namesFor(expression, theory, parameters);
  return new ExpressionSpecialiser(compilerOf(theory)).specialise(
    theory.relevel(expression),
    names,
  );
}

/** The same for an action or an initial predicate, of which each way to satisfy it counts. */
export function specialiseAction(
  expression: Expression,
  { theory, parameters = new Map() }: Pick<Surroundings, "theory" | "parameters">,
): Expression {
  const names = namesFor(expression, theory, parameters);
  return new ExpressionSpecialiser(compilerOf(theory)).specialise(
    theory.relevel(expression),
    names,
    "action",
  );
}

function namesFor(
  expression: Expression,
  theory: Theory,
  parameters: ReadonlyMap<string, Value>,
): Names {
  const { place } = expression;
  const meanings = [...parameters].map(([name, value]) => {
    return [name, { kind: "expression", expression: valueNode(value, place) }] as const;
  });
  return new Names(
    new Map(meanings),
    new Set([...theory.definedNames(), ...freeNames(expression)]),
  );
}
