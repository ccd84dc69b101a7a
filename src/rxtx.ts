/** Ownership of a guest's RX buffer (C: `ffa_rx_acquire`, `ffa_rx_release`). */
import { BUSY, DENIED } from "./abi.js";
import type { Context } from "./context.js";
import { type Protocol, readCell, spinLock, spinUnlock, writeCell } from "./sync/index.js";

/** No error. */
export const OK = 0;

/** Takes the RX buffer for the mediator. @returns OK, or BUSY while the guest owns it. */
export function* acquireRx(ctx: Context): Protocol<number> {
  yield* spinLock(ctx.rxLock, "LockRxToAcquire");
  if ((yield* readCell(ctx.rxIsFree, "ReadRxToAcquire")) === 0) {
    yield* spinUnlock(ctx.rxLock, "UnlockRxBusy");
    return BUSY;
  }
  yield* writeCell(ctx.rxIsFree, 0, "TakeRx");
  yield* spinUnlock(ctx.rxLock, "UnlockRxTaken");
  return OK;
}

/** Gives the RX buffer back. @returns OK, or DENIED when nobody had it. */
export function* releaseRx(ctx: Context): Protocol<number> {
  yield* spinLock(ctx.rxLock, "LockRxToRelease");
  if ((yield* readCell(ctx.rxIsFree, "ReadRxToRelease")) === 1) {
    yield* spinUnlock(ctx.rxLock, "UnlockRxDenied");
    return DENIED;
  }
  yield* writeCell(ctx.rxIsFree, 1, "GiveRx");
  yield* spinUnlock(ctx.rxLock, "UnlockRxGiven");
  return OK;
}
