/** Defects seeded in the model: each breaks a property, or is a graph that the code does not have. */
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { type EmbeddedVerdict, readCfg, runEmbedded } from "tla2tools-runner";
import { describe, expect, test } from "vitest";
import { conform } from "../../verify/conform/conform.js";
import { Stepper } from "../../verify/engine/stepper.js";
import { systemOf } from "../../verify/mediator/createSystem.js";
import { loadModel } from "../../verify/mediator/loadModel.js";
import { type TreeEdit, withEdit } from "../support/changedTrees.js";
import { GraphLines, writeDump } from "../support/graphDump.js";
import { temporaryDirectory } from "../support/temporary.js";
import { cfgOf, modelInMemory } from "../support/testModel.js";
import { modelMutants, mutantBounds } from "./modelMutants.js";

const directory = temporaryDirectory();
const entry = { name: "MC1x2", module: "MCNegotiation", about: "of a test" };
const { invariants, properties } = await loadModel({ ...entry, expect: { verdict: "holds" } });

/** What catches the mutant first: a property, or the comparison with the code; else nothing. */
async function caughtBy(
  change: TreeEdit | undefined,
  bounds: keyof typeof mutantBounds = "counts",
): Promise<string | undefined> {
  const test = {
    ...mutantBounds[bounds],
    // What only says which values there are would speak up before the property that is broken.
    invariants: invariants.filter((name) => name !== "TypeOK"),
    properties,
  };
  const model = modelInMemory(test);
  const modules = change ? withEdit(model.spec.modules, change) : model.spec.modules;
  const graph = new GraphLines();
  const { verdict } = await runEmbedded({
    spec: { modules },
    cfg: readCfg(cfgOf(test), model.cfgPath),
    graph,
  });
  if (verdict.kind !== "holds") return describeVerdict(verdict);
  const dump = writeDump(join(mkdtempSync(join(directory, "mutant-")), "graph.dot"), graph.lines);
  const { difference } = conform(new Stepper(systemOf(model)), dump);
  return difference && `conform: ${difference.kind} at ${difference.action}`;
}

const describeVerdict = (verdict: EmbeddedVerdict): string =>
  "name" in verdict ? `${verdict.kind}: ${verdict.name}` : verdict.kind;

describe("a defect seeded in the model is caught", () => {
  test.each(modelMutants)("$name ($oracle)", async ({ name: _, oracle, bounds, ...change }) => {
    expect(await caughtBy(change, bounds)).toBe(oracle);
  });
});

describe("the oracles themselves", () => {
  test("the model as it is passes them all", async () => {
    expect(await caughtBy(undefined)).toBeUndefined();
  });

  test("an edit that changes no behavior survives", async () => {
    const harmless: TreeEdit = {
      definition: "UnlockToReturn",
      find: 'pc[v] = "UnlockToReturn"',
      replace: (found) =>
        found.kind === "builtin" ? { ...found, operands: found.operands.toReversed() } : found,
    };
    expect(await caughtBy(harmless)).toBeUndefined();
  });

  test("an edit whose part is not there exactly once is an error", async () => {
    const often: TreeEdit = {
      definition: "IncVmCount",
      find: "vmCount",
      replace: (found) => found,
    };
    await expect(caughtBy(often)).rejects.toThrow(/has this part \d+ times/);
    await expect(caughtBy({ ...often, find: "gone" })).rejects.toThrow("has this part 0 times");
  });
});
