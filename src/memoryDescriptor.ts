/**
 * The memory transaction descriptor, as bytes. Source: DEN0077A, "Memory transaction descriptor";
 * C: `read_mem_transaction` and what follows it in `ffa_handle_mem_share`.
 *
 * 1.0, 32 bytes and then the access array: u16 sender, u8 attributes, u8 reserved, u32 flags,
 * u64 handle, u64 tag, u32 reserved, u32 access count.
 * 1.1, 48 bytes: u16 sender, u16 attributes, u32 flags, u64 handle, u64 tag, u32 access size,
 * u32 access count, u32 access offset, 12 reserved.
 * An access: u16 endpoint, u8 permissions, u8 flags, u32 offset of the region, 8 reserved.
 * A region: u32 pages in all, u32 ranges, 8 reserved; a range: u64 address, u32 pages, 4 reserved.
 */
import { INVALID_PARAMETERS, NOT_SUPPORTED, OK } from "./abi.js";
import { isSecure } from "./endpoint.js";
import { VERSION_1_1 } from "./versionWord.js";

const ACCESS_SIZE = 16;
const REGION_SIZE = 16;
const RANGE_SIZE = 16;
const PAGE_SIZE = 4096n;

/** Normal memory, write-back, inner shareable; and read-write for the receiver. */
const NORMAL_MEMORY = 0x2f;
const READ_WRITE = 0x2;

interface Transaction {
  readonly sender: number;
  readonly attributes: number;
  readonly flags: number;
  readonly accessSize: number;
  readonly accessCount: number;
  readonly accessOffset: number;
}

/**
 * Whether a descriptor is one that the mediator passes on: from `sender`, of normal memory, to one
 * SP, read-write, of whole pages that add up.
 *
 * @param bytes The fragment that the caller gave, and no byte more.
 * @param version The caller's, by which the layout goes.
 * @returns OK, INVALID_PARAMETERS or NOT_SUPPORTED
 */
export function checkDescriptor(bytes: Uint8Array, version: number, sender: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const transaction = version >= VERSION_1_1 ? read11(view) : read10(view);
  if (transaction === null || !isInRange(transaction, bytes.length)) return INVALID_PARAMETERS;
  if (transaction.attributes !== NORMAL_MEMORY) return NOT_SUPPORTED;
  if (transaction.accessCount !== 1) return NOT_SUPPORTED;
  if (transaction.sender !== sender) return INVALID_PARAMETERS;
  return checkAccess(view, transaction.accessOffset);
}

function read10(view: DataView): Transaction | null {
  if (view.byteLength < 32) return null;
  return {
    sender: view.getUint16(0, true),
    attributes: view.getUint8(2),
    flags: view.getUint32(4, true),
    accessSize: ACCESS_SIZE,
    accessCount: view.getUint32(28, true),
    accessOffset: 32,
  };
}

function read11(view: DataView): Transaction | null {
  if (view.byteLength < 48) return null;
  return {
    sender: view.getUint16(0, true),
    attributes: view.getUint16(2, true),
    flags: view.getUint32(4, true),
    accessSize: view.getUint32(24, true),
    accessCount: view.getUint32(28, true),
    accessOffset: view.getUint32(32, true),
  };
}

/** No field says more than there is room for, and the access array is aligned and fits. */
function isInRange(transaction: Transaction, length: number): boolean {
  const { attributes, flags, accessSize, accessCount, accessOffset } = transaction;
  if (Math.max(attributes, flags, accessSize, accessCount) > 0xff) return false;
  if (accessSize < ACCESS_SIZE || accessOffset % 16 !== 0) return false;
  return accessSize * accessCount + accessOffset <= length;
}

function checkAccess(view: DataView, at: number): number {
  if (!isSecure(view.getUint16(at, true))) return NOT_SUPPORTED;
  if (view.getUint8(at + 2) !== READ_WRITE) return NOT_SUPPORTED;
  const region = view.getUint32(at + 4, true);
  if (region + REGION_SIZE > view.byteLength) return NOT_SUPPORTED;
  const pages = view.getUint32(region, true);
  const ranges = view.getUint32(region + 4, true);
  if (pages === 0 || region + REGION_SIZE + ranges * RANGE_SIZE > view.byteLength) {
    return INVALID_PARAMETERS;
  }
  return pages === pagesOf(view, region + REGION_SIZE, ranges) ? OK : INVALID_PARAMETERS;
}

/** The pages of all ranges; -1 when one is not of whole pages, or ends behind the last address. */
function pagesOf(view: DataView, at: number, ranges: number): number {
  let pages = 0;
  for (let i = 0; i < ranges; i++) {
    const address = view.getBigUint64(at + i * RANGE_SIZE, true);
    const count = view.getUint32(at + i * RANGE_SIZE + 8, true);
    const end = address + BigInt(count) * PAGE_SIZE;
    if (address % PAGE_SIZE !== 0n || end > 2n ** 64n) return -1;
    pages += count;
  }
  return pages;
}

/** The bytes of a descriptor that {@link checkDescriptor} takes: one range of whole pages. */
export function encodeDescriptor(
  version: number,
  sender: number,
  receiver: number,
  address: bigint,
  pages: number,
): Uint8Array {
  const isOldest = version < VERSION_1_1;
  const access = isOldest ? 32 : 48;
  const region = access + ACCESS_SIZE;
  const bytes = new Uint8Array(region + REGION_SIZE + RANGE_SIZE);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, sender, true);
  if (isOldest) view.setUint8(2, NORMAL_MEMORY);
  else {
    view.setUint16(2, NORMAL_MEMORY, true);
    view.setUint32(24, ACCESS_SIZE, true);
    view.setUint32(32, access, true);
  }
  view.setUint32(28, 1, true);
  view.setUint16(access, receiver, true);
  view.setUint8(access + 2, READ_WRITE);
  view.setUint32(access + 4, region, true);
  view.setUint32(region, pages, true);
  view.setUint32(region + 4, 1, true);
  view.setBigUint64(region + REGION_SIZE, address, true);
  view.setUint32(region + REGION_SIZE + 8, pages, true);
  return bytes;
}
