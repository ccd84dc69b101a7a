/** src/partitionEntry.ts: the bytes of an entry (DEN0077A, partition information descriptor). */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  decodeEntry,
  ENTRY_SIZE_1_0,
  ENTRY_SIZE_1_1,
  encodeEntry,
  PROPERTIES_OF_VM,
  PROPERTY_AARCH64,
} from "../../src/partitionEntry.js";
import { word32 } from "../support/arbitraries.js";

const entry = { id: 0x1234, executionContexts: 0x5678, properties: 0x9abcdef0 };
const first8 = [0x34, 0x12, 0x78, 0x56, 0xf0, 0xde, 0xbc, 0x9a];

test("FF-A 1.0: 8 bytes: ID, execution contexts, properties, little-endian", () => {
  expect(ENTRY_SIZE_1_0).toBe(8);
  expect([...encodeEntry(entry, ENTRY_SIZE_1_0)]).toEqual(first8);
});

test("later: 16 bytes of UUID behind them, all zero", () => {
  expect(ENTRY_SIZE_1_1).toBe(24);
  expect([...encodeEntry(entry, ENTRY_SIZE_1_1)]).toEqual([...first8, ...Array(16).fill(0)]);
});

test("a VM: bits 1, 2 and 3, and bit 8 where it runs in AArch64", () => {
  expect(PROPERTIES_OF_VM).toBe(0b1110);
  expect(PROPERTY_AARCH64).toBe(0x100);
});

test("an entry is read back from any offset", () => {
  const u16 = fc.integer({ min: 0, max: 0xffff });
  const info = fc.record({ id: u16, executionContexts: u16, properties: word32 });
  const size = fc.constantFrom(ENTRY_SIZE_1_0, ENTRY_SIZE_1_1);
  fc.assert(
    fc.property(info, size, fc.nat({ max: 40 }), (each, bytes, offset) => {
      // RX may itself be a part of something larger.
      const rx = new Uint8Array(offset + bytes + 5).fill(0xff).subarray(5);
      rx.set(encodeEntry(each, bytes), offset);
      expect(decodeEntry(rx, offset)).toEqual(each);
    }),
  );
});
