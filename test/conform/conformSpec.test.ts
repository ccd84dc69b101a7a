/**
 * verify/conform/conformSpec.ts: where counts differ, what is said is the first step that does, with
 * the behavior that leads there and the command that replays it.
 */
import { describe, expect, test } from "vitest";
import { runModel } from "../../verify/check/runModel.js";
import { conformSpec } from "../../verify/conform/conformSpec.js";
import { exploreModel } from "../../verify/explore/exploreModel.js";
import type { Model } from "../../verify/mediator/model.js";
import { formatExploreDetails } from "../../verify/report/exploreTables.js";
import { formatFailure } from "../../verify/report/modelTables.js";
import { temporaryDirectory } from "../support/temporary.js";
import { tinyModel } from "../support/tinyModels.js";

const model = await tinyModel(temporaryDirectory());
const { distinct = 0, generated = 0, depth = 0 } = model.expect;
const miscounted: Model = { ...model, expect: { ...model.expect, distinct: distinct + 1 } };

/** The spec as it is, beside an implementation that is configured in another way. */
const { options } = model;
const choices = { ...options.choices, laterAnswer: "mine" } as const;
const otherPolicy: Model = { ...miscounted, options: { ...options, choices } };

const run = (of: Model) =>
  runModel(of, { engine: "embedded", isCompared: () => false, onProgress: () => {} });

describe("the spec and the implementation", () => {
  test("are equal, with the counts that the manifest pins", async () => {
    const { outcome, isWhole } = await conformSpec(model, 60);
    expect(isWhole).toBe(true);
    expect(outcome.difference).toBeUndefined();
    expect(outcome).toMatchObject({ states: distinct, edges: generated - 1, depth });
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

describe("of counts that differ it is said", () => {
  const WHERE = /the same step leads to different states: ReadGuestVers.*behind a behavior of \d+ /;
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
    expect(said).toMatch(WHERE);
    expect(said).toMatch(REPLAY);
  });

  test("nothing of a model that the implementation is no counterpart of", async () => {
    const { conform: _, ...unlike } = miscounted;
    const { parting } = await run(unlike);
    expect(parting).toBeUndefined();
    expect((await run(model)).parting).toBeUndefined();
  });
});
