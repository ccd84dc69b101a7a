import type { Level } from "../../module/Expression.js";
import type { Computed } from "../values/Computed.js";
import type { Value } from "../values/Value.js";

/** The values of the variables, in the order of their declarations; undefined is not assigned. */
export type PartialState = readonly (Value | undefined)[];

/** The state of an expression that is evaluated in none. */
export const NO_STATE: PartialState = [];

/** A compiled expression: its value in an environment, a state and a next state. */
export type Compute = (env: Env, state: PartialState, next: PartialState) => Computed;

/** The same of an expression that must be a boolean. */
export type Test = (env: Env, state: PartialState, next: PartialState) => boolean;

/** The bound names' values, the innermost first; which is whose, compilation has settled. */
export type Env = Link | null;

export interface Link {
  readonly slot: Slot;
  readonly up: Env;
}

export type Slot = Computed | Cell | OperatorValue;

/**
 * An operand or a definition of a LET: evaluated when it is needed, and once as long as that makes
 * no difference. What depends on the next state, or on a state that is still being assigned, is
 * evaluated each time.
 */
export class Cell {
  private value: Computed | undefined;
  private state: PartialState | undefined;

  constructor(
    private readonly compute: Compute,
    private readonly env: Env,
    private readonly level: Level,
    private readonly stableLevel: Level,
  ) {}

  get(state: PartialState, next: PartialState): Computed {
    if (this.level > this.stableLevel) return this.compute(this.env, state, next);
    if (this.value === undefined || (this.level > 0 && this.state !== state)) {
      this.value = this.compute(this.env, state, next);
      this.state = state;
    }
    return this.value;
  }
}

/** An operator as an operand, with the environment that it was made in. */
export class OperatorValue {
  constructor(
    private readonly compute: Compute,
    private readonly env: Env,
  ) {}

  apply(operands: readonly Slot[], state: PartialState, next: PartialState): Computed {
    let env = this.env;
    for (const slot of operands) env = { slot, up: env };
    return this.compute(env, state, next);
  }
}

/** What a slot stands for. */
export function valueOfSlot(slot: Slot, state: PartialState, next: PartialState): Computed {
  if (typeof slot !== "object") return slot;
  if (slot instanceof Cell) return slot.get(state, next);
  if (slot instanceof OperatorValue) throw new TypeError("an operator is used as a value");
  return slot;
}
