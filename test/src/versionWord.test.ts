/** src/versionWord.ts: the parts of a version word (DEN0077A, FFA_VERSION). */
import fc from "fast-check";
import { expect, test } from "vitest";
import * as words from "../../src/versionWord.js";
import { word32 } from "../support/arbitraries.js";

test("the known versions, as words", () => {
  expect([words.VERSION_1_0, words.VERSION_1_1, words.VERSION_1_2]).toEqual([
    0x10000, 0x10001, 0x10002,
  ]);
  expect(words.KNOWN_VERSIONS).toEqual([0x10000, 0x10001, 0x10002]);
});

test("bit 31, then 15 bits of major, then 16 of minor; together they are the word", () => {
  expect(words.majorOf(0xffff0003)).toBe(0x7fff);
  expect(words.minorOf(0x7fff0003)).toBe(3);
  expect(words.hasBit31(0x80000000)).toBe(true);
  expect(words.hasBit31(0x7fffffff)).toBe(false);
  fc.assert(
    fc.property(word32, (word) => {
      const bit31 = words.hasBit31(word) ? 2 ** 31 : 0;
      expect(bit31 + words.majorOf(word) * 2 ** 16 + words.minorOf(word)).toBe(word);
      expect(words.majorOf(word)).toBeLessThan(2 ** 15);
      expect(words.minorOf(word)).toBeLessThan(2 ** 16);
    }),
  );
});

test.each([
  [0x10000, [0x10000]],
  [0x10001, [0x10000, 0x10001]],
  [0x10002, [0x10000, 0x10001, 0x10002]],
  [0x20000, []],
])(
  "a mediator of version %d speaks its own and every lower minor that is known",
  (mine, spoken) => {
    expect(words.supportedVersions(mine)).toEqual(spoken);
  },
);

test("what stands for no version is none: 0 before negotiation, NOT_SUPPORTED behind its end", () => {
  expect(words.NO_VERSION).toBe(0);
  expect(words.CLOSED).toBe(0xffffffff);
  for (const word of [words.NO_VERSION, words.CLOSED]) {
    expect(words.KNOWN_VERSIONS).not.toContain(word);
    expect(words.KNOWN_VERSIONS.map(words.majorOf)).not.toContain(words.majorOf(word));
  }
});
