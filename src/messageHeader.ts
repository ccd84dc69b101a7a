/**
 * The header of a message in TX and RX, as bytes. Source: DEN0077A, "Partition message header".
 *
 * u32 flags, u32 reserved, u32 offset of the payload, u16 receiver, u16 sender, u32 size of the
 * payload; since 1.2 also 4 reserved bytes and 16 of a UUID.
 */
import { VERSION_1_2 } from "./versionWord.js";

export interface MessageHeader {
  /** Where the payload begins, in bytes from the start of the buffer. */
  readonly offset: number;
  /** u16 each. */
  readonly sender: number;
  readonly receiver: number;
  /** Of the payload, in bytes. */
  readonly size: number;
}

/** The size of a header in bytes. */
export const headerSize = (version: number): number => (version >= VERSION_1_2 ? 40 : 20);

/** Reads a header from the start of a buffer that holds one of 20 bytes at least. */
export function decodeHeader(bytes: Uint8Array): MessageHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    offset: view.getUint32(8, true),
    receiver: view.getUint16(12, true),
    sender: view.getUint16(14, true),
    size: view.getUint32(16, true),
  };
}

/** The bytes of a header, `headerSize(version)` of them; what is reserved is zero. */
export function encodeHeader(header: MessageHeader, version: number): Uint8Array {
  const bytes = new Uint8Array(headerSize(version));
  const view = new DataView(bytes.buffer);
  view.setUint32(8, header.offset, true);
  view.setUint16(12, header.receiver, true);
  view.setUint16(14, header.sender, true);
  view.setUint32(16, header.size, true);
  return bytes;
}
