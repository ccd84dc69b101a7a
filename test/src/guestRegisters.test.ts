/** src/guestRegisters.ts: x0..x17 of a guest, of which the mediator sees the lower halves. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lowerHalves } from "../../src/guestRegisters.js";
import { createMediator, FFA_ID_GET, FFA_VERSION } from "../../src/index.js";

describe("registers", () => {
  test("that are missing are zero", () => {
    expect(lowerHalves([])).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    expect(lowerHalves([1, 2n])).toEqual([1, 2, 0, 0, 0, 0, 0, 0]);
  });

  test("are given by their lower halves, as numbers or as bigints", () => {
    const u64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
    fc.assert(
      fc.property(fc.array(fc.oneof(u64, fc.maxSafeNat()), { maxLength: 18 }), (given) => {
        const expected = given.map((value) => Number(BigInt(value) & 0xffffffffn));
        const words = [...expected, 0, 0, 0, 0, 0, 0, 0, 0].slice(0, 8);
        expect(lowerHalves(given)).toEqual(words);
      }),
    );
  });

  test("are 18 at the most, each of 64 bits", () => {
    expect(lowerHalves(Array(18).fill(2n ** 64n - 1n))).toEqual(Array(8).fill(2 ** 32 - 1));
    expect(lowerHalves([2 ** 53 - 1])[0]).toBe(2 ** 32 - 1);
    expect(() => lowerHalves(Array(19).fill(0))).toThrow("x0..x17 are 18 registers, not 19");
  });

  test.each([
    ...[-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53],
    ...[-1n, 2n ** 64n],
    ...["1", null, undefined].map((value) => value as never),
  ])("%s is none", (value) => {
    const limits = "0..2^64-1 as a bigint, 0..2^53-1 as a number";
    const text = `BAD_REGISTERS: x3 is ${limits}, not ${String(value)}`;
    expect(() => lowerHalves([0, 0, 0, value])).toThrow(text);
    expect(() => lowerHalves([...Array(17).fill(0), value])).toThrow("x17");
  });
});

test("the upper halves do not matter to a call", () => {
  const mediator = createMediator();
  const [vcpu] = mediator.createDomain({ id: 1, vcpus: 1 });
  const upper = 0xdeadbeefn << 32n;
  const version = mediator.call(vcpu, [upper + BigInt(FFA_VERSION), upper + 0x10001n]);
  expect(version[0]).toBe(0x10001);
  const id = mediator.call(vcpu, [upper + BigInt(FFA_ID_GET), ...Array(17).fill(upper)]);
  expect(id).toEqual([0x84000061, 0, 2, 0, 0, 0, 0, 0]);
});
