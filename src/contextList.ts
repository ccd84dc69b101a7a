/**
 * Joining and leaving the list of VMs and its count (C: `inc_ffa_vm_count`, `dec_ffa_vm_count`
 * and the list code around them).
 *
 * The count and the list say the same thing twice. The posted code changes them at two moments,
 * and a reader in between sees them differ; the hardened code changes both inside one write lock.
 */
import type { Context, MediatorState } from "./context.js";
import {
  atomicAdd,
  listAddTail,
  listDel,
  type Protocol,
  storeOnce,
  writeLock,
  writeUnlock,
} from "./sync/index.js";

/** Posted: publish `version`, then count the VM, then list it. */
export function* publishThenList(
  { options, contextList }: MediatorState,
  ctx: Context,
  version: number,
): Protocol<void> {
  yield* storeOnce(ctx.guestVers, version, "PublishGuestVers");
  if (!options.vmToVm) return;
  yield* atomicAdd(contextList.vmCount, 1, "IncVmCount");
  yield* writeLock(contextList.lock, "WriteLockList");
  yield* listAddTail(contextList.members, ctx.domainId, "AppendContext");
  yield* writeUnlock(contextList.lock, "WriteUnlockList");
}

/** Hardened: count and list the VM, and publish last, all while nobody can read the list. */
export function* listThenPublish(
  { options, contextList }: MediatorState,
  ctx: Context,
  version: number,
): Protocol<void> {
  if (!options.vmToVm) {
    yield* storeOnce(ctx.guestVers, version, "PublishGuestVers");
    return;
  }
  yield* writeLock(contextList.lock, "WriteLockList");
  yield* atomicAdd(contextList.vmCount, 1, "IncVmCount");
  yield* listAddTail(contextList.members, ctx.domainId, "AppendContext");
  yield* storeOnce(ctx.guestVers, version, "PublishGuestVers");
  yield* writeUnlock(contextList.lock, "WriteUnlockList");
}

/** Posted: count the VM down, then unlink it. */
export function* uncountThenUnlink({ contextList }: MediatorState, ctx: Context): Protocol<void> {
  yield* atomicAdd(contextList.vmCount, -1, "DecVmCount");
  yield* writeLock(contextList.lock, "TeardownLockList");
  yield* listDel(contextList.members, ctx.domainId, "UnlinkContext");
  yield* writeUnlock(contextList.lock, "TeardownUnlockList");
}

/** Hardened: unlink and count down while nobody can read the list. */
export function* unlinkAndUncount({ contextList }: MediatorState, ctx: Context): Protocol<void> {
  yield* writeLock(contextList.lock, "TeardownLockList");
  yield* listDel(contextList.members, ctx.domainId, "UnlinkContext");
  yield* atomicAdd(contextList.vmCount, -1, "DecVmCount");
  yield* writeUnlock(contextList.lock, "TeardownUnlockList");
}
