/** verify/explore/exploreComparisons.ts: what is compared of an exploration, and what each weighs. */
import { expect, test } from "vitest";
import type { Parting } from "../../verify/conform/conformSpec.js";
import type { Outcome, Violation } from "../../verify/engine/exploration.js";
import { exploreComparisons, tlcComparisons } from "../../verify/explore/exploreComparisons.js";
import { exploreModel, violationIn } from "../../verify/explore/exploreModel.js";
import type { ExploreOutcome, TlcCounts } from "../../verify/explore/exploreOutcome.js";
import { temporaryDirectory } from "../support/temporary.js";
import { tinyModel } from "../support/tinyModels.js";

const model = await tinyModel(temporaryDirectory());
const plain = await exploreModel(model, {});
const { mappedDistinct: distinct, generated, depth } = plain.exploration;
const pinned: TlcCounts = { distinct, generated, depth };
const good: ExploreOutcome = { ...plain, tlc: pinned };
const tooMany: TlcCounts = { ...pinned, distinct: distinct + 1 };
const by = (verdict: string, counts = pinned): TlcCounts => {
  return { ...counts, by: { engineName: "TLC", verdict } };
};
const ending = (outcome: Outcome) => ({ exploration: { ...good.exploration, outcome } });
const broken = (kind: Violation["kind"]): Outcome => {
  return {
    kind: "violation",
    violation: { kind, name: "SomeInv", behavior: [], length: 1 } as never,
  };
};
const parting = (isWhole: boolean, difference?: object) =>
  ({ isWhole, outcome: { difference } }) as unknown as Parting;

const said = (changed: Partial<ExploreOutcome>): readonly string[] =>
  exploreComparisons({ ...good, ...changed }).map(
    ({ what, expected, found, exit }) => `${what}: ${expected}, ${found}, exit ${exit}`,
  );

const verdict = "verdict: holds, holds, exit 1";
const compared = "TLC's counts: compared, compared, exit 2";
const notCompared = "TLC's counts: compared, not compared, exit 2";
const counts = (off: number, exit: number): readonly string[] => [
  `distinct: ${distinct + off}, ${distinct}, exit ${exit}`,
  `generated: ${generated}, ${generated}, exit ${exit}`,
  `depth: ${depth}, ${depth}, exit ${exit}`,
];

test.each<[string, Partial<ExploreOutcome>, readonly string[]]>([
  ["all of a model's own bounds", {}, [verdict, compared, ...counts(0, 1)]],
  ["no counts to compare with", { tlc: undefined }, [verdict, notCompared]],
  [
    "more domains",
    { tlc: undefined, bounds: { ...good.bounds, domains: good.bounds.domains + 1 } },
    [verdict],
  ],
  [
    "more vCPUs",
    { tlc: undefined, bounds: { ...good.bounds, vcpus: good.bounds.vcpus + 1 } },
    [verdict],
  ],
  ["a sample", { tlc: undefined, isSample: true }, [verdict]],
  ["pinned counts that differ", { tlc: tooMany }, [verdict, compared, ...counts(1, 1)]],
  [
    "the same where model and implementation agree on all steps: the pins are wrong",
    { tlc: tooMany, parting: parting(true) },
    [verdict, compared, ...counts(1, 2)],
  ],
  [
    "where they agree as far as was looked",
    { tlc: tooMany, parting: parting(false) },
    [verdict, compared, ...counts(1, 1)],
  ],
  [
    "where they part",
    { tlc: tooMany, parting: parting(true, {}) },
    [verdict, compared, ...counts(1, 1)],
  ],
  [
    "a run's counts, which are not wrong",
    { tlc: by("holds", tooMany), parting: parting(true) },
    [verdict, "verdict of TLC: holds, holds, exit 1", compared, ...counts(1, 1)],
  ],
  [
    "a run that ended otherwise has no counts",
    { tlc: by("deadlock") },
    [verdict, "verdict of TLC: deadlock, holds, exit 1", compared],
  ],
  ["a deadlock, without a name", ending(broken("deadlock")), ["verdict: holds, deadlock, exit 1"]],
  [
    "an invariant, with its name",
    ending(broken("invariant")),
    ["verdict: holds, invariant SomeInv, exit 1"],
  ],
  [
    "a part of it",
    ending({ kind: "partial", reason: "memory" }),
    ["verdict: holds, partial (memory), exit 2"],
  ],
  [
    "a part, beside a run that found what is pinned",
    { ...ending({ kind: "partial", reason: "states" }), tlc: by("holds") },
    ["verdict: holds, partial (states), exit 2", "verdict of TLC: holds, partial (states), exit 2"],
  ],
  [
    "a part, beside a run that found something else",
    { ...ending({ kind: "partial", reason: "states" }), tlc: by("deadlock") },
    [
      "verdict: holds, partial (states), exit 2",
      "verdict of TLC: deadlock, partial (states), exit 1",
    ],
  ],
  ["a part, as a sample", { ...ending({ kind: "partial", reason: "states" }), isSample: true }, []],
])("%s", (_, changed, expected) => {
  expect(said(changed)).toEqual(expected);
});

test.each<[string, Partial<ExploreOutcome>, readonly string[]]>([
  ["nothing without it", { tlc: undefined }, []],
  ["its counts", {}, ["distinct", "generated", "depth"]],
  [
    "its verdict and its counts",
    { tlc: by("holds") },
    ["verdict of TLC", "distinct", "generated", "depth"],
  ],
  ["its verdict alone where it found something", { tlc: by("deadlock") }, ["verdict of TLC"]],
  [
    "its verdict alone where the exploration did",
    { ...ending(broken("deadlock")), tlc: by("holds") },
    ["verdict of TLC"],
  ],
  [
    "the steps of each action of either",
    { tlc: { ...pinned, byAction: new Map([["NoAction", 1]]) } },
    ["distinct", "generated", "depth", "NoAction", ...good.exploration.generatedByAction.keys()],
  ],
])("of TLC: %s", (_, changed, expected) => {
  expect(tlcComparisons({ ...good, ...changed }).map(({ what }) => what)).toEqual(expected);
});

test("the violation of an exploration is that of its outcome, where it ended with one", () => {
  const found = { ...good, ...ending(broken("invariant")) };
  expect(violationIn(found)).toMatchObject({ kind: "invariant", name: "SomeInv" });
  expect(violationIn(good)).toBeUndefined();
});
