/** Negotiation of the version of one VM (C: `ffa_negotiate_version`). */
import { error, FFA_VERSION, NOT_SUPPORTED, type Registers, versionAnswer } from "./abi.js";
import type { Context, MediatorState } from "./context.js";
import { listThenPublish, publishThenList } from "./contextList.js";
import {
  accessOnce,
  type Protocol,
  readCell,
  spinLock,
  spinUnlock,
  writeCell,
} from "./sync/index.js";
import { isRefused, NO_VERSION, settledVersion } from "./version.js";

/**
 * Handles a call that arrives while no version is published.
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

  // A sibling vCPU may have published while this one waited for the lock.
  if ((yield* accessOnce(ctx.guestVers, "RereadGuestVers")) !== NO_VERSION) return null;

  if (call[0] !== FFA_VERSION) {
    const requested = yield* readCell(ctx.guestVersTmp, "ReadVersTmp");
    if (requested === NO_VERSION) return error(NOT_SUPPORTED);
    const publish = options.design === "posted" ? publishThenList : listThenPublish;
    yield* publish(mediator, ctx, requested);
    return null;
  }

  if (isRefused(call[1], options)) return versionAnswer(NOT_SUPPORTED);
  const settled = settledVersion(call[1], options.version);
  yield* writeCell(ctx.guestVersTmp, settled, "WriteVersTmp");
  return versionAnswer(options.version);
}
