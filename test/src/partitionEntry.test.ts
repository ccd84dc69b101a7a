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

const entry = { id: 0x1234, executionContexts: 0x5678, properties: 0x9abcdef7 };
const first4 = [0x34, 0x12, 0x78, 0x56];
const first8 = [...first4, 0xf7, 0xde, 0xbc, 0x9a];
const uuid = [0x03020100, 0x07060504, 0x0b0a0908, 0x8f0e0d0c] as const;

test("FF-A 1.0: 8 bytes: ID, execution contexts, bits 2..0 of the properties", () => {
  expect(ENTRY_SIZE_1_0).toBe(8);
  expect([...encodeEntry(entry, ENTRY_SIZE_1_0)]).toEqual([...first4, 7, 0, 0, 0]);
  expect([...encodeEntry({ ...entry, uuid }, ENTRY_SIZE_1_0)]).toEqual([...first4, 7, 0, 0, 0]);
  for (let bit = 0; bit < 32; bit++) {
    const properties = 2 ** bit;
    const { properties: told } = decodeEntry(encodeEntry({ ...entry, properties }, 8), 0);
    expect(told).toBe(bit < 3 ? properties : 0);
  }
});

test("later: all properties, and 16 bytes of UUID behind them, zero where there is none", () => {
  expect(ENTRY_SIZE_1_1).toBe(24);
  expect([...encodeEntry(entry, ENTRY_SIZE_1_1)]).toEqual([...first8, ...Array(16).fill(0)]);
  const bytes = encodeEntry({ ...entry, uuid }, ENTRY_SIZE_1_1);
  expect([...bytes.subarray(8)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0x8f]);
});

test("a VM: bits 1, 2 and 3, and bit 8 where it runs in AArch64", () => {
  expect(PROPERTIES_OF_VM).toBe(0b1110);
  expect(PROPERTY_AARCH64).toBe(0x100);
});

test("an entry is read back from any offset", () => {
  const u16 = fc.integer({ min: 0, max: 0xffff });
  const info = {
    id: u16,
    executionContexts: u16,
    uuid: fc.tuple(word32, word32, word32, word32),
  };
  const later = fc.record({ ...info, properties: word32 });
  const oldest = fc.record({ ...info, properties: fc.integer({ min: 0, max: 7 }) });
  const sized = fc.oneof(
    later.map((each) => ({ each, size: ENTRY_SIZE_1_1, told: each })),
    oldest.map(({ uuid: _, ...each }) => ({ each, size: ENTRY_SIZE_1_0, told: each })),
  );
  fc.assert(
    fc.property(sized, fc.nat({ max: 40 }), ({ each, size, told }, offset) => {
      // RX may itself be a part of something larger.
      const rx = new Uint8Array(offset + size + 5).fill(0xff).subarray(5);
      rx.set(encodeEntry(each, size), offset);
      expect(decodeEntry(rx, offset, size)).toEqual(told);
    }),
  );
});
