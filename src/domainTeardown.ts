/** Creation and destruction of a domain, as the toolstack does them (C: `ffa_domain_teardown`). */
import type { Context, MediatorState } from "./context.js";
import { uncountThenUnlink, unlinkAndUncount } from "./contextList.js";
import {
  accessOnce,
  createDomainStep,
  domainPause,
  type Protocol,
  putDomain,
  writeCell,
} from "./sync/index.js";
import { NO_VERSION } from "./version.js";

/** Makes the domain visible; its context was set up before (C: `ffa_domain_init`). */
export function* createDomain(ctx: Context): Protocol<void> {
  yield* createDomainStep(ctx.domain, "CreateDomain");
}

/** Pauses the domain, marks it, tears its FF-A state down and drops the creation reference. */
export function* destroyDomain(mediator: MediatorState, ctx: Context): Protocol<void> {
  yield* domainPause(ctx.domain, "PauseDomain");
  yield* writeCell(ctx.isDying, 1, "SetDying");
  yield* domainTeardown(mediator, ctx);
  yield* putDomain(ctx.domain, "DropDomain");
}

/** Undoes what negotiation did, while other VMs still run. */
function* domainTeardown(mediator: MediatorState, ctx: Context): Protocol<void> {
  if (!mediator.options.vmToVm) return;
  if ((yield* accessOnce(ctx.guestVers, "TeardownReadVers")) === NO_VERSION) return;
  const leave = mediator.options.design === "posted" ? uncountThenUnlink : unlinkAndUncount;
  yield* leave(mediator, ctx);
}
