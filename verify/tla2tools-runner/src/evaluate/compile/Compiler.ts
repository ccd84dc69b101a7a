import type { Definition, Expression, Level } from "../../module/Expression.js";
import type { Theory } from "../Theory.js";
import type { Value } from "../values/Value.js";
import type { Scope } from "./Scope.js";
import type { Compute, Env, PartialState, Slot, Test } from "./Slot.js";

/** Evaluates an expression to a value, with lazy sets enumerated. */
export type ComputeValue = (env: Env, state: PartialState, next: PartialState) => Value;

/** Evaluates an operand, or wraps it to be evaluated later. */
export type ComputeSlot = (env: Env, state: PartialState, next: PartialState) => Slot;

/** Turns expressions into functions. */
export interface Compiler {
  readonly theory: Theory;
  /**
   * The highest level whose value stays the same during one evaluation: 1, and 0 while initial
   * states are enumerated, because there the state itself is being assigned.
   */
  readonly stableLevel: Level;
  compile(expression: Expression, scope: Scope): Compute;
  compileValue(expression: Expression, scope: Scope): ComputeValue;
  /** @param role what the boolean is for: the subject of "... is a set and not a boolean" */
  compileTest(expression: Expression, scope: Scope, role: string): Test;
  /** An operand: what costs nothing is evaluated at once, the rest when it is needed. */
  compileSlot(expression: Expression, scope: Scope): ComputeSlot;
  /** A definition's body; a function that calls itself is computed value by value. */
  compileBody(definition: Definition, scope: Scope): Compute;
}
