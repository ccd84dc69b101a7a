/** Modules that TLC alone reads: what makes one, what stands for it, and that the manifest says so. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { modulesIn } from "../../verify/model/compileSpecs.js";
import { isForTlcAlone } from "../../verify/model/forTlcAlone.js";
import { loadSpec } from "../../verify/model/loadSpec.js";
import { readManifest } from "../../verify/model/manifest.js";
import { modelDirectory } from "../../verify/model/paths.js";
import { temporaryDirectory } from "../support/temporary.js";

const root = temporaryDirectory();
const textOf = (module: string) => readFileSync(join(modelDirectory, `${module}.tla`), "utf8");

test.each([
  ["Abstract == INSTANCE FfaAbstract WITH", true],
  ["INSTANCE FfaAbstract", true],
  ["  LOCAL INSTANCE FfaAbstract", true],
  ["\\* An INSTANCE of it", false],
  ["x == INSTANCES", false],
])("%s: %s", (line, is) => {
  expect(isForTlcAlone(`---- MODULE M ----\n${line}\n====\n`)).toBe(is);
});

test("the manifest says of every such module that TLC alone checks it", () => {
  const alone = readManifest().filter(({ module }) => isForTlcAlone(textOf(module)));
  expect(alone).not.toEqual([]);
  expect(alone.filter(({ tlcAlone }) => tlcAlone !== true)).toEqual([]);
});

test("it has no compiled form, and the module that it extends is read in its place", async () => {
  expect(modulesIn(modelDirectory)).not.toContain("MCRefinement");
  const without = { env: { PATH: "" } };
  const read = await loadSpec(modelDirectory, "MCRefinement", without);
  expect(read).toEqual(await loadSpec(modelDirectory, "MCNegotiation", without));
});

describe("is refused when nothing can stand for it:", () => {
  test.each([
    ["none", "EXTENDS Integers\n"],
    ["Low, Other", "EXTENDS Low, Other\n"],
  ])("it extends %s", async (found, text) => {
    const directory = mkdtempSync(join(root, "models-"));
    for (const name of ["Low", "Other"]) {
      writeFileSync(join(directory, `${name}.tla`), `---- MODULE ${name} ----\n====\n`);
    }
    const module = `---- MODULE High ----\n${text}I == INSTANCE Low\n====\n`;
    writeFileSync(join(directory, "High.tla"), module);
    await expect(loadSpec(directory, "High")).rejects.toMatchObject({
      code: "SPEC_UNSUPPORTED",
      where: join(directory, "High.tla"),
      found: `EXTENDS of ${found}`,
    });
  });
});
