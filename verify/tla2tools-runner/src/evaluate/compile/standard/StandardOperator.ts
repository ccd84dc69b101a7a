import type { Theory } from "../../Theory.js";
import type { Computed, Fail } from "../../values/Computed.js";

/** What an operator of a standard module has to go by. */
export interface StandardContext {
  readonly theory: Theory;
  readonly fail: Fail;
  /** Fails as TLC's Assert does. */
  readonly assertion: Fail;
}

/** An operand that is an operator. */
export type Applied = (...operands: readonly Computed[]) => Computed;

/** The operands come evaluated; an operator among them can be applied. */
export type StandardOperator = (
  context: StandardContext,
  ...operands: readonly Computed[]
) => Computed;

/** Operators of which an operand is an operator, and which one that is. */
export interface HigherOperator {
  readonly operator: number;
  readonly compute: (context: StandardContext, of: Computed, operator: Applied) => Computed;
}
