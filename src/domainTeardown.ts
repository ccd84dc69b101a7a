/** Creation and destruction of a domain, as the toolstack does them (C: `ffa_domain_teardown`). */
import type { Context, MediatorState } from "./context.js";
import { leave } from "./contextList.js";
import {
  accessOnce,
  createDomainStep,
  domainPause,
  type Protocol,
  putDomain,
  writeCell,
} from "./sync/index.js";
import { CLOSED, NO_VERSION } from "./versionWord.js";

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
  const version = yield* accessOnce(ctx.guestVers, "TeardownReadVers");
  if (version !== NO_VERSION && version !== CLOSED) yield* leave(mediator, ctx);
}
