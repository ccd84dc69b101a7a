/**
 * FFA_MSG_SEND2 between VMs (C: `ffa_handle_msg_send2`, `ffa_msg_send2_vm`). Source: DEN0077A, of
 * that name.
 *
 * Posted: the receiver is any live domain with a version, TX is not looked at, and "buffer full" is
 * raised on a domain that was let go of.
 */
import {
  BUSY,
  DENIED,
  error,
  INVALID_PARAMETERS,
  NO_MEMORY,
  OK,
  type Registers,
  statusAnswer,
} from "./abi.js";
import type { Context, MediatorState } from "./context.js";
import { domainOfEndpoint } from "./endpoint.js";
import { decodeHeader, encodeHeader, headerSize, type MessageHeader } from "./messageHeader.js";
import { fixed } from "./options.js";
import { acquireRx, handOverRx, releaseRx, UNMAPPED } from "./rxtx.js";
import {
  accessOnce,
  copyFromGuest,
  holdDomain,
  letGoDomain,
  listContains,
  type Protocol,
  raiseInterrupt,
  readCell,
  readLock,
  readUnlock,
  spinTryLock,
  spinUnlock,
  writeBuffer,
} from "./sync/index.js";
import { CLOSED, NO_VERSION, VERSION_1_2 } from "./versionWord.js";

/** Sends what the caller's TX holds. Only one vCPU of a domain at a time: the others are BUSY. */
export function* sendMessage(mediator: MediatorState, ctx: Context): Protocol<Registers> {
  const looks = fixed(mediator.options, "TxIsMapped");
  const acquired = yield* acquireTx(ctx, looks);
  if (acquired === BUSY) return error(BUSY);
  const status = acquired === OK ? yield* sendFromTx(mediator, ctx) : acquired;
  yield* spinUnlock(ctx.txLock, "UnlockTx");
  return statusAnswer(status);
}

/**
 * Takes `tx_lock`, if nobody has it.
 *
 * @param looks Whether to look if there is a buffer.
 * @returns OK or DENIED with the lock held, BUSY without.
 */
export function* acquireTx(ctx: Context, looks: boolean): Protocol<number> {
  if ((yield* spinTryLock(ctx.txLock, "TryLockTx")) === 0) return BUSY;
  if (!looks) return OK;
  return (yield* readCell(ctx.pageCount, "ReadTxPages")) === UNMAPPED ? DENIED : OK;
}

/** TX is guest memory: it is copied once, and looked at in the copy. */
function* sendFromTx(mediator: MediatorState, ctx: Context): Protocol<number> {
  const { options } = mediator;
  const tx = mediator.pages.bytes(ctx.tx, yield* copyFromGuest(ctx.tx, "ReadHeader"));
  const header = decodeHeader(tx);
  const receiver = mediator.contexts[domainOfEndpoint(header.receiver)];
  if (!options.vmToVm || header.sender !== ctx.ffaId || receiver === ctx || !receiver) {
    return INVALID_PARAMETERS;
  }
  let least = headerSize(0);
  if (options.version >= VERSION_1_2) {
    least = headerSize(yield* accessOnce(ctx.guestVers, "ReadSenderVers"));
  }
  if (!fitsInto(tx, header, least)) return INVALID_PARAMETERS;

  const found = yield* findReceiver(mediator, receiver);
  if (found === "nobody") return INVALID_PARAMETERS;
  const status =
    found === "live" ? yield* deliver(mediator, receiver, header, tx) : INVALID_PARAMETERS;
  const raiseFirst = fixed(options, "RaiseWhileHeld");
  if (status === OK && raiseFirst) yield* raiseBufferFull(receiver);
  yield* letGoDomain(receiver.domain, "LetGoReceiver");
  if (status === OK && !raiseFirst) yield* raiseBufferFull(receiver);
  return status;
}

const fitsInto = (tx: Uint8Array, { offset, size }: MessageHeader, least: number): boolean =>
  offset >= least && size > 0 && offset <= tx.length && size <= tx.length - offset;

function* raiseBufferFull(receiver: Context): Protocol<void> {
  yield* raiseInterrupt(receiver.domain, "RaiseBufferFull");
}

/**
 * Finds the receiver, and holds it unless it is "nobody".
 *
 * @returns "dead" when it is held and yet no receiver.
 */
function* findReceiver(
  { options, contextList }: MediatorState,
  receiver: Context,
): Protocol<"nobody" | "dead" | "live"> {
  if (!fixed(options, "SendToListed")) return yield* findReceiverPosted(receiver);
  yield* readLock(contextList.lock, "ReadLockToFind");
  if ((yield* listContains(contextList.members, receiver.domainId, "FindListed")) === 0) {
    yield* readUnlock(contextList.lock, "ReadUnlockNotFound");
    return "nobody";
  }
  yield* holdDomain(receiver.domain, "HoldListed");
  yield* readUnlock(contextList.lock, "ReadUnlockFound");
  return "live";
}

/** Posted: any domain that is not dying (C: `rcu_lock_live_remote_domain_by_id`). */
function* findReceiverPosted(receiver: Context): Protocol<"nobody" | "dead" | "live"> {
  if ((yield* holdDomain(receiver.domain, "FindReceiver")) === 0) return "nobody";
  if ((yield* readCell(receiver.isDying, "ReadReceiverDying")) === 1) return "dead";
  const version = yield* accessOnce(receiver.guestVers, "ReadReceiverVers");
  return version === NO_VERSION || version === CLOSED ? "dead" : "live";
}

/** Copies the message into the receiver's RX, with no lock held. @returns as FFA_MSG_SEND2 */
function* deliver(
  { options }: MediatorState,
  receiver: Context,
  { sender, size, offset }: MessageHeader,
  tx: Uint8Array,
): Protocol<number> {
  const acquired = yield* acquireRx(options, receiver);
  if (acquired !== OK) return acquired;
  const begin = headerSize(options.version);
  if (size > options.rxBytes - begin) {
    yield* releaseRx(options, receiver, "filler");
    return NO_MEMORY;
  }
  const header = { offset: begin, sender, receiver: receiver.ffaId, size };
  yield* writeBuffer(receiver.rx, 0, encodeHeader(header, options.version), "BeginCopy");
  yield* writeBuffer(receiver.rx, begin, tx.subarray(offset, offset + size), "EndCopy");
  yield* handOverRx(options, receiver);
  return OK;
}
