/** Shared memory that no variable of the model mirrors, each with the reason. */
import { INSIDE_SLOT } from "../../../src/sync/index.js";

export interface Unmirrored {
  /** The location's name in the layout, and the slots of it that are meant. */
  readonly location: string;
  readonly slots: "all" | readonly number[];
  readonly c: string;
  readonly reason: string;
}

export const unmirrored: readonly Unmirrored[] = [
  {
    location: "rx",
    slots: "all",
    c: "struct ffa_ctx: rx",
    reason: "Output: the mediator never reads it. What a call has written so far is in `work`.",
  },
  {
    location: "domain",
    slots: [INSIDE_SLOT],
    c: "struct domain: what domain_pause waits for",
    reason: "Derived: it is the number of the domain's vCPUs whose `pc` is not idle.",
  },
  {
    location: "tx",
    slots: "all",
    c: "struct ffa_ctx: tx",
    reason: "Guest memory: what is read of it is one of TxContents, and then in `work`.",
  },
];
