/** Models that are loaded together share what they have in common, and nothing else. */
import { expect, test } from "vitest";
import { loadModels } from "../../verify/mediator/loadModel.js";
import { findEntry, readManifest } from "../../verify/model/manifest.js";
import { withNumbers } from "../../verify/spec/specData.js";

const entries = ["MC1x1", "MCH8", "MC2x1"].map((name) => findEntry(readManifest(), name));
const [one, watched, two] = await loadModels(entries);

test("the modules are the same objects, and the constants each model's own", () => {
  expect([one, watched, two].map(({ name }) => name)).toEqual(["MC1x1", "MCH8", "MC2x1"]);
  expect(two.spec.modules).toBe(one.spec.modules);
  expect(watched.spec.modules).not.toBe(one.spec.modules);
  expect([one, two].map(({ options }) => options.maxDomains)).toEqual([1, 2]);
});

test("a spec with the numbers that it has is the same spec", () => {
  expect(withNumbers(one.spec, { NumDomains: 1, VcpusPerDomain: 1 })).toBe(one.spec);
  const other = withNumbers(one.spec, { NumDomains: 1, VcpusPerDomain: 2 });
  expect(other.constants.get("VcpusPerDomain")).toEqual({ value: { type: "int", value: 2 } });
  expect(one.spec.constants.get("VcpusPerDomain")).not.toEqual(
    other.constants.get("VcpusPerDomain"),
  );
});
