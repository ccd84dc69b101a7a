/**
 * Mapping of a guest's RX buffer, and who owns it (C: `ffa_handle_rxtx_map`, `rxtx_unmap`,
 * `ffa_rx_acquire`, `ffa_rx_release`).
 *
 * The posted code keeps one bit, `rx_is_free`, so that RX_TAKEN says two things: the mediator
 * fills the buffer, or the guest has it. With FillerOwnsRx the first is RX_FILLING, and one rule
 * decides for release and unmapping: whoever owns the buffer may give it back, and only one that
 * is free may be unmapped.
 */
import { BUSY, DENIED, INVALID_PARAMETERS } from "./abi.js";
import { type Context, RX_FILLING, RX_FREE, RX_TAKEN } from "./context.js";
import { fixed, type MediatorOptions } from "./options.js";
import { type Protocol, readCell, spinLock, spinUnlock, writeCell } from "./sync/index.js";

/** No error. */
export const OK = 0;

/** Who gives a buffer back: the guest by FFA_RX_RELEASE, or a listing that found no room. */
export type Giver = "guest" | "listing";

const UNMAPPED = 0;

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

/** Maps RX, one page. @returns OK, or DENIED when it is mapped. */
export function* mapRx(options: MediatorOptions, ctx: Context): Protocol<number> {
  if (!fixed(options, "MapInRxLock")) return yield* mapRxPosted(ctx);
  yield* spinLock(ctx.rxLock, "LockRxToMap");
  if ((yield* readCell(ctx.pageCount, "ReadPagesToMap")) !== UNMAPPED) return yield* refuse(ctx);
  yield* writeCell(ctx.pageCount, 1, "WritePagesMapped");
  yield* writeCell(ctx.rxState, RX_FREE, "FreeMappedRx");
  yield* spinUnlock(ctx.rxLock, "UnlockRxMapped");
  return OK;
}

/** Unmaps RX. @returns OK, INVALID_PARAMETERS when it is not mapped, DENIED when it is not free. */
export function* unmapRx(options: MediatorOptions, ctx: Context): Protocol<number> {
  if (!fixed(options, "MapInRxLock")) return yield* unmapRxPosted(ctx);
  yield* spinLock(ctx.rxLock, "LockRxToUnmap");
  if ((yield* readCell(ctx.pageCount, "ReadPagesToUnmap")) === UNMAPPED) {
    yield* spinUnlock(ctx.rxLock, "UnlockRxNotMapped");
    return INVALID_PARAMETERS;
  }
  if ((yield* readCell(ctx.rxState, "ReadRxToUnmap")) !== RX_FREE) return yield* refuse(ctx);
  yield* writeCell(ctx.pageCount, UNMAPPED, "WritePagesUnmapped");
  yield* writeCell(ctx.rxState, RX_TAKEN, "TakeUnmappedRx");
  yield* spinUnlock(ctx.rxLock, "UnlockRxUnmapped");
  return OK;
}

function* refuse(ctx: Context): Protocol<number> {
  yield* spinUnlock(ctx.rxLock, "UnlockRxDenied");
  return DENIED;
}

/** Posted: no lock is held from the look at `page_count` to the last store. */
function* mapRxPosted(ctx: Context): Protocol<number> {
  if ((yield* readCell(ctx.pageCount, "ReadPagesToMap")) !== UNMAPPED) return DENIED;
  // static-exception guarded-write: the posted code maps without a lock
  yield* writeCell(ctx.pageCount, 1, "WritePagesMapped");
  // static-exception guarded-write: the posted code maps without a lock
  yield* writeCell(ctx.rxState, RX_FREE, "FreeMappedRx");
  return OK;
}

/** Posted: no lock is held, and nobody looks who owns the buffer. */
function* unmapRxPosted(ctx: Context): Protocol<number> {
  if ((yield* readCell(ctx.pageCount, "ReadPagesToUnmap")) === UNMAPPED) return INVALID_PARAMETERS;
  // static-exception guarded-write: the posted code unmaps without a lock
  yield* writeCell(ctx.pageCount, UNMAPPED, "WritePagesUnmapped");
  // static-exception guarded-write: the posted code unmaps without a lock
  yield* writeCell(ctx.rxState, RX_TAKEN, "TakeUnmappedRx");
  return OK;
}
