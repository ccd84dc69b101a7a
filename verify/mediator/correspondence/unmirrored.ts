/** Shared memory that no variable of the model mirrors, each with the reason. */
import { INSIDE_SLOT, REFERENCE_SLOT } from "../../../src/sync/index.js";

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
    location: "domain",
    slots: [REFERENCE_SLOT],
    c: "struct domain: refcnt",
    reason: "Derived: only the creation holds a reference, so it is 1 unless `life` is absent.",
  },
];
