/** The partition information descriptor, as bytes. Source: DEN0077A, of that name. */

/** A partition as the guest is told of it. */
export interface PartitionInfo {
  /** u16. */
  readonly id: number;
  /** How many execution contexts it has: the vCPUs of a VM. u16. */
  readonly executionContexts: number;
  /** u32; see the PROPERTY constants. */
  readonly properties: number;
  /** The words of its UUID as a guest passes them in w1..w4, each u32. Default Nil: it has none. */
  readonly uuid?: Uuid;
}

export type Uuid = readonly [number, number, number, number];
export const NIL_UUID: Uuid = [0, 0, 0, 0];

export const isSameUuid = (one: Uuid, other: Uuid): boolean =>
  one.every((word, i) => word === other[i]);

/**
 * Properties of a VM's entry: it can send direct requests, send and receive indirect messages, and
 * be sent notifications; bit 8 says that it runs in AArch64.
 */
export const PROPERTIES_OF_VM = 0xe;
export const PROPERTY_AARCH64 = 1 << 8;

/** Of an SP: it is to be told of the creation and of the destruction of each VM. */
export const PROPERTY_TOLD_OF_VMS = (1 << 5) | (1 << 6);

/** The properties that FF-A 1.0 knows: direct requests received and sent, indirect messages. */
const PROPERTIES_1_0 = 0x7;

/** Sizes of an entry in bytes: FF-A 1.0, and later with 16 bytes of UUID. */
export const ENTRY_SIZE_1_0 = 8;
export const ENTRY_SIZE_1_1 = 24;

/**
 * The bytes of an entry, little-endian. One of 8 bytes is for a 1.0 guest: its properties that came
 * later are reserved there, and zero.
 */
export function encodeEntry(info: PartitionInfo, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, info.id, true);
  view.setUint16(2, info.executionContexts, true);
  const isOldest = size === ENTRY_SIZE_1_0;
  view.setUint32(4, isOldest ? info.properties & PROPERTIES_1_0 : info.properties, true);
  if (isOldest) return bytes;
  for (const [i, word] of (info.uuid ?? NIL_UUID).entries()) view.setUint32(8 + 4 * i, word, true);
  return bytes;
}

/**
 * The inverse of {@link encodeEntry}, for whoever reads an RX buffer.
 *
 * @param size As FFA_PARTITION_INFO_GET says in w3; an entry of 24 bytes has a UUID.
 */
export function decodeEntry(
  bytes: Uint8Array,
  offset: number,
  size: number = ENTRY_SIZE_1_0,
): PartitionInfo {
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset);
  const word = (i: number): number => view.getUint32(8 + 4 * i, true);
  return {
    id: view.getUint16(0, true),
    executionContexts: view.getUint16(2, true),
    properties: view.getUint32(4, true),
    ...(size === ENTRY_SIZE_1_0 ? {} : { uuid: [word(0), word(1), word(2), word(3)] }),
  };
}
