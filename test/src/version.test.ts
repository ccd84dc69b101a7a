/**
 * src/version.ts: what the mediator makes of a requested word (DEN0077A, FFA_VERSION), against an
 * oracle that compares no major and no minor. H6: bit 31.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CHOICES, type Choices } from "../../src/choices.js";
import { defaultOptions, type MediatorOptions } from "../../src/options.js";
import * as version from "../../src/version.js";
import { CLOSED, NO_VERSION } from "../../src/versionWord.js";
import { VERSION_REFUSED, versionOf } from "../support/answers.js";
import { mediatorOptions, versionWord, word32 } from "../support/arbitraries.js";

const BIT_31 = 2 ** 31;
const [V1_0, V1_1, V1_2, V2_0] = [0x10000, 0x10001, 0x10002, 0x20000];
/** What a mediator of each version speaks, and words of greater minors, written out. */
const SPOKEN: ReadonlyMap<number, readonly number[]> = new Map([
  [V1_0, [V1_0]],
  [V1_1, [V1_0, V1_1]],
  [V1_2, [V1_0, V1_1, V1_2]],
]);
const spokenBy = (mine: number): readonly number[] => SPOKEN.get(mine) ?? [];

const negotiating = (
  choices: Partial<Choices>,
  options: Partial<MediatorOptions> = {},
): MediatorOptions => ({
  ...defaultOptions,
  ...options,
  choices: { ...defaultOptions.choices, ...choices },
});

/** Every major with the minors around the known ones, and every minor of major 1. */
function* wordsWithoutBit31(): Generator<number> {
  for (let major = 0; major < 2 ** 15; major++) {
    for (const minor of [0, 1, 2, 3, 0xffff]) yield major * 65536 + minor;
  }
  for (let minor = 0; minor < 2 ** 16; minor++) yield 65536 + minor;
}

/** Collects what is wrong, since a quarter of a million assertions take long. */
function wrongWords(isRight: (word: number) => boolean): readonly number[] {
  const wrong: number[] = [];
  for (const word of wordsWithoutBit31()) if (!isRight(word)) wrong.push(word);
  return wrong.slice(0, 5);
}

describe.each([...SPOKEN.keys()])(
  "the outcome of a request, for a mediator of version %d",
  (mine) => {
    // Other values for other kinds of requests, so that the outcome names the kind.
    const choices = { otherMajor: "mine", greaterMinor: "keep" } as const;
    const kindOf = (word: number): version.RequestOutcome => {
      if (spokenBy(mine).includes(word)) return "taken";
      return word >= 0x10000 && word <= 0x1ffff ? "keep" : "mine";
    };

    test("is that of its kind: spoken, a greater minor, or another major", () => {
      const options = negotiating(choices, { version: mine });
      expect(wrongWords((word) => version.requestOutcome(word, options) === kindOf(word))).toEqual(
        [],
      );
    });

    test("with bit 31 is a refusal (RefuseBit31)", () => {
      const options = negotiating(choices, { version: mine, fixes: ["RefuseBit31"] });
      const isRight = (word: number) => version.requestOutcome(BIT_31 + word, options) === "refuse";
      expect(wrongWords(isRight)).toEqual([]);
    });

    test("with bit 31 is that without bit 31, where it is not looked at (H6)", () => {
      const options = negotiating(choices, { version: mine, fixes: [] });
      const isRight = (word: number) =>
        version.requestOutcome(BIT_31 + word, options) === kindOf(word);
      expect(wrongWords(isRight)).toEqual([]);
    });
  },
);

test.each(CHOICES.otherMajor)("another major: %s, as chosen", (otherMajor) => {
  for (const greaterMinor of CHOICES.greaterMinor) {
    const options = negotiating({ otherMajor, greaterMinor });
    expect(version.requestOutcome(V2_0, options)).toBe(otherMajor);
    expect(version.requestOutcome(V1_2, options)).toBe(greaterMinor);
    expect(version.requestOutcome(V1_0, options)).toBe("taken");
  }
});

describe("the answer while negotiation is open", () => {
  test.each([
    ["taken", "mine", V1_1],
    ["taken", "negotiated", V1_0],
    ["mine", "mine", V1_1],
    ["mine", "negotiated", V1_1],
    ["keep", "mine", V1_1],
    ["keep", "negotiated", V1_1],
    ["refuse", "mine", 0xffffffff],
    ["refuse", "negotiated", 0xffffffff],
  ] as const)("%s, answering with %s", (outcome, takenAnswer, word) => {
    const answer = version.openAnswer(V1_0, outcome, negotiating({ takenAnswer }));
    expect(answer).toEqual(versionOf(word));
  });
});

describe("the answer behind the end of negotiation, of a mediator of 1.2", () => {
  const answer = (
    laterAnswer: Choices["laterAnswer"],
    word: number,
    negotiated: number,
    fixes = defaultOptions.fixes,
  ) =>
    version.laterAnswer(word, negotiated, negotiating({ laterAnswer }, { version: V1_2, fixes }));

  test("mine: the mediator's version, whatever is asked for and was negotiated", () => {
    for (const word of [0, V1_0, V1_2, V2_0]) {
      expect(answer("mine", word, NO_VERSION)).toEqual(versionOf(V1_2));
    }
  });

  test("negotiated: the negotiated version, whatever is asked for", () => {
    for (const word of [0, V1_0, V1_2, V2_0]) {
      expect(answer("negotiated", word, V1_1)).toEqual(versionOf(V1_1));
    }
  });

  test("other-refused: the mediator's version for the negotiated one alone", () => {
    expect(answer("other-refused", V1_1, V1_1)).toEqual(versionOf(V1_2));
    for (const word of [0, V1_0, V1_2, V2_0, 0x20001]) {
      expect(answer("other-refused", word, V1_1)).toEqual(VERSION_REFUSED);
    }
  });

  test("lower-refused: the negotiated version, but for a lower minor or another major", () => {
    for (const word of [V1_1, V1_2, 0x1ffff]) {
      expect(answer("lower-refused", word, V1_1)).toEqual(versionOf(V1_1));
    }
    for (const word of [0, 1, V1_0, V2_0, 0x20001, 0x20002]) {
      expect(answer("lower-refused", word, V1_1)).toEqual(VERSION_REFUSED);
    }
  });

  test.each(CHOICES.laterAnswer)("%s: bit 31 is refused with RefuseBit31", (laterAnswer) => {
    expect(answer(laterAnswer, BIT_31 + V1_1, V1_1)).toEqual(VERSION_REFUSED);
  });

  test.each([
    ["mine", V1_2],
    ["negotiated", V1_1],
    ["lower-refused", V1_1],
    ["other-refused", 0xffffffff],
  ] as const)(
    "%s: bit 31 is not looked at without it, but by a comparison of words",
    (of, word) => {
      expect(answer(of, BIT_31 + V1_1, V1_1, [])).toEqual(versionOf(word));
    },
  );
});

describe("what the fields can hold", () => {
  test.each([
    ["none", NO_VERSION],
    ["oldest", V1_0],
    ["mine", V1_2],
  ] as const)("before a request %s is in force", (initial, word) => {
    const options = negotiating({ initial }, { version: V1_2 });
    expect(version.initialVersion(options)).toBe(word);
    expect(version.requestableVersions(options)[0]).toBe(word);
    expect(version.publishableVersions(options)[0]).toBe(NO_VERSION);
  });

  test("nothing but what the mediator speaks (RefuseBit31); with bit 31 too without it (H6)", () => {
    for (const [mine, spoken] of SPOKEN) {
      const hardened = negotiating({}, { version: mine });
      expect(version.requestableVersions(hardened)).toEqual([NO_VERSION, ...spoken]);
      expect(version.publishableVersions(hardened)).toEqual([NO_VERSION, ...spoken]);
      const posted = negotiating({}, { version: mine, fixes: [] });
      const marked = spoken.map((word) => BIT_31 + word);
      expect(version.publishableVersions(posted)).toEqual([NO_VERSION, ...spoken, ...marked]);
    }
  });

  test("the end without a version, only where there is one", () => {
    const closed = version.publishableVersions(negotiating({ early: "closed" }));
    expect(closed).toEqual([NO_VERSION, V1_0, V1_1, CLOSED]);
    expect(version.publishableVersions(negotiating({ early: "open" }))).not.toContain(CLOSED);
  });

  test("each value once, and every word that a request settles on", () => {
    fc.assert(
      fc.property(mediatorOptions, fc.oneof(versionWord, word32), (options, word) => {
        const requestable = version.requestableVersions(options);
        const publishable = version.publishableVersions(options);
        expect(new Set(requestable).size).toBe(requestable.length);
        expect(new Set(publishable).size).toBe(publishable.length);
        const outcome = version.requestOutcome(word, options);
        if (outcome !== "taken" && outcome !== "mine") return;
        const settled = outcome === "taken" ? word : options.version;
        expect(requestable).toContain(settled);
        expect(publishable).toContain(settled);
      }),
    );
  });
});
