/**
 * Joining and leaving the list of VMs and its count (C: `inc_ffa_vm_count`, `dec_ffa_vm_count`
 * and the list code around them).
 *
 * The count and the list say the same thing twice. The posted code changes them at two moments,
 * and a reader in between sees them differ; CountInWriteLock changes both inside one write lock.
 */
import type { Context, MediatorState } from "./context.js";
import { fixed } from "./options.js";
import {
  atomicAdd,
  listAddTail,
  listDel,
  type Protocol,
  storeOnce,
  writeLock,
  writeUnlock,
} from "./sync/index.js";

/** Publishes `version` and makes the VM one of those that are counted and listed. */
export function* publishAndJoin(
  mediator: MediatorState,
  ctx: Context,
  version: number,
): Protocol<void> {
  const { options } = mediator;
  // Published last, whoever sees a version finds the VM counted and listed.
  const publishLast = options.vmToVm && fixed(options, "PublishLast");
  if (!publishLast) yield* publish(ctx, version);
  if (!options.vmToVm) return;
  const { lock, members } = mediator.contextList;
  if (fixed(options, "CountInWriteLock")) {
    yield* writeLock(lock, "WriteLockList");
    yield* countUp(mediator);
  } else {
    yield* countUp(mediator);
    yield* writeLock(lock, "WriteLockList");
  }
  yield* listAddTail(members, ctx.domainId, "AppendContext");
  if (publishLast) yield* publish(ctx, version);
  yield* writeUnlock(lock, "WriteUnlockList");
}

/** The one store to `guest_vers`, but for a mediator whose negotiation never ends. */
export function* publish(ctx: Context, version: number): Protocol<void> {
  yield* storeOnce(ctx.guestVers, version, "PublishGuestVers");
}

function* countUp({ contextList }: MediatorState): Protocol<void> {
  yield* atomicAdd(contextList.vmCount, 1, "IncVmCount");
}

/** Takes the VM out of the count and off the list. */
export function* leave(mediator: MediatorState, ctx: Context): Protocol<void> {
  const { lock, members } = mediator.contextList;
  if (fixed(mediator.options, "CountInWriteLock")) {
    yield* writeLock(lock, "TeardownLockList");
    yield* countDown(mediator);
  } else {
    yield* countDown(mediator);
    yield* writeLock(lock, "TeardownLockList");
  }
  yield* listDel(members, ctx.domainId, "UnlinkContext");
  yield* writeUnlock(lock, "TeardownUnlockList");
}

function* countDown({ contextList }: MediatorState): Protocol<void> {
  yield* atomicAdd(contextList.vmCount, -1, "DecVmCount");
}
