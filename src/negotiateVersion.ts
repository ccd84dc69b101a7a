/** Negotiation of the version of one VM (C: `ffa_negotiate_version`). */
import {
  error,
  FFA_INTERRUPT,
  FFA_VERSION,
  NOT_SUPPORTED,
  type Registers,
  versionAnswer,
} from "./abi.js";
import type { Context, MediatorState } from "./context.js";
import { publish, publishAndJoin } from "./contextList.js";
import type { MediatorOptions } from "./options.js";
import {
  accessOnce,
  type Protocol,
  readCell,
  spinLock,
  spinUnlock,
  storeOnce,
  writeCell,
} from "./sync/index.js";
import { openAnswer, requestOutcome } from "./version.js";
import { CLOSED, NO_VERSION } from "./versionWord.js";

/**
 * Handles a call that arrives while negotiation is open.
 *
 * @returns the answer, or null when a version is published now and the call goes on to dispatch.
 */
export function* negotiateVersion(
  mediator: MediatorState,
  ctx: Context,
  call: Registers,
): Protocol<Registers | null> {
  yield* spinLock(ctx.guestVersLock, "LockGuestVers");
  const answer = yield* negotiateLocked(mediator, ctx, call);
  if (answer === null) yield* spinUnlock(ctx.guestVersLock, "UnlockToDispatch");
  else yield* spinUnlock(ctx.guestVersLock, "UnlockToReturn");
  return answer;
}

/** The part that runs with `guestVersLock` held. */
function* negotiateLocked(
  mediator: MediatorState,
  ctx: Context,
  call: Registers,
): Protocol<Registers | null> {
  const { options } = mediator;
  const asks = call[0] === FFA_VERSION;

  // A sibling vCPU may have published while this one waited for the lock.
  const published = yield* accessOnce(ctx.guestVers, "RereadGuestVers");
  if (published === CLOSED) return asks ? versionAnswer(NOT_SUPPORTED) : error(NOT_SUPPORTED);
  const again = asks && options.choices.ends === "never";
  if (published !== NO_VERSION && !again) return null;
  if (asks) return yield* takeRequest(mediator, ctx, call[1], published);
  if (!endsNegotiation(call[0], options)) return error(NOT_SUPPORTED);

  const requested = yield* readCell(ctx.guestVersTmp, "ReadVersTmp");
  if (requested !== NO_VERSION) {
    yield* publishAndJoin(mediator, ctx, requested);
    return null;
  }
  if (options.choices.early === "closed") {
    yield* storeOnce(ctx.guestVers, CLOSED, "CloseNegotiation");
  }
  return error(NOT_SUPPORTED);
}

/** FFA_VERSION notes what it settles on, and publishes it where that ends negotiation. */
function* takeRequest(
  mediator: MediatorState,
  ctx: Context,
  requested: number,
  published: number,
): Protocol<Registers> {
  const { options } = mediator;
  const outcome = requestOutcome(requested, options);
  if (outcome === "taken" || outcome === "mine") {
    const settled = outcome === "taken" ? requested : options.version;
    yield* writeCell(ctx.guestVersTmp, settled, "WriteVersTmp");
    if (options.choices.ends === "version" || options.choices.ends === "never") {
      if (published === NO_VERSION) yield* publishAndJoin(mediator, ctx, settled);
      else yield* publish(ctx, settled);
    }
  }
  return openAnswer(requested, outcome, options);
}

/** Whether a call that is not FFA_VERSION ends negotiation. */
function endsNegotiation(functionId: number, { choices }: MediatorOptions): boolean {
  if (choices.ends === "call-but-interrupt") return functionId !== FFA_INTERRUPT;
  return choices.ends !== "version";
}
