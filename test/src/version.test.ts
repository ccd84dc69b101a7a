/**
 * src/version.ts: what the mediator makes of a requested word (DEN0077A, FFA_VERSION), against an
 * oracle that compares no major and no minor. H6: bit 31.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CHOICES, type Choices } from "../../src/choices.js";
import { defaultOptions, type MediatorOptions } from "../../src/options.js";
import * as version from "../../src/version.js";
import * as word from "../../src/versionWord.js";
import { word32 } from "../support/arbitraries.js";

const BIT_31 = 2 ** 31;
/** What a mediator of each version speaks, written out. */
const SPOKEN: ReadonlyMap<number, readonly number[]> = new Map([
  [0x10000, [0x10000]],
  [0x10001, [0x10000, 0x10001]],
  [0x10002, [0x10000, 0x10001, 0x10002]],
]);
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

const withBit31: Pick<MediatorOptions, "fixes"> = { fixes: [] };

describe.each([...SPOKEN.keys()])("a mediator of version %d", (mine) => {
  const options: MediatorOptions = { ...defaultOptions, version: mine };
  const posted: MediatorOptions = { ...options, ...withBit31 };
  const isSpoken = (asked: number): boolean => spokenBy(mine).includes(withoutBit31(asked));

  test("speaks its own version and every lower minor", () => {
    expect(word.supportedVersions(mine)).toEqual(spokenBy(mine));
  });

  test("posted: takes what it speaks, with bit 31 or without, else settles on its own", () => {
    const isRight = (asked: number): boolean =>
      version.requestOutcome(asked, posted) === (isSpoken(asked) ? "taken" : "mine");
    expect(wrongWords(isRight)).toEqual([]);
    fc.assert(fc.property(word32, isRight));
  });

  test("RefuseBit31: takes what it speaks, and refuses bit 31 before all else", () => {
    const isRight = (asked: number): boolean => {
      const otherwise = isSpoken(asked) ? "taken" : "mine";
      return version.requestOutcome(asked, options) === (asked >= BIT_31 ? "refuse" : otherwise);
    };
    expect(wrongWords(isRight)).toEqual([]);
  });

  test.each(CHOICES.otherMajor)("another major by its choice (%s)", (otherMajor) => {
    const chosen = { ...options, choices: { ...options.choices, otherMajor } };
    expect(version.requestOutcome(0x20000, chosen)).toBe(otherMajor);
    expect(version.requestOutcome(0, chosen)).toBe(otherMajor);
    expect(version.requestOutcome(0x1ffff, chosen)).toBe("mine");
  });

  test.each(CHOICES.greaterMinor)("a greater minor by its choice (%s)", (greaterMinor) => {
    const chosen = { ...options, choices: { ...options.choices, greaterMinor } };
    expect(version.requestOutcome(mine + 1, chosen)).toBe(greaterMinor);
    expect(version.requestOutcome(0x20000, chosen)).toBe("mine");
    expect(version.requestOutcome(mine, chosen)).toBe("taken");
  });

  test("what is settled on can be stored; only the posted design stores more (H6)", () => {
    for (const each of [posted, options]) {
      const storable = version.requestableVersions(each);
      const isStorable = (asked: number): boolean =>
        version.requestOutcome(asked, each) !== "taken" || storable.includes(asked);
      expect(wrongWords(isStorable)).toEqual([]);
      const others = storable.filter((each) => each !== 0 && !spokenBy(mine).includes(each));
      expect(others.length > 0).toBe(each === posted);
    }
  });
});

const withChoices = (choices: Partial<Choices>, version = 0x10002): MediatorOptions => ({
  ...defaultOptions,
  version,
  choices: { ...defaultOptions.choices, ...choices },
});

test.each([
  ["none", 0],
  ["oldest", 0x10000],
  ["mine", 0x10002],
] as const)("the version in force before a request (%s)", (initial, expected) => {
  const options = withChoices({ initial });
  expect(version.initialVersion(options)).toBe(expected);
  const storable = version.requestableVersions(options);
  expect(storable[0]).toBe(expected);
  expect([...storable].sort()).toEqual([0, 0x10000, 0x10001, 0x10002]);
  expect(version.publishableVersions(options)[0]).toBe(0);
});

test("guest_vers can be closed only where a mediator closes it", () => {
  const closed = version.publishableVersions(withChoices({ early: "closed" }));
  expect(closed).toContain(word.CLOSED);
  expect(version.publishableVersions(withChoices({}))).not.toContain(word.CLOSED);
});

test("what is answered while negotiation is open", () => {
  const answer = (takenAnswer: Choices["takenAnswer"], outcome: version.RequestOutcome) =>
    version.openAnswer(0x10000, outcome, withChoices({ takenAnswer }))[0];
  expect(answer("mine", "taken")).toBe(0x10002);
  expect(answer("negotiated", "taken")).toBe(0x10000);
  for (const takenAnswer of CHOICES.takenAnswer) {
    expect(answer(takenAnswer, "mine")).toBe(0x10002);
    expect(answer(takenAnswer, "keep")).toBe(0x10002);
    expect(answer(takenAnswer, "refuse")).toBe(0xffffffff);
  }
});

describe("behind the end of negotiation FFA_VERSION answers by its choice", () => {
  const REFUSED = 0xffffffff;
  const MINE = 0x10002;
  const answer = (laterAnswer: Choices["laterAnswer"], asked: number, negotiated: number) =>
    version.laterAnswer(asked, negotiated, withChoices({ laterAnswer }))[0];

  test("mine: the mediator's version, whatever is asked for", () => {
    for (const asked of [0, 0x10000, 0x10002, 0x20000]) {
      expect(answer("mine", asked, word.NO_VERSION)).toBe(MINE);
    }
  });

  test("negotiated: that version, whatever is asked for", () => {
    for (const asked of [0, 0x10000, 0x10002, 0x20000]) {
      expect(answer("negotiated", asked, 0x10001)).toBe(0x10001);
    }
  });

  test("other-refused: the mediator's version for the negotiated word alone", () => {
    expect(answer("other-refused", 0x10000, 0x10000)).toBe(MINE);
    for (const asked of [0x10001, 0x10002, 0x20000]) {
      expect(answer("other-refused", asked, 0x10000)).toBe(REFUSED);
    }
  });

  test("lower-refused: the negotiated version, but for a lower minor or another major", () => {
    expect(answer("lower-refused", 0x10000, 0x10001)).toBe(REFUSED);
    expect(answer("lower-refused", 0x20001, 0x10001)).toBe(REFUSED);
    expect(answer("lower-refused", 0x10001, 0x10001)).toBe(0x10001);
    expect(answer("lower-refused", 0x10002, 0x10001)).toBe(0x10001);
  });

  test.each(CHOICES.laterAnswer)(
    "bit 31 is refused with the fix, and looked at no more",
    (each) => {
      expect(answer(each, BIT_31 + 0x10001, 0x10001)).toBe(REFUSED);
    },
  );

  test("bit 31 is not looked at by the posted design", () => {
    const posted = { ...withChoices({}), ...withBit31 };
    expect(version.laterAnswer(BIT_31 + 0x10001, 0, posted)[0]).toBe(MINE);
  });
});

test("bits 30 to 16 are the major version, 15 to 0 the minor one", () => {
  expect(word.majorOf(0xffff0003)).toBe(0x7fff);
  expect(word.minorOf(0x7fff0003)).toBe(3);
  expect(word.hasBit31(0x80000000)).toBe(true);
  expect(word.hasBit31(0x7fffffff)).toBe(false);
});
