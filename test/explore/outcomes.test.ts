/**
 * Each field of what an exploration shows: falsified alone, it changes verdict, exit code and
 * message; or it stands here with the reason why it is not compared.
 */
import { describe, expect, test } from "vitest";
import { exploreJson } from "../../verify/commands/explore.js";
import type { Exploration, Violation } from "../../verify/engine/exploration.js";
import { exploreComparisons } from "../../verify/explore/exploreComparisons.js";
import { exploreModel } from "../../verify/explore/exploreModel.js";
import type { ExploreOutcome, TlcCounts } from "../../verify/explore/exploreOutcome.js";
import { loadModel } from "../../verify/mediator/loadModel.js";
import { findEntry, readManifest } from "../../verify/model/manifest.js";
import { formatExplorations, formatExploreDetails } from "../../verify/report/exploreTables.js";
import { differing, exitCodeOf } from "../../verify/support/comparison.js";
import { describeFields, type Other } from "../support/falsify.js";
import { temporaryDirectory } from "../support/temporary.js";
import { tinyModel } from "../support/tinyModels.js";

const model = await tinyModel(temporaryDirectory());
const { exploration } = await exploreModel(model, {});
const { mappedDistinct: distinct, generated, depth, generatedByAction: byAction } = exploration;
const tlc: TlcCounts = { distinct, generated, depth, byAction };
const good: ExploreOutcome = await exploreModel(model, {}, tlc);
const broken = await exploreModel(await loadModel(findEntry(readManifest(), "MCH6")), {});

const violationOf = ({ exploration: { outcome } }: ExploreOutcome): Violation => {
  if (outcome.kind === "violation") return outcome.violation;
  throw new Error("a violation was expected");
};

const violation = violationOf(broken);
/** One of the initial state, which any model has. */
const atOnce: Violation = { ...violation, behavior: [], length: 1 };
const MEASURED = "measured, and other each time";
const OF_HOLDING = "counts are compared where the whole graph was seen";

/** What is said of an outcome, which says in JSON too that it is not as expected. */
function sayOf(changed: ExploreOutcome): string {
  expect(exploreJson(changed)).toMatchObject({ expected: false });
  return formatExploreDetails(changed);
}

/** That counts were compared is no matter of the exploration. */
const COUNTED = "TLC's counts";

const exploring = (of: ExploreOutcome) => ({
  good: of.exploration,
  compare: (changed: Exploration) =>
    exploreComparisons({ ...of, exploration: changed }).filter(({ what }) => what !== COUNTED),
  say: (changed: Exploration) => sayOf({ ...of, exploration: changed }),
});

const notCompared = {
  distinct:
    "states that the model does not tell apart may be more; those that it does are compared",
  seconds: MEASURED,
  workers: "said in every answer",
  memory: MEASURED,
  checked: "what is left out is said in every answer",
  stepper: "the implementation",
} as const;

const actions = [...byAction.keys()];

describeFields<Exploration>("an exploration of a model that holds", {
  ...exploring(good),
  fields: {
    ...notCompared,
    outcome: [
      [{ kind: "violation", violation: atOnce }, "verdict", 1],
      [{ kind: "partial", reason: "states" }, "verdict", 2],
      [{ kind: "partial", reason: "memory" }, "verdict", 2],
    ],
    mappedDistinct: [[distinct + 1, "distinct", 1]],
    generated: [[generated - 1, "generated", 1]],
    depth: [[depth + 1, "depth", 1]],
    generatedByAction: [
      ...actions.flatMap((action): Other<ReadonlyMap<string, number>>[] => [
        [new Map([...byAction, [action, (byAction.get(action) ?? 0) + 1]]), action, 1],
        [new Map([...byAction].filter(([name]) => name !== action)), action, 1],
      ]),
      [new Map([...byAction, ["NoAction", 1]]), "NoAction", 1],
    ],
  },
});

describeFields<Exploration>("an exploration of a model that must fail", {
  ...exploring(broken),
  fields: {
    ...notCompared,
    outcome: [
      [{ kind: "holds" }, "verdict", 1],
      [{ kind: "partial", reason: "seconds" }, "verdict", 2],
      [{ kind: "violation", violation: { ...violation, name: "TypeOK" } }, "verdict", 1],
      [{ kind: "violation", violation: { ...violation, kind: "action-property" } }, "verdict", 1],
      [{ kind: "violation", violation: { ...violation, kind: "deadlock" } }, "verdict", 1],
      [{ kind: "violation", violation: { ...violation, length: 14 } }, "traceLength", 1],
    ],
    mappedDistinct: OF_HOLDING,
    generated: OF_HOLDING,
    depth: OF_HOLDING,
    generatedByAction: OF_HOLDING,
  },
});

describeFields<ExploreOutcome>("an exploration of a model", {
  good,
  compare: exploreComparisons,
  say: sayOf,
  fields: {
    model: [[{ ...model, expect: { ...model.expect, verdict: "deadlock" } }, "verdict", 1]],
    tlc: [
      [{ ...tlc, distinct: distinct - 1 }, "distinct", 1],
      [{ ...tlc, generated: generated + 1 }, "generated", 1],
      [{ ...tlc, depth: depth - 1 }, "depth", 1],
      ...actions.map((action): Other<TlcCounts> => {
        return [{ ...tlc, byAction: new Map([...byAction, [action, 0]]) }, action, 1];
      }),
      [{ ...tlc, byAction: new Map([...byAction, ["NoAction", 1]]) }, "NoAction", 1],
      [undefined, COUNTED, 2],
    ],
    exploration: "has a table of its own",
    bounds: "decide whether there are counts to compare",
    system: "the implementation",
    notChecked: "said in every answer",
    parting: "says where counts differ, which are compared",
    isSample: "says that an end at a limit is none that differs",
  },
});

/** The same, with counts of a run of TLC in place of those that are pinned. */
const by = { engineName: "TLC 2.18", verdict: "holds" };
const beside = (of: ExploreOutcome, verdict: string): ExploreOutcome => {
  return { ...of, tlc: { ...tlc, by: { ...by, verdict } } };
};
const OF_TLC = "verdict of TLC 2.18";
const SAID_ABOVE = "has a table above";

describeFields<Pick<ExploreOutcome, "tlc" | "parting">>("an exploration beside a run of TLC", {
  good: beside(good, "holds"),
  compare: (changed) =>
    exploreComparisons({ ...good, ...changed }).filter(({ what }) => what === OF_TLC),
  say: (changed) => sayOf({ ...good, ...changed }),
  fields: {
    tlc: [
      [{ ...tlc, by: { ...by, verdict: "deadlock" } }, OF_TLC, 1],
      [{ ...tlc, by: { ...by, verdict: "invariant TypeOK" } }, OF_TLC, 1],
    ],
    parting: SAID_ABOVE,
  },
});

describe("TLC's verdict", () => {
  test("is said where both find what is not pinned, in JSON, and not where TLC was not asked", () => {
    const { expect: pins } = model;
    const same = {
      ...good,
      model: { ...model, expect: { ...pins, verdict: "deadlock" as const } },
    };
    const differences = differing(exploreComparisons(beside(same, "holds")));
    expect(differences.map(({ what }) => what)).toEqual(["verdict"]);
    expect(exploreJson(good)).toMatchObject({ tlcVerdict: null, differencesFromTlc: [] });
    expect(exploreJson(beside(good, "deadlock"))).toMatchObject({
      tlcVerdict: "deadlock",
      differencesFromTlc: [`${OF_TLC}: deadlock expected, holds found`],
    });
  });

  test("is compared for a model that must fail, without counts", () => {
    const expected = "invariant PublishedIsSupportedInv";
    expect(exitCodeOf(exploreComparisons(beside(broken, expected)))).toBe(0);
    const other = differing(exploreComparisons(beside(broken, "holds")));
    expect(other).toEqual([{ what: OF_TLC, expected: "holds", found: expected, exit: 1 }]);
  });

  test("of a part: a finding of TLC weighs more than that the answer is not whole", () => {
    const partial = { kind: "partial", reason: "states" } as const;
    const part = { ...good, exploration: { ...exploration, outcome: partial } };
    expect(exitCodeOf(exploreComparisons(beside(part, "holds")))).toBe(2);
    expect(exitCodeOf(exploreComparisons(beside(part, "deadlock")))).toBe(1);
    expect(formatExploreDetails(beside(part, "deadlock"))).toContain(
      `${OF_TLC}: deadlock expected, partial (states) found`,
    );
  });
});

describe("a sample", () => {
  const ended = (outcome: Exploration["outcome"]): ExploreOutcome => {
    return { ...good, isSample: true, exploration: { ...exploration, outcome } };
  };

  test("may end at its limit, and is said to be partial", () => {
    const partial = ended({ kind: "partial", reason: "states" });
    expect(exitCodeOf(exploreComparisons(partial))).toBe(0);
    expect(formatExplorations([partial])).toContain("PARTIAL (limit: states)");
    expect(exploreJson(partial)).toMatchObject({ outcome: "partial", partialBecause: "states" });
  });

  test("may not find a violation", () => {
    const outcome = ended({ kind: "violation", violation: atOnce });
    expect(exitCodeOf(exploreComparisons(outcome))).toBe(1);
  });
});

test("counts are said to be equal, or to differ, or not to be compared", () => {
  const countsOf = (outcome: ExploreOutcome) => exploreJson(outcome);
  expect(formatExplorations([good])).toMatch(/ equal /);
  expect(countsOf(good)).toMatchObject({ differencesFromTlc: [] });
  const other = { ...good, tlc: { ...tlc, depth: depth + 1 } };
  expect(formatExplorations([other])).toMatch(/ DIFFER /);
  expect(countsOf(other)).toMatchObject({
    differencesFromTlc: [`depth: ${depth + 1} expected, ${depth} found`],
  });
  const alone = { ...good, tlc: undefined };
  expect(formatExplorations([alone])).toMatch(/ not compared /);
  expect(countsOf(alone)).toMatchObject({ differencesFromTlc: null });
});
