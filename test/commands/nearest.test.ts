/** What is suggested for a name that is not known: the nearest ones, and nothing far. */
import { describe, expect, test } from "vitest";
import { didYouMean, nearestNames } from "../../verify/support/nearest.js";

const names = ["MC1x2", "MC2x1", "MC2x2", "MC1x2Posted", "MCHafnium", "MCH7Unlisted", "MCH7Un"];

describe("the nearest names", () => {
  test.each([
    ["MC1x2Postd", ["MC1x2Posted"]],
    ["MC1x2Potsed", ["MC1x2Posted"]],
    ["mchafnum", ["MCHafnium"]],
    ["1x2", ["MC1x2"]],
    ["h7", ["MCH7Unlisted", "MCH7Un"]],
    ["MC3x2", ["MC1x2", "MC2x2"]],
    ["MC9x9", []],
    ["Frobnicate", []],
    ["M", []],
    ["", []],
  ])("%s", (given, expected) => {
    expect(nearestNames(given, names, "MC")).toEqual(expected);
  });

  test("a third of the letters may differ, and no more", () => {
    expect(nearestNames("abcxyz", ["abcdyw"])).toEqual(["abcdyw"]);
    expect(nearestNames("abcxyz", ["abcduw"])).toEqual([]);
  });

  test("in a sentence", () => {
    expect(didYouMean([])).toBeUndefined();
    expect(didYouMean(["a"])).toBe("did you mean a?");
    expect(didYouMean(["a", "b", "c"])).toBe("did you mean a, b or c?");
  });
});
