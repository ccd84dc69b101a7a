/**
 * verify/conform/conformSpec.ts: where counts differ, what is said is the first step that does, with
 * the behavior that leads there and the command that replays it.
 */
import type { Expression } from "tla2tools-runner";
import { describe, expect, test } from "vitest";
import { checkModel } from "../../verify/check/checkModel.js";
import { runModel } from "../../verify/check/runModel.js";
import { stepsOfTlc } from "../../verify/check/stepsOfTlc.js";
import { partingJson } from "../../verify/commands/json.js";
import { conformSpec, partingOf } from "../../verify/conform/conformSpec.js";
import { exploreComparisons } from "../../verify/explore/exploreComparisons.js";
import { exploreModel } from "../../verify/explore/exploreModel.js";
import { loadModel } from "../../verify/mediator/loadModel.js";
import type { Model } from "../../verify/mediator/model.js";
import { findEntry, readManifest } from "../../verify/model/manifest.js";
import { formatExploreDetails } from "../../verify/report/exploreTables.js";
import { formatFailure } from "../../verify/report/modelTables.js";
import { exitCodeOf } from "../../verify/support/comparison.js";
import { builtin, number, use, withEdit } from "../support/changedTrees.js";
import { temporaryDirectory } from "../support/temporary.js";
import { tinyModel } from "../support/tinyModels.js";
import { describeWithTlc } from "../support/tlc.js";

const model = await tinyModel(temporaryDirectory());
const { distinct = 0, generated = 0, depth = 0 } = model.expect;
const miscounted: Model = { ...model, expect: { ...model.expect, distinct: distinct + 1 } };

/** The spec as it is, beside an implementation that is configured in another way. */
const { options } = model;
const choices = { ...options.choices, laterAnswer: "mine" } as const;
const otherPolicy: Model = { ...miscounted, options: { ...options, choices } };

/** The spec with another conjunct in the step that each behavior begins with. */
function firstStepNeeds(conjunct: Expression): Model {
  const modules = withEdit(model.spec.modules, {
    definition: "CreateDomain",
    find: 'life[DomainOf[t]] = "absent"',
    replace: (found) => builtin("/\\", conjunct, found),
  });
  return { ...model, spec: { ...model.spec, modules } };
}

const run = (of: Model) =>
  runModel(of, { engine: "embedded", isCompared: () => false, onProgress: () => {} });

describe("the spec and the implementation", () => {
  test("are equal, with the counts that the manifest pins", async () => {
    const { outcome, isWhole } = await conformSpec(model, 60);
    expect(isWhole).toBe(true);
    expect(outcome.difference).toBeUndefined();
    expect(outcome).toMatchObject({ states: distinct, edges: generated - 1, depth });
    expect(outcome.isComplete).toBe(true);
  });

  test("differ where the spec is stuck and the code is not", async () => {
    const stuck = firstStepNeeds(builtin("=", use("variable", "vmCount"), number(7)));
    const { outcome, isWhole } = await conformSpec(stuck, 60);
    expect(isWhole).toBe(true);
    expect(outcome.difference).toMatchObject({
      kind: "implementation-only",
      action: "CreateDomain",
    });
  });

  test("are not compared to the end where the spec cannot be evaluated", async () => {
    const senseless = firstStepNeeds(builtin("\\in", number(1), number(2)));
    const { outcome, isWhole } = await conformSpec(senseless, 60);
    expect({ isWhole, difference: outcome.difference }).toEqual({ isWhole: false });
    expect(outcome.isComplete).toBe(false);
  });

  test("are not compared at all where one has other actors", async () => {
    const larger = { ...model, options: { ...options, maxVcpus: 2 } };
    await expect(conformSpec(larger, 60)).rejects.toMatchObject({ code: "DUMP_OTHER_MODEL" });
  });

  test("differ where a policy does, and the step is named", async () => {
    const { outcome, isWhole } = await conformSpec(otherPolicy, 60);
    expect(isWhole).toBe(true);
    expect(outcome.difference).toMatchObject({ kind: "other-state", action: "ReadGuestVers" });
  });

  test("a comparison without the time for it is not whole", async () => {
    const stopped = AbortSignal.abort();
    const { outcome, isWhole } = await conformSpec(model, 60, stopped);
    expect({ isWhole, difference: outcome.difference }).toEqual({ isWhole: false });
  });
});

const WHERE = /the same step leads to different states: ReadGuestVers.*behind a behavior of \d+ /;

describe("of counts that differ it is said", () => {
  const REPLAY = /replay: npx ffa-verify replay --model MCTiny --models \S+ --schedule "[\d:,]+"/;

  test("check: at which step a policy of the implementation is another one", async () => {
    const said = formatFailure(await run(otherPolicy));
    expect(said).toContain("MANIFEST_DIFFERS");
    expect(said).toMatch(WHERE);
    expect(said).toMatch(REPLAY);
  });

  test("check: that model and implementation agree, so that the manifest is wrong", async () => {
    const said = formatFailure(await run(miscounted));
    expect(said).toContain(`model and implementation agree on all ${generated - 1} steps`);
  });

  test("explore: at which step", async () => {
    const outcome = await exploreModel(otherPolicy, {}, { distinct, generated, depth });
    const said = formatExploreDetails(outcome);
    expect(said).toMatch(/distinct: \d+ expected, \d+ found/);
    expect(said).toContain("with the model's steps from the embedded evaluator:");
    expect(said).toMatch(WHERE);
    expect(said).toMatch(REPLAY);
  });

  test("check: of a model, too, whose graph is not written out", async () => {
    const { conform: _, ...notWritten } = miscounted;
    const { parting } = await run(notWritten);
    expect(parting).toMatchObject({ by: "the embedded evaluator", isWhole: true });
  });

  test("nothing of a model that the implementation is no counterpart of", async () => {
    const different = [{ what: "distinct", expected: 1, found: 2, exit: 1 }] as const;
    expect(await partingOf(model, [])).toBeUndefined();
    expect(await partingOf({ ...miscounted, digest: true }, different)).toBeUndefined();
    const monitored = await loadModel(findEntry(readManifest(), "MCH8Hardened"));
    expect(await partingOf(monitored, different)).toBeUndefined();
  });
});

describeWithTlc("beside TLC", (tools) => {
  const explored = async (of: Model) => {
    const check = await checkModel(of, { engine: "tlc", tools });
    return exploreModel(of, { compareSteps: stepsOfTlc(tools) }, { ...check, by: check });
  };

  test("explore: at which step of TLC's graph, which is that of the evaluator", async () => {
    const outcome = await explored(otherPolicy);
    const said = formatExploreDetails(outcome);
    expect(said).toContain("with the model's steps from TLC:");
    expect(said).toMatch(WHERE);
    const { outcome: here } = await conformSpec(otherPolicy, 60);
    expect(outcome.parting?.outcome.difference).toEqual(here.difference);
    expect(partingJson(outcome.parting)).toMatchObject({ by: "TLC", action: "ReadGuestVers" });
  });

  test("a whole graph without a difference says that it is the explorer that miscounts", async () => {
    const parting = await stepsOfTlc(tools)(model);
    expect(parting).toMatchObject({ by: "TLC", isWhole: true });
    expect(parting.outcome).toMatchObject({ states: distinct, difference: undefined });
    const { exploration, ...rest } = await exploreModel(model, {});
    const counts = { distinct: distinct + 1, generated, depth };
    const beside = { ...rest, exploration, parting };
    const pinned = exploreComparisons({ ...beside, tlc: counts });
    expect(exitCodeOf(pinned)).toBe(2);
    const by = { engineName: "TLC", verdict: "holds" };
    expect(exitCodeOf(exploreComparisons({ ...beside, tlc: { ...counts, by } }))).toBe(1);
  });
});
