/** src/messageHeader.ts: the header of a message as bytes (DEN0077A, "Partition message header"). */
import { expect, test } from "vitest";
import { decodeHeader, encodeHeader, headerSize } from "../../src/messageHeader.js";

const HEADER = { offset: 0x04030201, sender: 0x0807, receiver: 0x0605, size: 0x0c0b0a09 };
const BYTES = [
  ...[0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4],
  // The receiver is in front of the sender.
  ...[5, 6, 7, 8, 9, 10, 11, 12],
];

test.each([
  [0x10000, 20],
  [0x10001, 20],
  [0x10002, 40],
])(
  "of version %i it has %i bytes, little-endian, and zeros where it is reserved",
  (version, size) => {
    expect(headerSize(version)).toBe(size);
    expect([...encodeHeader(HEADER, version)]).toEqual([...BYTES, ...Array(size - 20).fill(0)]);
  },
);

test("without a version it is the shorter one", () => {
  expect(headerSize(0)).toBe(20);
});

test("is read from the start of any bytes; what is reserved and what follows does not matter", () => {
  const around = Uint8Array.of(99, ...Array(8).fill(255), ...BYTES.slice(8), 255, 255);
  expect(decodeHeader(around.subarray(1))).toEqual(HEADER);
});
