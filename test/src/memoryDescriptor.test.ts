/**
 * src/memoryDescriptor.ts: which transaction descriptors are passed on (DEN0077A, "Memory
 * transaction descriptor"; C: `read_mem_transaction`, `ffa_handle_mem_share`).
 */
import { describe, expect, test } from "vitest";
import { checkDescriptor, encodeDescriptor } from "../../src/memoryDescriptor.js";

const [OK, NOT_SUPPORTED, INVALID] = [0, -1, -2];
const [SENDER, SP] = [2, 0x8001];

/** Where the fields are, in bytes, in each layout. */
const layouts = [
  { version: 0x10000, access: 32, count: 28, attributes: 1 },
  { version: 0x10001, access: 48, count: 28, attributes: 2 },
  { version: 0x10002, access: 48, count: 28, attributes: 2 },
] as const;

describe.each(layouts)("of version $version", ({ version, access, count, attributes }) => {
  const region = access + 16;
  const range = region + 16;
  const valid = encodeDescriptor(version, SENDER, SP, 0x4000n, 3);

  /** A valid descriptor with bytes of a field replaced, and bytes more behind it. */
  function check(at: number, width: number, value: number | bigint, more: readonly number[] = []) {
    const bytes = Uint8Array.of(...valid, ...more);
    for (let i = 0; i < width; i++) bytes[at + i] = Number((BigInt(value) >> BigInt(8 * i)) & 255n);
    return checkDescriptor(bytes, version, SENDER);
  }
  const ranges = (...all: readonly (readonly [bigint, number])[]): readonly number[] => {
    const bytes = new Uint8Array(16 * all.length);
    const view = new DataView(bytes.buffer);
    for (const [i, [address, pages]] of all.entries()) {
      view.setBigUint64(16 * i, address, true);
      view.setUint32(16 * i + 8, pages, true);
    }
    return [...bytes];
  };

  test("one of whole pages that add up is passed on", () => {
    expect(valid).toHaveLength(range + 16);
    expect(check(0, 0, 0)).toBe(OK);
  });

  test("in any view of a buffer", () => {
    const bytes = Uint8Array.of(1, 2, 3, ...valid, 4);
    expect(checkDescriptor(bytes.subarray(3, -1), version, SENDER)).toBe(OK);
  });

  test("no byte may be missing, of whatever part", () => {
    for (let length = 0; length < valid.length; length++) {
      const expected = length >= region && length < range ? NOT_SUPPORTED : INVALID;
      expect(checkDescriptor(valid.slice(0, length), version, SENDER), `${length}`).toBe(expected);
    }
  });

  test.each([SENDER - 1, SENDER + 1, 0, SP])("from %i: it is from its sender", (sender) => {
    expect(check(0, 2, sender)).toBe(INVALID);
  });

  test("of another kind of memory: not supported, and none that there can be no room for", () => {
    for (const other of [0, 0x2e, 0x0f, 0x3f, 0x6f, 0xff]) {
      expect(check(2, attributes, other)).toBe(NOT_SUPPORTED);
    }
    expect(check(2, 2, 0x12f)).toBe(attributes === 1 ? OK : INVALID);
  });

  test("flags are of 8 bits", () => {
    expect([check(4, 4, 0xff), check(4, 4, 0x100)]).toEqual([OK, INVALID]);
  });

  test("handle, tag and what is reserved do not matter", () => {
    for (const at of [8, 16]) expect(check(at, 8, 2n ** 64n - 1n)).toBe(OK);
    expect(check(access + 8, 8, 2n ** 64n - 1n)).toBe(OK);
    expect(check(access + 3, 1, 0xff)).toBe(OK);
    expect(check(region + 8, 8, 2n ** 64n - 1n)).toBe(OK);
    expect(check(range + 12, 4, 2n ** 32n - 1n)).toBe(OK);
  });

  test("for one receiver: for none or two it is not supported, if there is room for them", () => {
    expect(check(count, 4, 0)).toBe(NOT_SUPPORTED);
    expect(check(count, 4, 2)).toBe(NOT_SUPPORTED);
    const most = Math.floor((valid.length - access) / 16);
    expect(check(count, 4, most)).toBe(NOT_SUPPORTED);
    expect(check(count, 4, most + 1)).toBe(INVALID);
    expect(check(count, 4, 0x100)).toBe(INVALID);
    expect(check(count, 4, 2 ** 31)).toBe(INVALID);
  });

  test("for an SP, to read and to write", () => {
    expect([0x8000, 0xffff, 0x7fff, 3].map((id) => check(access, 2, id))).toEqual([
      ...[OK, OK],
      ...[NOT_SUPPORTED, NOT_SUPPORTED],
    ]);
    for (const permissions of [0, 1, 3, 6, 10]) {
      expect(check(access + 2, 1, permissions)).toBe(NOT_SUPPORTED);
    }
  });

  test("its region is in the fragment", () => {
    const last = valid.length - 16;
    // The range is there where a region with its own range is expected.
    expect(check(access + 4, 4, last)).toBe(INVALID);
    expect(check(access + 4, 4, last + 1)).toBe(NOT_SUPPORTED);
    expect(check(access + 4, 4, 2 ** 32 - 1)).toBe(NOT_SUPPORTED);
  });

  test("the pages of its ranges are as many as it says, and not none", () => {
    expect([2, 3, 4].map((pages) => check(region, 4, pages))).toEqual([INVALID, OK, INVALID]);
    expect([2, 3, 4].map((pages) => check(range + 8, 4, pages))).toEqual([INVALID, OK, INVALID]);
    expect(check(region, 8, 0n)).toBe(INVALID);
    expect(check(region, 8, (1n << 32n) + 0n)).toBe(INVALID);
  });

  test("all its ranges are there", () => {
    const two = ranges([0x9000n, 2], [0x1000n, 1]);
    // Three pages of the first range, then these.
    expect(check(region, 8, (2n << 32n) + 5n, two)).toBe(OK);
    expect(check(region, 8, (3n << 32n) + 6n, two)).toBe(OK);
    expect(check(region, 8, (3n << 32n) + 5n, two)).toBe(INVALID);
    expect(check(region, 8, (4n << 32n) + 6n, two)).toBe(INVALID);
    expect(check(region, 8, (2n ** 32n - 1n) * 2n ** 32n + 6n, two)).toBe(INVALID);
  });

  test("a range is of whole pages, and ends where addresses end", () => {
    expect([0x4001n, 0x4800n, 0x5000n].map((at) => check(range, 8, at))).toEqual([
      ...[INVALID, INVALID],
      OK,
    ]);
    expect(check(range, 8, 2n ** 64n - 0x3000n)).toBe(OK);
    expect(check(range, 8, 2n ** 64n - 0x2000n)).toBe(INVALID);
    expect(check(region, 8, (2n << 32n) + 4n, ranges([0x1n, 1]))).toBe(INVALID);
  });
});

describe("what 1.1 has more", () => {
  const valid = encodeDescriptor(0x10001, SENDER, SP, 0x4000n, 1);
  function check(change: (view: DataView) => void): number {
    const bytes = valid.slice();
    change(new DataView(bytes.buffer));
    return checkDescriptor(bytes, 0x10001, SENDER);
  }

  test("an access has 16 bytes or more, and they are in the fragment", () => {
    const of = (size: number) => check((view) => view.setUint32(24, size, true));
    const most = valid.length - 48;
    expect([15, 16, most, most + 1, 0x100].map(of)).toEqual([INVALID, OK, OK, INVALID, INVALID]);
  });

  test("the access array is aligned, and in the fragment", () => {
    const of = (at: number) => check((view) => view.setUint32(32, at, true));
    expect([40, 47, 49].map(of)).toEqual([INVALID, INVALID, INVALID]);
    expect([valid.length, 2 ** 32 - 16].map(of)).toEqual([INVALID, INVALID]);
    const moved = Uint8Array.of(...valid, ...valid.subarray(48, 64));
    new DataView(moved.buffer).setUint32(32, valid.length, true);
    expect(checkDescriptor(moved, 0x10001, SENDER)).toBe(OK);
  });
});

test("a descriptor of one layout is none of the other", () => {
  const [oldest, later] = [0x10000, 0x10001].map((of) => encodeDescriptor(of, SENDER, SP, 0n, 1));
  expect(checkDescriptor(oldest, 0x10001, SENDER)).not.toBe(OK);
  expect(checkDescriptor(later, 0x10000, SENDER)).not.toBe(OK);
});
