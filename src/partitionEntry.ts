/** The partition information descriptor, as bytes. Source: DEN0077A, of that name. */

/** A partition as the guest is told of it. */
export interface PartitionInfo {
  /** u16. */
  readonly id: number;
  /** How many execution contexts it has: the vCPUs of a VM. u16. */
  readonly executionContexts: number;
  /** u32; see the PROPERTY constants. */
  readonly properties: number;
}

/**
 * Properties of a VM's entry: it can send direct requests, send and receive indirect messages, and
 * be sent notifications; bit 8 says that it runs in AArch64.
 */
export const PROPERTIES_OF_VM = 0xe;
export const PROPERTY_AARCH64 = 1 << 8;

/** Sizes of an entry in bytes: FF-A 1.0, and later with 16 bytes of UUID. */
export const ENTRY_SIZE_1_0 = 8;
export const ENTRY_SIZE_1_1 = 24;

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
