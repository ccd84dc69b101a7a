/**
 * Each field of what a run over a model shows: falsified alone, it changes verdict, exit code and
 * message; or it stands here with the reason why it is not compared.
 */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkComparisons } from "../../verify/check/checkComparisons.js";
import { type CheckOutcome, checkModel } from "../../verify/check/checkModel.js";
import { type Digests, type ModelRun, runComparisons } from "../../verify/check/modelRun.js";
import { runJson } from "../../verify/commands/json.js";
import type { Difference } from "../../verify/conform/conform.js";
import {
  type ConformOutcome,
  conformComparisons,
  conformModel,
  type GraphRun,
} from "../../verify/conform/conformModel.js";
import { auditAutomaton } from "../../verify/engine/auditAutomaton.js";
import type { DigestResult } from "../../verify/explore/digest.js";
import { systemOf } from "../../verify/mediator/createSystem.js";
import type { Expectation } from "../../verify/model/manifestEntry.js";
import { formatSideBySide } from "../../verify/report/differenceView.js";
import {
  formatActions,
  formatChecks,
  formatConformance,
  formatDigests,
  formatFailure,
  formatHazards,
  formatNonConformance,
} from "../../verify/report/modelTables.js";
import { describeFields, type Other } from "../support/falsify.js";
import { graphLines, writeDump } from "../support/graphDump.js";
import { found, hazard, REACH, replay, replayed } from "../support/hazardRun.js";
import { temporaryDirectory } from "../support/temporary.js";
import { tinyModel } from "../support/tinyModels.js";

const directory = temporaryDirectory();
const model = await tinyModel(directory);
const check = await checkModel(model, { engine: "embedded" });
const dump = writeDump(join(directory, "graph.dot"), graphLines(systemOf(model)));
const conformance = conformModel(model, dump, check);

/** A run of TLC over the tiny model, compared and summed up. */
const digests: Digests = {
  tlc: [1, 2, 3, 4],
  implementation: {
    digest: [1, 2, 3, 4],
    states: check.distinct,
    edges: check.generated - check.initialStates,
  },
};
const summed = { ...model, digest: true };
const run: ModelRun = {
  model: summed,
  check: { ...check, model: summed, engine: "tlc" },
  isCompared: true,
  conformance,
  replay: undefined,
  digests,
  parting: undefined,
};
/** The message of a run, which says in JSON too that it is not as expected. */
function sayOf(changed: ModelRun): string {
  expect(runJson(changed)).toMatchObject({ ok: false });
  return formatFailure(changed);
}
const sayOfCheck = (changed: CheckOutcome): string => sayOf({ ...hazard, check: changed });

const NOT_A_PIN = "said in every answer, and pinned nowhere";
const OTHER_KIND = "pinned of models that must fail, or of those that hold, only";
const MEASURED = "measured, and other each time";

const notCompared = {
  model: "what is expected: the pins have tables of their own",
  engine: "decides what is compared",
  engineName: NOT_A_PIN,
  message: "words beside the verdict",
  initialStates: "each is counted in generated",
  byAction: "TLC is asked for it by explore, which compares it",
  seconds: MEASURED,
  dump: "where the graph is",
  loop: "where a lasso comes back to, which the replay must reach",
  output: "the digest is read from it, and compared",
  notChecked: "said in every answer; TLC leaves nothing out",
  reproduce: "a command",
} as const;

describeFields<CheckOutcome>("a check of a model that holds", {
  good: check,
  compare: checkComparisons,
  say: sayOfCheck,
  fields: {
    ...notCompared,
    verdict: [
      ["deadlock", "verdict", 1],
      ["invariant TypeOK", "verdict", 1],
    ],
    generated: [[check.generated + 1, "generated", 2]],
    distinct: [[check.distinct - 1, "distinct", 2]],
    depth: [[check.depth + 1, "depth", 2]],
    trace: OTHER_KIND,
  },
});

describeFields<CheckOutcome>("a check of a model that must fail", {
  good: found,
  compare: checkComparisons,
  say: sayOfCheck,
  fields: {
    ...notCompared,
    verdict: [
      ["holds", "verdict", 1],
      ["invariant TypeOK", "verdict", 1],
      ["deadlock", "verdict", 1],
    ],
    generated: OTHER_KIND,
    distinct: OTHER_KIND,
    depth: OTHER_KIND,
    trace: [
      [found.trace.slice(1), "traceLength", 2],
      [[], "traceLength", 2],
    ],
  },
});

const { generated = 0, distinct = 0, depth = 0 } = model.expect;
const pins = (of: ModelRun) => ({
  good: of.model.expect,
  compare: (expected: Expectation) =>
    checkComparisons({ ...of.check, model: { ...of.model, expect: expected } }),
  say: (expected: Expectation) =>
    sayOfCheck({ ...of.check, model: { ...of.model, expect: expected } }),
});

describeFields<Expectation>("what the manifest says of a model that holds", {
  ...pins({ ...hazard, model, check }),
  fields: {
    verdict: [["deadlock", "verdict", 1]],
    violates: OTHER_KIND,
    traceLength: OTHER_KIND,
    generated: [[generated + 1, "generated", 2]],
    distinct: [[distinct + 1, "distinct", 2]],
    depth: [[depth - 1, "depth", 2]],
  },
});

describeFields<Expectation>("what the manifest says of a model that must fail", {
  ...pins(hazard),
  fields: {
    verdict: [["action-property", "verdict", 1]],
    violates: [["TypeOK", "verdict", 1]],
    traceLength: [[found.trace.length - 1, "traceLength", 2]],
    generated: OTHER_KIND,
    distinct: OTHER_KIND,
    depth: OTHER_KIND,
  },
});

const { edgesByAction, edgesByActor, stepper } = conformance;
const ruledOut = model.neverTaken ?? [];
const difference: Difference = {
  kind: "model-only",
  action: "GiveRx",
  behavior: [],
  model: undefined,
  implementation: undefined,
};
const counts: GraphRun = check;

const without = <T>(all: readonly T[], one: T): readonly T[] => all.filter((each) => each !== one);

describeFields<ConformOutcome>("a comparison of graphs", {
  good: conformance,
  compare: conformComparisons,
  say: (changed) => {
    expect(runJson({ ...run, conformance: changed })).toMatchObject({
      ok: false,
      conformance: { conforms: false },
    });
    expect(formatFailure({ ...run, conformance: changed })).toContain(
      formatNonConformance(changed).split("\n")[0],
    );
    return formatNonConformance(changed);
  },
  fields: {
    states: [[conformance.states - 1, "states of the graph", 1]],
    edges: [
      [conformance.edges + 1, "edges of the graph", 1],
      [0, "edges of the graph", 1],
    ],
    depth: [[conformance.depth - 1, "depth of the graph", 1]],
    edgesByAction: [
      ...[...edgesByAction].map(([action]): Other<ReadonlyMap<string, number>> => {
        return [new Map([...edgesByAction].filter(([name]) => name !== action)), action, 1];
      }),
      ...[...ruledOut, "NoAction"].map((action): Other<ReadonlyMap<string, number>> => {
        return [new Map([...edgesByAction, [action, 1]]), action, 1];
      }),
    ],
    edgesByActor: edgesByActor.map((_, i): Other<readonly number[]> => {
      const { name } = stepper.system.actors[i];
      // An actor that has steps must have them, and one that the model rules out must have none.
      const other = (count: number) => (count === 0 ? 1 : 0);
      return [edgesByActor.map((count, j) => (i === j ? other(count) : count)), name, 1];
    }),
    difference: [[difference, "graph", 1]],
    isComplete: [[false, "end of the graph", 1]],
    model: [
      [{ ...model, neverTaken: without(ruledOut, ruledOut[0]) }, ruledOut[0], 1],
      [{ ...model, neverTaken: [...ruledOut, "PublishGuestVers"] }, "PublishGuestVers", 1],
    ],
    counts: [
      [{ ...counts, generated: counts.generated + 1 }, "edges of the graph", 1],
      [{ ...counts, initialStates: 2 }, "edges of the graph", 1],
      [{ ...counts, distinct: counts.distinct - 1 }, "states of the graph", 1],
      [{ ...counts, depth: counts.depth + 1 }, "depth of the graph", 1],
      [{ ...counts, verdict: "deadlock" }, "end of the graph", 1],
    ],
    lines: "of the file, whose states and edges are counted",
    stepper: "the implementation",
    audited: "runs that differ end the comparison with LOCALS_INCOMPLETE",
    seconds: MEASURED,
  },
});

test("every run of the implementation is audited behind a comparison of graphs", () => {
  const runs = stepper.automata.map((automaton) => auditAutomaton(automaton));
  expect(conformance.audited).toBe(runs.reduce((all, some) => all + some, 0));
});

const summedUp = (implementation: DigestResult): ModelRun => {
  return { ...run, digests: { ...digests, implementation } };
};

describeFields<DigestResult>("a digest", {
  good: digests.implementation,
  compare: (implementation) => runComparisons(summedUp(implementation)).slice(-3),
  say: (implementation) => sayOf(summedUp(implementation)),
  fields: {
    digest: [0, 1, 2, 3].map((i): Other<DigestResult["digest"]> => {
      const [a, b, c, d] = digests.tlc.map((sum, j) => (i === j ? sum + 1 : sum));
      return [[a, b, c, d], "digest", 1];
    }),
    states: [[check.distinct + 1, "states of the digest", 1]],
    edges: [[check.generated, "steps of the digest", 1]],
  },
});

describe("a part of a run that was left out does not look good", () => {
  test.each<[string, ModelRun, readonly string[]]>([
    ["the comparison", { ...run, conformance: undefined }, ["state graph"]],
    [
      "the digests",
      { ...run, digests: undefined },
      ["digest", "states of the digest", "steps of the digest"],
    ],
    ["the replay", { ...hazard, replay: undefined }, [REACH]],
  ])("%s", (_, changed, missing) => {
    const wrong = runComparisons(changed).filter((each) => each.expected !== each.found);
    expect(wrong.map(({ what }) => what)).toEqual(missing);
    for (const what of missing) expect(sayOf(changed)).toContain(what);
  });

  test("a whole run is as expected", () => {
    for (const whole of [run, hazard]) expect(runJson(whole)).toMatchObject({ ok: true });
    for (const whole of [run, hazard]) expect(formatFailure(whole)).toBe("");
  });
});

describe("the tables say what the comparisons say", () => {
  const other = { ...digests.implementation, digest: [1, 2, 3, 5] as const };

  test.each<[string, string, string, string]>([
    [formatChecks([check]), "yes", formatChecks([{ ...check, depth: 1 }]), "NO"],
    [
      formatConformance([conformance]),
      "equal",
      formatConformance([{ ...conformance, difference }]),
      "DIFFERS",
    ],
    [
      formatHazards([hazard]),
      `all ${found.trace.length - 1} steps`,
      formatHazards([replayed({ ...replay.result, reached: 3 })]),
      "DIVERGES",
    ],
    [formatDigests([run]), "equal", formatDigests([summedUp(other)]), "DIFFER"],
  ])("%#", (good, isGood, bad, isBad) => {
    expect(good).toContain(isGood);
    expect(good).not.toContain(isBad);
    expect(bad).toContain(isBad);
    expect(bad).not.toContain(isGood);
  });

  test("edges by action are those of all models, and what none takes is named", () => {
    const words = formatActions([conformance, conformance]).replaceAll(/\s+/g, " ");
    const [counted, missing] = words.split("; without: ");
    for (const [action, count] of edgesByAction)
      expect(counted).toContain(`${action} ${2 * count}`);
    expect(missing.split(", ").toSorted()).toEqual([...ruledOut].toSorted());
  });

  test("of two states the variables that differ are marked, and come first", () => {
    const [a, b] = [
      new Map([
        ["x", "1"],
        ["y", "2"],
      ]),
      new Map([
        ["x", "1"],
        ["y", "3"],
      ]),
    ];
    const [, first, second] = formatSideBySide(a, b).split("\n");
    expect([first, second].map((line) => line.split(/ +/))).toEqual([
      ["*", "y", "2", "3"],
      ["", "x", "1", "1"],
    ]);
  });
});
