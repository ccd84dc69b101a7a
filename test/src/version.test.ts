/**
 * src/version.ts: what the mediator makes of a requested word (DEN0077A, FFA_VERSION), against an
 * oracle that compares no major and no minor. H6: bit 31.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Design,
  defaultOptions,
  type MediatorOptions,
  type Policy,
} from "../../src/options.js";
import * as version from "../../src/version.js";
import { word32 } from "../support/arbitraries.js";

const BIT_31 = 2 ** 31;
/** What a mediator of each version speaks, written out. */
const SPOKEN: ReadonlyMap<number, readonly number[]> = new Map([
  [0x10000, [0x10000]],
  [0x10001, [0x10000, 0x10001]],
  [0x10002, [0x10000, 0x10001, 0x10002]],
]);
const DESIGNS: readonly Design[] = ["posted", "hardened"];
const POLICIES: readonly Policy[] = ["always-mine", "refuse-other", "refuse-lower"];

const spokenBy = (mine: number): readonly number[] => SPOKEN.get(mine) ?? [];
const withoutBit31 = (word: number): number => (word >= BIT_31 ? word - BIT_31 : word);

/** Every major with the minors around the known ones, every minor of major 1, with and without bit 31. */
function* words(): Generator<number> {
  for (const bit31 of [0, BIT_31]) {
    for (let major = 0; major < 2 ** 15; major++) {
      for (const minor of [0, 1, 2, 3, 0xffff]) yield bit31 + major * 65536 + minor;
    }
    for (let minor = 0; minor < 2 ** 16; minor++) yield bit31 + 65536 + minor;
  }
}

/** Collects what is wrong, since half a million assertions take long. */
function wrongWords(isRight: (word: number) => boolean): readonly number[] {
  const wrong: number[] = [];
  for (const word of words()) if (!isRight(word)) wrong.push(word);
  return wrong.slice(0, 5);
}

describe.each([...SPOKEN.keys()])("a mediator of version %d", (mine) => {
  const settledAsExpected = (word: number): boolean => {
    const spoken = spokenBy(mine).includes(withoutBit31(word));
    return version.settledVersion(word, mine) === (spoken ? word : mine);
  };

  test("speaks its own version and every lower minor", () => {
    expect(version.supportedVersions(mine)).toEqual(spokenBy(mine));
  });

  test("settles on the word asked for where it speaks it, else on its own", () => {
    expect(wrongWords(settledAsExpected)).toEqual([]);
    fc.assert(fc.property(word32, (word) => settledAsExpected(word)));
  });

  test.each(DESIGNS)("what is settled on can be stored (%s)", (design) => {
    const options: MediatorOptions = { ...defaultOptions, version: mine, design };
    const storable = version.storableVersions(options);
    expect(storable[0]).toBe(version.NO_VERSION);
    const isStorable = (word: number): boolean =>
      version.isRefused(word, options) || storable.includes(version.settledVersion(word, mine));
    expect(wrongWords(isStorable)).toEqual([]);
    // Hardened: nothing but a version that the mediator speaks. (H6 is the posted design's.)
    const others = storable.slice(1).filter((word) => !spokenBy(mine).includes(word));
    expect(others.length > 0).toBe(design === "posted");
  });

  test("refused before negotiation: bit 31 if hardened, all that is not spoken if refuse-other", () => {
    for (const design of DESIGNS) {
      for (const policy of POLICIES) {
        const options: MediatorOptions = { ...defaultOptions, version: mine, design, policy };
        const isRight = (word: number): boolean => {
          const expected =
            policy === "refuse-other"
              ? !spokenBy(mine).includes(word)
              : design === "hardened" && word >= BIT_31;
          return version.isRefused(word, options) === expected;
        };
        expect(wrongWords(isRight)).toEqual([]);
      }
    }
  });
});

describe("after negotiation FFA_VERSION answers by the policy", () => {
  const answer = (policy: Policy, word: number, negotiated: number, design: Design = "hardened") =>
    version.renegotiationAnswer(word, negotiated, { ...defaultOptions, policy, design })[0];
  const REFUSED = 0xffffffff;
  const MINE = defaultOptions.version;

  test("always-mine: the mediator's version, whatever is asked for", () => {
    for (const word of [0, 0x10000, 0x10002, 0x20000]) {
      expect(answer("always-mine", word, version.NO_VERSION)).toBe(MINE);
    }
  });

  test("refuse-other: NOT_SUPPORTED for all but the negotiated version", () => {
    expect(answer("refuse-other", 0x10000, 0x10000)).toBe(MINE);
    for (const word of [0x10001, 0x10002, 0x20000]) {
      expect(answer("refuse-other", word, 0x10000)).toBe(REFUSED);
    }
  });

  test("refuse-lower: NOT_SUPPORTED for a lower minor", () => {
    expect(answer("refuse-lower", 0x10000, 0x10001)).toBe(REFUSED);
    expect(answer("refuse-lower", 0x10001, 0x10001)).toBe(MINE);
    expect(answer("refuse-lower", 0x10002, 0x10001)).toBe(MINE);
  });

  test.each(POLICIES)("bit 31 is refused by the hardened design (%s)", (policy) => {
    expect(answer(policy, BIT_31 + 0x10001, 0x10001)).toBe(REFUSED);
  });

  test("bit 31 is not looked at by the posted design", () => {
    expect(answer("always-mine", BIT_31 + 0x10001, 0, "posted")).toBe(MINE);
    expect(answer("refuse-lower", BIT_31 + 0x10001, 0x10001, "posted")).toBe(MINE);
  });
});

test("bits 30 to 16 are the major version, 15 to 0 the minor one", () => {
  expect(version.majorOf(0xffff0003)).toBe(0x7fff);
  expect(version.minorOf(0x7fff0003)).toBe(3);
  expect(version.hasBit31(0x80000000)).toBe(true);
  expect(version.hasBit31(0x7fffffff)).toBe(false);
});
