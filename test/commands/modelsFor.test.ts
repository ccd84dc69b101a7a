/** Which models a command runs when none is named, and that it says which it does not run. */
import { describe, expect, it } from "vitest";
import { modelsFor } from "../../verify/commands/check.js";
import type { ChosenEngine } from "../../verify/commands/common.js";
import { readManifest } from "../../verify/model/manifest.js";

const entries = readManifest();
const tlc: ChosenEngine = { engine: "tlc", tools: undefined, reason: undefined };
const embedded: ChosenEngine = { engine: "embedded", tools: undefined, reason: "asked for" };
const namesOf = (models: readonly { readonly name: string }[]) => models.map(({ name }) => name);

describe("the models of a run", () => {
  it("are, of TLC, all but those that --full is for, which are named", async () => {
    const full = namesOf(entries.filter((entry) => entry.full === true));
    expect(full).not.toEqual([]);
    const { models, notRun } = await modelsFor([], tlc, {});
    expect(notRun).toEqual(full);
    expect(namesOf(models)).toEqual(namesOf(entries).filter((name) => !full.includes(name)));
    expect(await modelsFor([], tlc, { full: true })).toMatchObject({ notRun: [] });
  });

  it("are, of the embedded engine, every hazard and whatever is short", async () => {
    const { models, notRun } = await modelsFor([], embedded, {});
    const names = namesOf(models);
    expect([...names, ...notRun].toSorted()).toEqual(namesOf(entries).toSorted());
    for (const { name, expect: pinned, hazard, tlcAlone } of entries) {
      if (tlcAlone === true) expect(notRun).toContain(name);
      else if (hazard !== undefined && pinned.verdict !== "holds") expect(names).toContain(name);
      if ((pinned.generated ?? 0) > 1_000_000) expect(notRun).toContain(name);
    }
    expect(notRun).toContain("MCDigest1x2");
  });

  it("are those that are named, whatever they take", async () => {
    const { models, notRun } = await modelsFor(["MC2x2Few"], embedded, {});
    expect([namesOf(models), notRun]).toEqual([["MC2x2Few"], []]);
  });
});
