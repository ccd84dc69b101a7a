/**
 * Mapping of a guest's RX and TX buffers, and who owns RX (C: `ffa_handle_rxtx_map`, `rxtx_unmap`,
 * `ffa_rx_acquire`, `ffa_rx_release`).
 *
 * The posted code keeps one bit, `rx_is_free`, so that RX_TAKEN says two things: the mediator
 * fills the buffer, or the guest has it. With FillerOwnsRx the first is RX_FILLING, and one rule
 * decides for release and unmapping: whoever owns the buffer may give it back, and only one that
 * is free may be unmapped.
 */
import { BUSY, DENIED, INVALID_PARAMETERS, OK } from "./abi.js";
import { type Context, RX_FILLING, RX_FREE, RX_TAKEN } from "./context.js";
import { fixed, type MediatorOptions } from "./options.js";
import { type Protocol, readCell, spinLock, spinUnlock, writeCell } from "./sync/index.js";

/** Who gives a buffer back: the guest by FFA_RX_RELEASE, or whoever could not fill it. */
export type Giver = "guest" | "filler";

export const UNMAPPED = 0;

/** Takes RX to fill it. @returns OK, DENIED when it is not mapped, BUSY while it is not free. */
export function* acquireRx(options: MediatorOptions, ctx: Context): Protocol<number> {
  yield* spinLock(ctx.rxLock, "LockRxToAcquire");
  if ((yield* readCell(ctx.pageCount, "ReadPagesToAcquire")) === UNMAPPED) {
    return yield* refuse(ctx);
  }
  if ((yield* readCell(ctx.rxState, "ReadRxToAcquire")) !== RX_FREE) {
    yield* spinUnlock(ctx.rxLock, "UnlockRxBusy");
    return BUSY;
  }
  yield* writeCell(ctx.rxState, fillingState(options), "TakeRx");
  yield* spinUnlock(ctx.rxLock, "UnlockRxTaken");
  return OK;
}

/** Gives the filled buffer to its guest, where it says that it is being filled. */
export function* handOverRx(options: MediatorOptions, ctx: Context): Protocol<void> {
  if (!fixed(options, "FillerOwnsRx")) return;
  yield* spinLock(ctx.rxLock, "LockRxToHandOver");
  yield* writeCell(ctx.rxState, RX_TAKEN, "HandOverRx");
  yield* spinUnlock(ctx.rxLock, "UnlockRxHandedOver");
}

/** Gives RX back. @returns OK, or DENIED when `giver` does not own it. */
export function* releaseRx(options: MediatorOptions, ctx: Context, giver: Giver): Protocol<number> {
  yield* spinLock(ctx.rxLock, "LockRxToRelease");
  if ((yield* readCell(ctx.pageCount, "ReadPagesToRelease")) === UNMAPPED) {
    return yield* refuse(ctx);
  }
  const state = yield* readCell(ctx.rxState, "ReadRxToRelease");
  if (state !== (giver === "guest" ? RX_TAKEN : fillingState(options))) return yield* refuse(ctx);
  yield* writeCell(ctx.rxState, RX_FREE, "GiveRx");
  yield* spinUnlock(ctx.rxLock, "UnlockRxGiven");
  return OK;
}

/** What a buffer is while the mediator fills it. */
const fillingState = (options: MediatorOptions): number =>
  fixed(options, "FillerOwnsRx") ? RX_FILLING : RX_TAKEN;

/** Maps RX and TX, one page each. @returns OK, or DENIED when they are mapped. */
export function* mapRx(options: MediatorOptions, ctx: Context): Protocol<number> {
  const locks = locksOfMapping(options);
  if (locks.txFirst) yield* spinLock(ctx.txLock, "LockTxToMap");
  if (locks.rx) yield* spinLock(ctx.rxLock, "LockRxToMap");
  if (locks.txLast) yield* spinLock(ctx.txLock, "LockTxToMap");
  const status = yield* mapLocked(options, ctx);
  if (fixed(options, "MapInTxLock")) yield* spinUnlock(ctx.txLock, "UnlockTx");
  return status;
}

function* mapLocked(options: MediatorOptions, ctx: Context): Protocol<number> {
  const locked = fixed(options, "MapInRxLock");
  if ((yield* readCell(ctx.pageCount, "ReadPagesToMap")) !== UNMAPPED) {
    return locked ? yield* refuse(ctx) : DENIED;
  }
  // static-exception guarded-write: the posted code maps without a lock
  yield* writeCell(ctx.pageCount, 1, "WritePagesMapped");
  // static-exception guarded-write: the posted code maps without a lock
  yield* writeCell(ctx.rxState, RX_FREE, "FreeMappedRx");
  if (locked) yield* spinUnlock(ctx.rxLock, "UnlockRxMapped");
  return OK;
}

/**
 * Unmaps RX and TX.
 *
 * @returns OK, INVALID_PARAMETERS when they are not mapped, DENIED when RX is not free.
 */
export function* unmapRx(options: MediatorOptions, ctx: Context): Protocol<number> {
  const locks = locksOfMapping(options);
  if (locks.txFirst) yield* spinLock(ctx.txLock, "LockTxToUnmap");
  if (locks.rx) yield* spinLock(ctx.rxLock, "LockRxToUnmap");
  if (locks.txLast) yield* spinLock(ctx.txLock, "LockTxToUnmap");
  const locked = locks.rx;
  let status = yield* readPages(ctx, locked);
  if (status === OK && locked && (yield* readCell(ctx.rxState, "ReadRxToUnmap")) !== RX_FREE) {
    status = yield* refuse(ctx);
  }
  if (status === OK) yield* unmap(ctx, locked);
  if (fixed(options, "MapInTxLock")) yield* spinUnlock(ctx.txLock, "UnlockTx");
  return status;
}

/** A teardown is not refused: it waits for whoever fills the buffer. */
export function* unmapAtTeardown(options: MediatorOptions, ctx: Context): Protocol<void> {
  const locked = fixed(options, "UnmapInRxLock");
  for (;;) {
    if (locked) yield* spinLock(ctx.rxLock, "LockRxToTearDown");
    if ((yield* readPages(ctx, locked)) !== OK) return;
    if (!locked || (yield* readCell(ctx.rxState, "ReadRxToUnmap")) !== RX_FILLING) break;
    yield* spinUnlock(ctx.rxLock, "UnlockRxToWait");
  }
  yield* unmap(ctx, locked);
}

/** The locks that mapping holds; TxLockFirst gives them the order that a sender has. */
function locksOfMapping(options: MediatorOptions) {
  const rx = fixed(options, "MapInRxLock");
  const tx = fixed(options, "MapInTxLock");
  const isFirst = fixed(options, "TxLockFirst") || !rx;
  return { rx, txFirst: tx && isFirst, txLast: tx && !isFirst };
}

/** @returns OK, or INVALID_PARAMETERS when nothing is mapped, with `rx_lock` released. */
function* readPages(ctx: Context, locked: boolean): Protocol<number> {
  if ((yield* readCell(ctx.pageCount, "ReadPagesToUnmap")) !== UNMAPPED) return OK;
  if (locked) yield* spinUnlock(ctx.rxLock, "UnlockRxNotMapped");
  return INVALID_PARAMETERS;
}

/** Posted: no lock is held, and nobody looks who owns the buffer. */
function* unmap(ctx: Context, locked: boolean): Protocol<void> {
  // static-exception guarded-write: the posted code unmaps without a lock
  yield* writeCell(ctx.pageCount, UNMAPPED, "WritePagesUnmapped");
  // static-exception guarded-write: the posted code unmaps without a lock
  yield* writeCell(ctx.rxState, RX_TAKEN, "TakeUnmappedRx");
  if (locked) yield* spinUnlock(ctx.rxLock, "UnlockRxUnmapped");
}

function* refuse(ctx: Context): Protocol<number> {
  yield* spinUnlock(ctx.rxLock, "UnlockRxDenied");
  return DENIED;
}
