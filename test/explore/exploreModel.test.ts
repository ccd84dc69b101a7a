/** verify/explore/exploreModel.ts: what is checked on the code, what is not, and what is refused. */
import { expect, test } from "vitest";
import type { CompareSteps, Parting } from "../../verify/conform/conformSpec.js";
import { exploreModel, violationIn } from "../../verify/explore/exploreModel.js";
import { boundsOf } from "../../verify/mediator/createSystem.js";
import { loadModel } from "../../verify/mediator/loadModel.js";
import { findEntry, readManifest } from "../../verify/model/manifest.js";
import { temporaryDirectory } from "../support/temporary.js";
import { writeTestModel } from "../support/testModel.js";

const named = (name: string) => loadModel(findEntry(readManifest(), name));
const model = writeTestModel(temporaryDirectory(), {
  calls: '{ <<"VERSION", 101>> }',
  constants: { VcpusPerDomain: "= 1" },
  invariants: ["TypeOK"],
  properties: ["VersionSetOnceProp"],
});

test("invariants and properties of the cfg are checked, with the model's bounds or others", async () => {
  const outcome = await exploreModel(model, {});
  expect(outcome).toMatchObject({ model, bounds: boundsOf(model), notChecked: [] });
  expect(outcome.exploration.checked).toEqual(["TypeOK", "VersionSetOnceProp"]);
  expect(outcome).toMatchObject({ tlc: undefined, isSample: false, parting: undefined });
  expect(violationIn(outcome)).toBeUndefined();
  const bounds = { ...boundsOf(model), vcpus: 2 };
  const larger = await exploreModel(model, { bounds });
  expect(larger.bounds).toBe(bounds);
  expect(larger.exploration.distinct).toBeGreaterThan(outcome.exploration.distinct);
});

test("what the code cannot be checked for is named; if it is to be violated, that is an error", async () => {
  const other = { ...model, invariants: ["TypeOK", "NoSuchInv"] };
  expect((await exploreModel(other, {})).notChecked).toEqual(["NoSuchInv"]);
  const violating = { verdict: "invariant", violates: "NoSuchInv", traceLength: 2 } as const;
  const failing = exploreModel({ ...other, expect: violating }, {});
  await expect(failing).rejects.toMatchObject({ code: "INVARIANT_UNKNOWN" });
});

test("a model that sums its graph up is explored without its invariants", async () => {
  const { exploration, notChecked } = await exploreModel({ ...model, digest: true }, {});
  expect(exploration.checked).toEqual([]);
  expect(notChecked).toEqual(["TypeOK", "VersionSetOnceProp"]);
});

test.each([{ stateLimit: 10 }, { secondsLimit: 1 }, { memoryLimit: 1e9 }])(
  "a monitor takes no limits: %o",
  async (limit) => {
    const monitored = await named("MCH8");
    await expect(exploreModel(monitored, limit)).rejects.toMatchObject({
      code: "USAGE",
      message: expect.stringContaining(
        "MCH8 has a monitor, and an exploration with one takes no limits",
      ),
      hint: "leave the limits out; models with a monitor are small",
    });
    await expect(exploreModel(model, limit)).resolves.toMatchObject({ model });
  },
);

test("where TLC counts otherwise, and there alone, the first step that differs is looked for", async () => {
  const { exploration } = await exploreModel(model, {});
  const { mappedDistinct: distinct, generated, depth } = exploration;
  const { signal } = new AbortController();
  const asked: unknown[][] = [];
  const parting = {} as Parting;
  const compareSteps: CompareSteps = (...args) => {
    asked.push(args);
    return Promise.resolve(parting);
  };
  const explored = (states: number) =>
    exploreModel(model, { compareSteps, signal }, { distinct: states, generated, depth });
  expect((await explored(distinct)).parting).toBeUndefined();
  expect(asked).toEqual([]);
  expect((await explored(distinct + 1)).parting).toBe(parting);
  expect(asked).toEqual([[model, signal]]);
});
