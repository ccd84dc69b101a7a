/**
 * What can be checked on a state or on a step, as clauses that declare what they read.
 *
 * The declaration is what makes checking fast: a clause is evaluated once for each combination of
 * the values that it reads, and looked up from then on. Reading anything else is an error.
 */
import type { SlotBits } from "./footprint.js";
import type { LocalProfile } from "./localProfile.js";

export interface Reads {
  /** From 1. */
  readonly actors: readonly number[];
  readonly slots: readonly SlotBits[];
}

/** A state, as far as a clause declares that it reads it. */
export interface StateView {
  profile(actor: number): LocalProfile;
  /** The code in a slot, of which only the declared bits are there. */
  code(slot: number): number;
}

/**
 * What a clause sees of an actor, from a view of that actor alone: where it is the same for two
 * profiles, the clause says the same of two states that differ in nothing else.
 */
export type ClassOf = (actor: number, state: StateView) => string;

/** A part of an invariant, such as what it says of one vCPU. */
export interface StateClause extends Reads {
  readonly holds: (state: StateView) => boolean;
  /** Default: each profile is a class of its own. */
  readonly classOf?: ClassOf;
}

/**
 * A part of an action property. It holds of every step that changes none of `changes`; what may be
 * broken by any step says so.
 */
export interface StepClause extends Reads {
  readonly changes: Reads | "any";
  readonly holds: (before: StateView, after: StateView) => boolean;
}

/** An invariant or an action property, for one system. */
export interface Checkable {
  readonly name: string;
  readonly states: readonly StateClause[];
  readonly steps: readonly StepClause[];
}
