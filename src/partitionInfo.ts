/**
 * FFA_PARTITION_INFO_GET (C: `ffa_handle_partition_info_get`, `ffa_get_sp_partinfo`,
 * `ffa_get_vm_partinfo`). Source: DEN0077A, of that name.
 */
import {
  error,
  INVALID_PARAMETERS,
  NO_MEMORY,
  OK,
  PARTITION_INFO_COUNT_FLAG,
  type Registers,
  success,
} from "./abi.js";
import type { Context, MediatorState } from "./context.js";
import { fixed } from "./options.js";
import {
  ENTRY_SIZE_1_0,
  ENTRY_SIZE_1_1,
  encodeEntry,
  isSameUuid,
  NIL_UUID,
  type PartitionInfo,
  PROPERTIES_OF_VM,
  PROPERTY_AARCH64,
} from "./partitionEntry.js";
import { acquireRx, handOverRx, releaseRx } from "./rxtx.js";
import {
  accessOnce,
  atomicRead,
  listNext,
  type Protocol,
  readLock,
  readUnlock,
  spinLock,
  spinUnlock,
  writeBuffer,
} from "./sync/index.js";
import { VERSION_1_0 } from "./versionWord.js";

const entrySize = (version: number): number =>
  version === VERSION_1_0 ? ENTRY_SIZE_1_0 : ENTRY_SIZE_1_1;

/** What a call asks about: SPs as their entries say, and whether it is about VMs. */
interface Asked {
  readonly sps: readonly PartitionInfo[];
  readonly vms: boolean;
  /** Nobody has the UUID. */
  readonly isOfNobody: boolean;
}

/** VMs have no UUID. The posted code does not look, and adds them whatever is asked for. */
function askedOf({ options }: MediatorState, call: Registers): Asked {
  const { securePartitions, vmToVm } = options;
  const uuid = [call[1], call[2], call[3], call[4]] as const;
  if (isSameUuid(uuid, NIL_UUID)) return { sps: securePartitions, vms: vmToVm, isOfNobody: false };
  // Who asks for a UUID knows it, and the entries leave it out.
  const sps = securePartitions
    .filter((info) => isSameUuid(info.uuid ?? NIL_UUID, uuid))
    .map((info): PartitionInfo => ({ ...info, uuid: NIL_UUID }));
  const vms = vmToVm && !fixed(options, "VmsOnNilOnly");
  return { sps, vms, isOfNobody: sps.length === 0 };
}

/** Answers the call: a count in w2, or entries in RX and the size of an entry in w3. */
export function* partitionInfoGet(
  mediator: MediatorState,
  ctx: Context,
  call: Registers,
): Protocol<Registers> {
  const version = yield* accessOnce(ctx.guestVers, "ReadEntryVers");
  const size = entrySize(version);
  const asked = askedOf(mediator, call);
  const flags = call[5];
  if (flags === 0) return yield* listPartitions(mediator, ctx, asked, size);

  // static-exception single-read: the version is read a second time for the flags
  const again = yield* accessOnce(ctx.guestVers, "ReadFlagVers");
  const isBad = again === VERSION_1_0 || flags !== PARTITION_INFO_COUNT_FLAG;
  if (isBad || asked.isOfNobody) return error(INVALID_PARAMETERS);
  const count = yield* countPartitions(mediator, asked);
  return success(count, fixed(mediator.options, "PlainCount") ? 0 : size);
}

/** The SPs and every VM but the caller. Posted: the count is read without a lock. */
function* countPartitions({ options, contextList }: MediatorState, asked: Asked): Protocol<number> {
  const sps = asked.sps.length;
  if (!asked.vms) return sps;
  const locked = fixed(options, "CountInReadLock");
  if (locked) yield* readLock(contextList.lock, "ReadLockList");
  const vms = yield* atomicRead(contextList.vmCount, "ReadVmCount");
  if (locked) yield* readUnlock(contextList.lock, "ReadUnlockList");
  return sps + vms - 1;
}

/** Writes the entries into the caller's RX buffer, which the guest owns on success. */
function* listPartitions(
  mediator: MediatorState,
  ctx: Context,
  asked: Asked,
  size: number,
): Protocol<Registers> {
  const { options } = mediator;
  const acquired = yield* acquireRx(options, ctx);
  if (acquired !== OK) return error(acquired);

  let count = yield* writeSecurePartitions(mediator, ctx, asked, size);
  if (count !== null && asked.vms) count = yield* writeVms(mediator, ctx, size, count);
  if (count === null) {
    yield* releaseRx(options, ctx, "filler");
    return error(asked.isOfNobody ? INVALID_PARAMETERS : NO_MEMORY);
  }
  yield* handOverRx(options, ctx);
  return success(count, size);
}

/**
 * Writes the entries of the SPs, which come through the mediator's own RX buffer.
 *
 * @returns how many entries RX holds now, or null when there is no room, or nobody is asked for.
 */
function* writeSecurePartitions(
  { options, spRxLock }: MediatorState,
  ctx: Context,
  { sps: partitions, isOfNobody }: Asked,
  size: number,
): Protocol<number | null> {
  const room = Math.floor(options.rxBytes / size);
  const bytes = new Uint8Array(Math.min(partitions.length, room) * size);
  for (const [i, info] of partitions.slice(0, room).entries()) {
    bytes.set(encodeEntry(info, size), i * size);
  }
  yield* spinLock(spRxLock, "LockSpRx");
  yield* writeBuffer(ctx.rx, 0, bytes, "WriteSpEntries");
  if (isOfNobody || partitions.length > room) {
    yield* spinUnlock(spRxLock, "UnlockSpRxGivenUp");
    return null;
  }
  yield* spinUnlock(spRxLock, "UnlockSpRx");
  return partitions.length;
}

/** One entry for each VM on the list but the caller. @returns as above, counted from `count`. */
function* writeVms(
  { options, contexts, contextList }: MediatorState,
  ctx: Context,
  size: number,
  before: number,
): Protocol<number | null> {
  let count = before;
  yield* readLock(contextList.lock, "ReadLockList");
  let id = yield* listNext(contextList.members, 0, "NextContext");
  while (id !== 0) {
    const other = contexts[id];
    if (other !== ctx) {
      if ((count + 1) * size > options.rxBytes) {
        yield* readUnlock(contextList.lock, "ReadUnlockNoRoom");
        return null;
      }
      yield* writeBuffer(ctx.rx, count * size, encodeEntry(describeVm(other), size), "WriteEntry");
      count++;
    }
    id = yield* listNext(contextList.members, id, "NextContext");
  }
  yield* readUnlock(contextList.lock, "ReadUnlockList");
  return count;
}

function describeVm(ctx: Context): PartitionInfo {
  return {
    id: ctx.ffaId,
    executionContexts: ctx.vcpus,
    properties: PROPERTIES_OF_VM | (ctx.is64bit ? PROPERTY_AARCH64 : 0),
  };
}
