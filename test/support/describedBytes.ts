/**
 * What is said of bytes and words, written down from FF-A's text and not from the code: which memory
 * transaction descriptors are passed on, and how headers, entries and version words are laid out.
 */
import type { PartitionInfo } from "../../src/index.js";
import { STATUS } from "./answers.js";

/** An unsigned number of `width` bytes, little-endian; what is not there counts as zero. */
export const numberAt = (bytes: ArrayLike<number>, at: number, width: number): number =>
  Array.from({ length: width }, (_, i) => (bytes[at + i] ?? 0) * 256 ** i).reduce((a, b) => a + b);

export const littleEndian = (value: number, bytes: number): number[] =>
  Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** i) % 256);

/** The fields of a message's header. */
export const headerOf = (tx: ArrayLike<number>) => ({
  offset: numberAt(tx, 8, 4),
  receiver: numberAt(tx, 12, 2),
  sender: numberAt(tx, 14, 2),
  size: numberAt(tx, 16, 4),
});

/** A header, of which FF-A 1.2 has 40 bytes and the versions before it 20. */
export const headerBytes = (
  length: number,
  offset: number,
  receiver: number,
  sender: number,
  size: number,
): number[] => [
  ...[...Array<number>(8).fill(0), ...littleEndian(offset, 4), ...littleEndian(receiver, 2)],
  ...[...littleEndian(sender, 2), ...littleEndian(size, 4), ...Array<number>(length - 20).fill(0)],
];

/** The status of a descriptor from `sender`: 0 when it is passed on. */
export function descriptorStatus(bytes: Uint8Array, version: number, sender: number): number {
  const isOldest = version < 0x10001;
  const at = (place: number, width: number) => numberAt(bytes, place, width);
  if (bytes.length < (isOldest ? 32 : 48)) return STATUS.INVALID_PARAMETERS;
  const [attributes, size, access] = isOldest
    ? [at(2, 1), 16, 32]
    : [at(2, 2), at(24, 4), at(32, 4)];
  const receivers = at(28, 4);
  const isOfBytes = [attributes, at(4, 4), size, receivers].every((field) => field < 256);
  const isThere = size >= 16 && access % 16 === 0 && access + size * receivers <= bytes.length;
  if (!isOfBytes || !isThere) return STATUS.INVALID_PARAMETERS;
  // Normal write-back memory, inner shareable, for one receiver.
  if (attributes !== 0x2f || receivers !== 1) return STATUS.NOT_SUPPORTED;
  if (at(0, 2) !== sender) return STATUS.INVALID_PARAMETERS;
  // An SP, which reads and writes.
  const region = at(access + 4, 4);
  const isForSp = at(access, 2) >= 0x8000 && at(access + 2, 1) === 2;
  if (!isForSp || region + 16 > bytes.length) return STATUS.NOT_SUPPORTED;
  return isWholeRegion(bytes, region) ? 0 : STATUS.INVALID_PARAMETERS;
}

/** Its ranges are there, of whole pages below 2^64, and as many pages as it says. */
function isWholeRegion(bytes: Uint8Array, region: number): boolean {
  const [pages, ranges] = [numberAt(bytes, region, 4), numberAt(bytes, region + 4, 4)];
  if (pages === 0 || region + 16 * (ranges + 1) > bytes.length) return false;
  let left = pages;
  for (let i = 1; i <= ranges; i++) {
    const range = region + 16 * i;
    const [low, high] = [numberAt(bytes, range, 4), numberAt(bytes, range + 4, 4)];
    const count = numberAt(bytes, range + 8, 4);
    if (low % 4096 > 0 || high * 2 ** 20 + low / 4096 + count > 2 ** 52) return false;
    left -= count;
  }
  return left === 0;
}

/** FF-A 1.0 has the first 8 bytes, and knows bits 2..0 of the properties. */
export function entryBytes(
  { id, executionContexts, properties, uuid = [0, 0, 0, 0] }: PartitionInfo,
  size: number,
): readonly number[] {
  const start = [...littleEndian(id, 2), ...littleEndian(executionContexts, 2)];
  if (size === 8) return [...start, ...littleEndian(properties % 8, 4)];
  return [...start, ...[properties, ...uuid].flatMap((word) => littleEndian(word, 4))];
}

/** Bits 30..16 and 15..0. */
export const partsOf = (word: number) => ({
  major: Math.floor(word / 65536) % 32768,
  minor: word % 65536,
});
