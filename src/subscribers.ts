/**
 * The SPs that are told of VMs (C: `ffa_partinfo_domain_init`, `ffa_partinfo_domain_destroy`).
 * Source: DEN0077A, "Partition properties" and "VM availability signaling".
 */
import { INTERRUPTED, OK, RETRY } from "./abi.js";
import type { Context, MediatorState } from "./context.js";
import { subscribersOf } from "./options.js";
import { type Protocol, readCell, tellSp, writeCell } from "./sync/index.js";

/** Tells them of a creation, until one refuses, and notes whom. @returns Whether all agreed. */
export function* tellCreated({ options }: MediatorState, ctx: Context): Protocol<boolean> {
  const subscribers = subscribersOf(options);
  let told = 0;
  for (const id of subscribers) {
    const status = options.secureAnswers[yield* tellSp(ctx.secureWorld, id, "TellCreated")];
    if (status !== OK) break;
    told++;
  }
  yield* writeCell(ctx.toTell, 2 ** told - 1, "WriteToTell");
  return told === subscribers.length;
}

/** Tells those of the destruction who know of the VM. @returns Whether one is to be told again. */
export function* tellDestroyed({ options }: MediatorState, ctx: Context): Protocol<boolean> {
  const subscribers = subscribersOf(options);
  if (subscribers.length === 0) return false;
  let toTell = yield* readCell(ctx.toTell, "ReadToTell");
  for (const [bit, id] of subscribers.entries()) {
    if ((toTell & (1 << bit)) === 0) continue;
    const status = options.secureAnswers[yield* tellSp(ctx.secureWorld, id, "TellDestroyed")];
    if (status === INTERRUPTED || status === RETRY) continue;
    toTell &= ~(1 << bit);
    yield* writeCell(ctx.toTell, toTell, "ClearToTell");
  }
  return toTell !== 0;
}
