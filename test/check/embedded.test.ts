/** verify/check/checkModel.ts with the embedded engine: the manifest's pins, without Java. */
import { describe, expect, test } from "vitest";
import { checkModel } from "../../verify/check/checkModel.js";
import { runModel } from "../../verify/check/runModel.js";
import { loadModel } from "../../verify/mediator/loadModel.js";
import { findEntry, readManifest } from "../../verify/model/manifest.js";
import { isShort } from "../../verify/model/manifestEntry.js";
import { formatFailure } from "../../verify/report/modelTables.js";

const entries = readManifest();
/** Hazards, and what holds in few states; `verify` without Java has more. */
const small = entries.filter((entry) => {
  const isSmall = isShort(entry) && (entry.expect.generated ?? 0) < 20_000;
  const isServed = entry.digest !== true && entry.tlcAlone !== true;
  return isSmall && isServed && entry.without === undefined;
});
const check = async (name: string, coverage = false) => {
  const entry = entries.find((each) => each.name === name);
  if (entry === undefined) throw new Error(`no model ${name}`);
  return checkModel(await loadModel(entry), { engine: "embedded", coverage });
};

describe("the embedded engine", () => {
  test.each(small.map(({ name }) => name))("shows of %s what the manifest pins", async (name) => {
    const entry = findEntry(entries, name);
    const options = { engine: "embedded", isCompared: () => false, onProgress: () => {} } as const;
    const run = await runModel(await loadModel(entry), options);
    // Where the counts differ this says at which step of the implementation.
    expect(formatFailure(run)).toBe("");
    const outcome = run.check;
    expect(outcome.engineName).toBe("embedded engine");
    // Nothing is left out that the manifest does not leave out itself.
    expect(outcome.notChecked).toEqual([]);
  });

  test("counts the steps of each action", async () => {
    const { byAction, generated, initialStates } = await check("MC1x1", true);
    const steps = [...(byAction ?? [])].reduce((sum, [, count]) => sum + count, 0);
    expect(steps).toBe(generated - initialStates);
    expect(byAction?.get("PublishGuestVers")).toBeGreaterThan(0);
    const never = findEntry(entries, "MC1x1").neverTaken ?? [];
    expect(never).toContain("CloseNegotiation");
    expect(never.filter((action) => byAction?.has(action))).toEqual([]);
  });

  test("says that it had no answer in the time given", async () => {
    const entry = entries.find(({ name }) => name === "MC2x1");
    if (entry === undefined) throw new Error("no model MC2x1");
    const run = checkModel(await loadModel(entry), { engine: "embedded", timeoutSeconds: 0.1 });
    await expect(run).rejects.toMatchObject({
      code: "TLC_TIMED_OUT",
      found: "the engine was ended because its time was up",
    });
  });

  test("refuses a model that keeps registers", async () => {
    await expect(check("MCDigest1x2")).rejects.toMatchObject({ code: "TLA_NOT_EVALUATED" });
  });

  test("refuses a model that TLC alone checks, and names it and what it checks", async () => {
    await expect(check("MCRefines1x2")).rejects.toMatchObject({
      code: "NOT_POSSIBLE_EMBEDDED",
      what: expect.stringContaining("MCRefines1x2"),
      where: expect.stringMatching(/MCRefinement\.tla$/),
      found: "RefinesAbstractProp",
    });
  });
});
