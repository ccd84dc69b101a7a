/**
 * Creation and destruction of a domain, as the toolstack does them (C: `ffa_domain_init`,
 * `ffa_domain_teardown`), and the free of its context.
 */
import type { Context, MediatorState } from "./context.js";
import { leave } from "./contextList.js";
import { fixed, subscribersOf } from "./options.js";
import { unmapAtTeardown } from "./rxtx.js";
import { tellCreated } from "./subscribers.js";
import {
  accessOnce,
  CREATED,
  createDomainStep,
  domainPause,
  freeDomainStep,
  getDomain,
  type Protocol,
  putDomain,
  RUNNING,
  startDomain,
  writeCell,
} from "./sync/index.js";
import { firstRound } from "./teardownRound.js";
import { CLOSED, NO_VERSION } from "./versionWord.js";

/**
 * Sets the context up, and makes the domain visible when every SP that is told of VMs has heard of
 * it; the first that refuses ends the creation, and the context is torn down again.
 *
 * @returns Whether there is a domain now.
 */
export function* createDomain(mediator: MediatorState, ctx: Context): Protocol<boolean> {
  const isHidden = subscribersOf(mediator.options).length > 0;
  yield* createDomainStep(ctx.domain, isHidden ? CREATED : RUNNING, "CreateDomain");
  if (!isHidden) return true;
  if (yield* tellCreated(mediator, ctx)) {
    yield* startDomain(ctx.domain, "StartDomain");
    return true;
  }
  yield* domainTeardown(mediator, ctx);
  yield* putDomain(ctx.domain, "DropDomain");
  return false;
}

/** Pauses the domain, marks it, tears its FF-A state down and drops the creation reference. */
export function* destroyDomain(mediator: MediatorState, ctx: Context): Protocol<void> {
  yield* domainPause(ctx.domain, "PauseDomain");
  yield* writeCell(ctx.isDying, 1, "SetDying");
  yield* domainTeardown(mediator, ctx);
  yield* putDomain(ctx.domain, "DropDomain");
}

/** The grace period is over: nobody who found the domain holds it (C: `ffa_free_domain_ctx`). */
export function* freeDomain(ctx: Context): Protocol<void> {
  yield* freeDomainStep(ctx.domain, "FreeDomain");
}

/** Undoes what creation and negotiation did, while other VMs still run. */
function* domainTeardown(mediator: MediatorState, ctx: Context): Protocol<void> {
  const { options } = mediator;
  if (fixed(options, "TeardownHoldsDomain")) yield* getDomain(ctx.domain, "GetDomainForTeardown");
  if (options.vmToVm) {
    const version = yield* accessOnce(ctx.guestVers, "TeardownReadVers");
    if (version !== NO_VERSION && version !== CLOSED) yield* leave(mediator, ctx);
  }
  yield* unmapAtTeardown(options, ctx);
  yield* firstRound(mediator, ctx);
}
