/**
 * What can be checked on a state or on a step, as clauses that declare what they read.
 *
 * The declaration is what makes checking fast: a clause is evaluated once for each combination of
 * the values that it reads, and looked up from then on. Reading anything else is an error.
 */
import type { Profile } from "../correspondence/profile.js";
import { VerifyError } from "../report/verifyError.js";
import type { AutomatonNode } from "./automaton.js";
import type { SlotBits } from "./footprint.js";
import { type Packing, readField } from "./packing.js";

export interface Reads {
  /** From 1. */
  readonly actors: readonly number[];
  readonly slots: readonly SlotBits[];
}

/** A state, as far as a clause declares that it reads it. */
export interface StateView {
  profile(actor: number): Profile;
  /** The code in a slot, of which only the declared bits are there. */
  code(slot: number): number;
}

/** A part of an invariant, such as what it says of one vCPU. */
export interface StateClause extends Reads {
  readonly holds: (state: StateView) => boolean;
}

/** A part of an action property. It holds of every step that changes none of `changes`. */
export interface StepClause extends Reads {
  readonly changes: readonly number[];
  readonly holds: (before: StateView, after: StateView) => boolean;
}

/** An invariant or an action property, for one system. */
export interface Checkable {
  readonly name: string;
  readonly states: readonly StateClause[];
  readonly steps: readonly StepClause[];
}

/** A view that gives what is declared and nothing else. @throws VerifyError INVARIANT_READS_MORE */
export function viewOf(
  name: string,
  reads: Reads,
  packing: Packing,
  nodeOf: (actor: number, node: number) => AutomatonNode,
  words: Int32Array,
  base: number,
): StateView {
  return {
    profile(actor) {
      if (!reads.actors.includes(actor)) throw readsMore(name, `actor ${actor}`);
      return nodeOf(actor, readField(words, base, packing.nodes[actor - 1])).profile;
    },
    code(slot) {
      const bits = reads.slots.find((declared) => declared.slot === slot);
      if (bits === undefined) throw readsMore(name, `slot ${slot}`);
      return readField(words, base, packing.slots[slot]) & bits.mask;
    },
  };
}

function readsMore(name: string, what: string): VerifyError {
  return new VerifyError({
    code: "INVARIANT_READS_MORE",
    what: `${name} reads ${what}, which it does not declare`,
    where: "verify/explore/invariants.ts",
    hint: "name it among what the clause reads",
  });
}
