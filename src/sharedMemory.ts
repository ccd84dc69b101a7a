/**
 * FFA_MEM_SHARE and FFA_MEM_RECLAIM (C: `ffa_handle_mem_share`, `ffa_handle_mem_reclaim`). Source:
 * DEN0077A, of those names.
 *
 * The first object of a domain takes a reference to it, and the last one drops it, so that its
 * memory stays while an SP may use it.
 */
import {
  BUSY,
  DENIED,
  error,
  INVALID_PARAMETERS,
  NO_MEMORY,
  NOT_SUPPORTED,
  OK,
  type Registers,
  statusAnswer,
  success,
} from "./abi.js";
import type { Context, MediatorState } from "./context.js";
import { checkDescriptor } from "./memoryDescriptor.js";
import { acquireTx } from "./message.js";
import {
  accessOnce,
  atomicAdd,
  atomicRead,
  copyFromGuest,
  getDomain,
  listAddTail,
  listContains,
  listDel,
  memReclaim,
  memShare,
  type Protocol,
  putDomain,
  spinLock,
  spinUnlock,
} from "./sync/index.js";

/** Shares the memory that a descriptor in TX names with an SP. Answers its handle in w2. */
export function* shareMemory(
  mediator: MediatorState,
  ctx: Context,
  call: Registers,
): Protocol<Registers> {
  const [, total, fragment, address] = call;
  // The descriptor is in TX, in one fragment.
  if (address !== 0) return error(NOT_SUPPORTED);
  if (fragment > total) return error(INVALID_PARAMETERS);
  if (fragment !== total) return error(NOT_SUPPORTED);

  const acquired = yield* acquireTx(ctx, true);
  if (acquired === BUSY) return error(BUSY);
  let answer = error(acquired);
  if (acquired === OK) answer = yield* shareFromTx(mediator, ctx, fragment);
  yield* spinUnlock(ctx.txLock, "UnlockTx");
  return answer;
}

/** TX is guest memory: the descriptor is copied once, and looked at in the copy. */
function* shareFromTx(
  mediator: MediatorState,
  ctx: Context,
  fragment: number,
): Protocol<Registers> {
  const version = yield* accessOnce(ctx.guestVers, "ReadShareVers");
  const tx = mediator.pages.bytes(ctx.tx, yield* copyFromGuest(ctx.tx, "ReadDescriptor"));
  if (fragment > tx.length) return error(DENIED);
  const status = checkDescriptor(tx.subarray(0, fragment), version, ctx.ffaId);
  if (status !== OK) return error(status);

  if (!(yield* countShm(mediator, ctx))) return error(NO_MEMORY);
  yield* spinLock(mediator.spTxLock, "LockSpTx");
  const result = yield* memShare(ctx.secureWorld, "AskShare");
  yield* spinUnlock(mediator.spTxLock, "UnlockSpTx");
  if (result > mediator.options.maxShm) {
    yield* uncountShm(ctx);
    return error(mediator.options.secureAnswers[result - mediator.options.maxShm]);
  }
  yield* linkShm(ctx, result);
  return success(result, 0);
}

/** Counts an object, if there may be one more. Only the first one takes a reference. */
function* countShm({ options }: MediatorState, ctx: Context): Protocol<boolean> {
  yield* spinLock(ctx.shmLock, "LockShmToCount");
  const count = yield* atomicRead(ctx.shmCount, "ReadShmCount");
  if (count >= options.maxShm) {
    yield* spinUnlock(ctx.shmLock, "UnlockShmFull");
    return false;
  }
  if (count === 0) yield* getDomain(ctx.domain, "GetDomainForShm");
  yield* atomicAdd(ctx.shmCount, 1, "IncShmCount");
  yield* spinUnlock(ctx.shmLock, "UnlockShmCounted");
  return true;
}

/** Counts an object down; the last one drops the reference (C: `dec_ctx_shm_count`). */
export function* uncountShm(ctx: Context): Protocol<void> {
  yield* spinLock(ctx.shmLock, "LockShmToUncount");
  const left = yield* atomicAdd(ctx.shmCount, -1, "DecShmCount");
  yield* spinUnlock(ctx.shmLock, "UnlockShmUncounted");
  if (left === 0) yield* putDomain(ctx.domain, "PutDomainOfShm");
}

function* linkShm(ctx: Context, handle: number): Protocol<void> {
  yield* spinLock(ctx.shmLock, "LockShmToLink");
  yield* listAddTail(ctx.shmList, handle, "LinkShm");
  yield* spinUnlock(ctx.shmLock, "UnlockShmLinked");
}

/**
 * Takes memory back. It is unlinked while the SP is asked, so that nobody else asks for it, and
 * linked again if the SP does not give it.
 */
export function* reclaimMemory(
  { options }: MediatorState,
  ctx: Context,
  call: Registers,
): Protocol<Registers> {
  const handle = call[2] === 0 ? call[1] : 0;
  yield* spinLock(ctx.shmLock, "LockShmToUnlink");
  if ((yield* listContains(ctx.shmList, handle, "FindShm")) === 0) {
    yield* spinUnlock(ctx.shmLock, "UnlockShmNotFound");
    return error(INVALID_PARAMETERS);
  }
  yield* listDel(ctx.shmList, handle, "UnlinkShm");
  yield* spinUnlock(ctx.shmLock, "UnlockShmUnlinked");
  const status = options.secureAnswers[yield* memReclaim(ctx.secureWorld, handle, "AskReclaim")];
  if (status === OK) yield* uncountShm(ctx);
  else yield* linkShm(ctx, handle);
  return statusAnswer(status);
}
