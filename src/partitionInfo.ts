/**
 * FFA_PARTITION_INFO_GET (C: `ffa_handle_partition_info_get`, `ffa_get_vm_partinfo`).
 * Source: DEN0077A, "FFA_PARTITION_INFO_GET" and "Partition information descriptor".
 */
import {
  error,
  INVALID_PARAMETERS,
  NO_MEMORY,
  PARTITION_INFO_COUNT_FLAG,
  type Registers,
  success,
} from "./abi.js";
import type { Context, MediatorState } from "./context.js";
import { acquireRx, OK, releaseRx } from "./rxtx.js";
import {
  accessOnce,
  atomicRead,
  listNext,
  type Protocol,
  readLock,
  readUnlock,
  writeBuffer,
} from "./sync/index.js";
import { VERSION_1_0 } from "./version.js";

/** A partition as the guest is told of it. */
export interface PartitionInfo {
  /** u16. */
  readonly id: number;
  /** How many execution contexts it has: the vCPUs of a VM. u16. */
  readonly executionContexts: number;
  /** u32; see the PROPERTY constants. */
  readonly properties: number;
}

/** Properties of a VM's entry: it can receive and send indirect messages, in AArch64 or not. */
export const PROPERTY_INDIRECT_MESSAGES = 1 << 2;
export const PROPERTY_AARCH64 = 1 << 8;

/** Sizes of an entry in bytes: FF-A 1.0, and later with 16 bytes of UUID. */
export const ENTRY_SIZE_1_0 = 8;
export const ENTRY_SIZE_1_1 = 24;

const entrySize = (version: number): number =>
  version === VERSION_1_0 ? ENTRY_SIZE_1_0 : ENTRY_SIZE_1_1;

/** The bytes of an entry, little-endian; the UUID is not known and stays zero. */
export function encodeEntry(info: PartitionInfo, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, info.id, true);
  view.setUint16(2, info.executionContexts, true);
  view.setUint32(4, info.properties, true);
  return bytes;
}

/** The inverse of {@link encodeEntry}, for whoever reads an RX buffer. */
export function decodeEntry(bytes: Uint8Array, offset: number): PartitionInfo {
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset);
  return {
    id: view.getUint16(0, true),
    executionContexts: view.getUint16(2, true),
    properties: view.getUint32(4, true),
  };
}

/** Answers the call: a count in w2, or entries in RX, and the size of an entry in w3. */
export function* partitionInfoGet(
  mediator: MediatorState,
  ctx: Context,
  call: Registers,
): Protocol<Registers> {
  const version = yield* accessOnce(ctx.guestVers, "ReadEntryVers");
  const size = entrySize(version);
  const flags = call[5];
  if (flags === 0) return yield* listPartitions(mediator, ctx, size);
  const design = mediator.options.design === "posted" ? countPosted : countHardened;
  return yield* design(mediator, ctx, flags, version);
}

/** Posted: the version is read a second time, and the count without a lock. */
function* countPosted(
  { options, contextList }: MediatorState,
  ctx: Context,
  flags: number,
  version: number,
): Protocol<Registers> {
  // static-exception single-read: the posted code reads the version a second time for the flags
  const again = yield* accessOnce(ctx.guestVers, "ReadFlagVers");
  if (again === VERSION_1_0 || flags !== PARTITION_INFO_COUNT_FLAG)
    return error(INVALID_PARAMETERS);
  let count = options.securePartitions.length;
  if (options.vmToVm) count += (yield* atomicRead(contextList.vmCount, "ReadVmCount")) - 1;
  return success(count, entrySize(version));
}

/** Hardened: one value of the version, and the count read while nobody can change the list. */
function* countHardened(
  { options, contextList }: MediatorState,
  _ctx: Context,
  flags: number,
  version: number,
): Protocol<Registers> {
  if (version === VERSION_1_0 || flags !== PARTITION_INFO_COUNT_FLAG) {
    return error(INVALID_PARAMETERS);
  }
  let count = options.securePartitions.length;
  if (options.vmToVm) {
    yield* readLock(contextList.lock, "ReadLockList");
    count += (yield* atomicRead(contextList.vmCount, "ReadVmCount")) - 1;
    yield* readUnlock(contextList.lock, "ReadUnlockList");
  }
  return success(count, entrySize(version));
}

/** Writes the entries into the caller's RX buffer, which the guest owns on success. */
function* listPartitions(mediator: MediatorState, ctx: Context, size: number): Protocol<Registers> {
  const { options } = mediator;
  const acquired = yield* acquireRx(ctx);
  if (acquired !== OK) return error(acquired);

  let count = yield* writeSecurePartitions(mediator, ctx, size);
  if (count !== null && options.vmToVm) count = yield* writeVms(mediator, ctx, size, count);
  if (count === null) {
    yield* releaseRx(ctx);
    return error(NO_MEMORY);
  }
  return success(count, size);
}

/** @returns how many entries RX holds now, or null when there is no room. */
function* writeSecurePartitions(
  { options }: MediatorState,
  ctx: Context,
  size: number,
): Protocol<number | null> {
  const partitions = options.securePartitions;
  if (partitions.length * size > options.rxBytes) return null;
  const bytes = new Uint8Array(partitions.length * size);
  for (const [i, info] of partitions.entries()) bytes.set(encodeEntry(info, size), i * size);
  yield* writeBuffer(ctx.rx, 0, bytes, "WriteSpEntries");
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
    properties: PROPERTY_INDIRECT_MESSAGES | (ctx.is64bit ? PROPERTY_AARCH64 : 0),
  };
}
