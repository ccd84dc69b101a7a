import type { Lasso } from "../tlc/TlcResult.js";
import type { TlaState } from "../value/TlaValue.js";

/** What a tool notes beside a trace or a state; nothing here reads it. */
export type ItfMeta = Readonly<Record<string, unknown>>;

/** A behavior in the Informal Trace Format. */
export interface ItfTrace {
  /** `#meta` of the file; empty without one. */
  readonly meta: ItfMeta;
  /** The values of the constants that the file gives. */
  readonly params: TlaState;
  /** At least one, all with the same variables. */
  readonly states: readonly ItfState[];
  /** The index, from 0, of the state that follows the last one; undefined if the behavior ends. */
  readonly loop: number | undefined;
}

export interface ItfState {
  /** `#meta` of the state; empty without one. */
  readonly meta: ItfMeta;
  readonly values: TlaState;
}

/** A trace of these states, numbered from 0 as Apalache and Quint do it. */
export function createItf(
  states: readonly TlaState[],
  more: Partial<Omit<ItfTrace, "states">> = {},
): ItfTrace {
  return {
    meta: {},
    params: new Map(),
    loop: undefined,
    ...more,
    states: states.map((values, index) => ({ meta: { index }, values })),
  };
}

/** The `loop` of a counterexample of TLC; stuttering goes round its last state. */
export function loopOf(lasso: Lasso | undefined): number | undefined {
  if (lasso === undefined) return undefined;
  return (lasso.kind === "stuttering" ? lasso.after : lasso.index) - 1;
}
