/** src/abi.ts: exact bits of function IDs, status codes and answers (DEN0077A, chapters 11 to 13). */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as abi from "../../src/abi.js";
import { word32 } from "../support/arbitraries.js";

test.each([
  ["FFA_ERROR", abi.FFA_ERROR, 0x84000060],
  ["FFA_SUCCESS_32", abi.FFA_SUCCESS_32, 0x84000061],
  ["FFA_SUCCESS_64", abi.FFA_SUCCESS_64, 0xc4000061],
  ["FFA_INTERRUPT", abi.FFA_INTERRUPT, 0x84000062],
  ["FFA_VERSION", abi.FFA_VERSION, 0x84000063],
  ["FFA_FEATURES", abi.FFA_FEATURES, 0x84000064],
  ["FFA_RX_RELEASE", abi.FFA_RX_RELEASE, 0x84000065],
  ["FFA_RXTX_MAP_32", abi.FFA_RXTX_MAP_32, 0x84000066],
  ["FFA_RXTX_MAP_64", abi.FFA_RXTX_MAP_64, 0xc4000066],
  ["FFA_RXTX_UNMAP", abi.FFA_RXTX_UNMAP, 0x84000067],
  ["FFA_PARTITION_INFO_GET", abi.FFA_PARTITION_INFO_GET, 0x84000068],
  ["FFA_ID_GET", abi.FFA_ID_GET, 0x84000069],
  ["NOT_SUPPORTED", abi.NOT_SUPPORTED, -1],
  ["INVALID_PARAMETERS", abi.INVALID_PARAMETERS, -2],
  ["NO_MEMORY", abi.NO_MEMORY, -3],
  ["BUSY", abi.BUSY, -4],
  ["DENIED", abi.DENIED, -6],
  ["PARTITION_INFO_COUNT_FLAG", abi.PARTITION_INFO_COUNT_FLAG, 1],
] as const)("%s", (_, actual, value) => {
  expect(actual).toBe(value);
});

describe("registers", () => {
  test("missing words are zero, and there are eight", () => {
    expect(abi.registers()).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    expect(abi.registers(1, 2)).toEqual([1, 2, 0, 0, 0, 0, 0, 0]);
  });

  test("every word has 32 bits and no sign", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(word32, fc.integer()), { maxLength: 8 }), (words) => {
        const all = abi.registers(...words);
        expect(all).toHaveLength(8);
        for (const [i, word] of all.entries()) {
          expect(word).toBe(Number(BigInt.asUintN(32, BigInt(words[i] ?? 0))));
        }
      }),
    );
  });
});

describe("answers: registers beyond the answer are zero", () => {
  test("FFA_SUCCESS carries w2 and w3, and w1 is zero", () => {
    expect(abi.success(5, 24)).toEqual([0x84000061, 0, 5, 24, 0, 0, 0, 0]);
  });

  test("FFA_ERROR carries the status in w2 as 32 bits of a signed number", () => {
    expect(abi.error(abi.NOT_SUPPORTED)).toEqual([0x84000060, 0, 0xffffffff, 0, 0, 0, 0, 0]);
    expect(abi.error(abi.DENIED)).toEqual([0x84000060, 0, 0xfffffffa, 0, 0, 0, 0, 0]);
  });

  test("FFA_VERSION answers in w0: a word, or NOT_SUPPORTED", () => {
    expect(abi.versionAnswer(0x10001)).toEqual([0x10001, 0, 0, 0, 0, 0, 0, 0]);
    expect(abi.versionAnswer(abi.NOT_SUPPORTED)).toEqual([0xffffffff, 0, 0, 0, 0, 0, 0, 0]);
  });
});
