/**
 * A round of a teardown, and the timer that goes on with those that could not end (C:
 * `ffa_domain_teardown_continue`, `ffa_teardown_timer_callback`, `ffa_shm_domain_destroy`).
 *
 * In a round each SP that is still to be told is told, and each memory object that is left is
 * asked for. What is left then is for the next round, some time later.
 */
import { DENIED, OK } from "./abi.js";
import type { Context, MediatorState } from "./context.js";
import { fixed } from "./options.js";
import { uncountShm } from "./sharedMemory.js";
import { tellDestroyed } from "./subscribers.js";
import {
  atomicRead,
  fireTimer,
  listAddTail,
  listDel,
  listNext,
  listPop,
  memReclaim,
  type Protocol,
  putDomain,
  setTimer,
  spinLock,
  spinUnlock,
} from "./sync/index.js";

/** The round that belongs to the destruction itself. */
export function* firstRound(mediator: MediatorState, ctx: Context): Protocol<void> {
  const left = yield* round(mediator, ctx);
  if (left) yield* lookAtRetryList(mediator, ctx, left);
  else yield* endTeardown(mediator, ctx);
}

/** The timer: the first on the list goes on, and the timer is set for the new first. */
export function* teardownTimer(mediator: MediatorState): Protocol<void> {
  const { timer, retryLock, domains } = mediator.retries;
  yield* fireTimer(timer, "FireTimer");
  yield* spinLock(retryLock, "LockRetryToPop");
  const id = yield* listPop(domains, "PopRetry");
  yield* spinUnlock(retryLock, "UnlockRetryPopped");
  if (id === 0) return;
  const ctx = mediator.contexts[id];
  const left = yield* round(mediator, ctx);
  yield* lookAtRetryList(mediator, ctx, left);
  if (!left) yield* endTeardown(mediator, ctx);
}

function* endTeardown({ options }: MediatorState, ctx: Context): Protocol<void> {
  if (fixed(options, "TeardownHoldsDomain")) yield* putDomain(ctx.domain, "PutDomainOfTeardown");
}

/** @returns Whether something is left. */
function* round(mediator: MediatorState, ctx: Context): Protocol<boolean> {
  const isToTell = yield* tellDestroyed(mediator, ctx);
  const isLinked = yield* reclaimAll(mediator, ctx);
  if (fixed(mediator.options, "RetryOnlyLeft")) return isToTell || isLinked;
  // Posted: an object that is lost stays counted, so that this is never over.
  const counted = yield* atomicRead(ctx.shmCount, "ReadShmLeft");
  return isToTell || counted > 0;
}

/**
 * Asks for each object. What an SP denies it may give back later; any other refusal is taken to be
 * for good, and then memory and domain stay as they are, for ever.
 *
 * @returns Whether an object is left.
 */
function* reclaimAll({ options }: MediatorState, ctx: Context): Protocol<boolean> {
  let kept = 0;
  let handle = yield* listNext(ctx.shmList, kept, "NextShmTorn");
  while (handle !== 0) {
    const status =
      options.secureAnswers[yield* memReclaim(ctx.secureWorld, handle, "AskReclaimTorn")];
    if (status === DENIED) kept = handle;
    else {
      yield* listDel(ctx.shmList, handle, "UnlinkShmTorn");
      if (status === OK) yield* uncountShm(ctx);
    }
    handle = yield* listNext(ctx.shmList, kept, "NextShmTorn");
  }
  return kept !== 0;
}

/** Puts a teardown that goes on on the list, and sets the timer for the first that is on it. */
function* lookAtRetryList(
  { options, retries }: MediatorState,
  ctx: Context,
  left: boolean,
): Protocol<void> {
  yield* spinLock(retries.retryLock, "LockRetry");
  if (left) yield* listAddTail(retries.domains, ctx.domainId, "AppendRetry");
  const first = yield* listNext(retries.domains, 0, "ReadRetryFirst");
  const inLock = fixed(options, "TimerInLock");
  if (inLock && first !== 0) yield* setTimer(retries.timer, first, "SetTimer");
  yield* spinUnlock(retries.retryLock, "UnlockRetry");
  if (!inLock && first !== 0) yield* setTimer(retries.timer, first, "SetTimer");
}
