/** States as clauses see them. */
import { VerifyError } from "../support/verifyError.js";
import type { AutomatonNode } from "./automaton.js";
import type { Reads, StateView } from "./clause.js";
import { type Packing, readField } from "./packing.js";

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

/** A view of an actor at one node, and of nothing else. @throws VerifyError, as `viewOf` */
export function viewOfNode(name: string, of: number, { profile }: AutomatonNode): StateView {
  return {
    profile(actor) {
      if (actor !== of) throw readsMore(name, `actor ${actor}`);
      return profile;
    },
    code(slot) {
      throw readsMore(name, `slot ${slot}`);
    },
  };
}

function readsMore(name: string, what: string): VerifyError {
  return new VerifyError({
    code: "INVARIANT_READS_MORE",
    what: `${name} reads ${what}, which it does not declare`,
    hint: "name it among what the clause reads",
  });
}
