/** verify/model/manifest.ts: what is said of a manifest that cannot be read, and where names stand. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findEntry, manifestPlace, readManifest } from "../../verify/model/manifest.js";
import type { ManifestEntry } from "../../verify/model/manifestEntry.js";
import { modelDirectory } from "../../verify/model/paths.js";
import { temporaryDirectory } from "../support/temporary.js";
import { writeManifest } from "../support/tinyModels.js";

const directory = temporaryDirectory();
const path = join(directory, "manifest.json");
const cfgPath = join(directory, "any.cfg");

const entryOf = (name: string): ManifestEntry => {
  const expected = { verdict: "deadlock", traceLength: 2 } as const;
  return { name, module: "MCTest", about: "of a test", expect: expected };
};
const small = entryOf("MCSmall");
const large = entryOf("MCLarge");

/** The error's own fields, without its stack. */
function errorOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return { ...(error as object) };
  }
  return undefined;
}

function read(text: string): readonly ManifestEntry[] {
  writeFileSync(path, text);
  return readManifest(directory);
}

describe("a manifest", () => {
  test("is the project's where no directory is named", () => {
    expect(readManifest()).toEqual(readManifest(modelDirectory));
  });

  test("that is no JSON, or is not there", () => {
    const unreadable = {
      code: "MANIFEST_INVALID",
      what: "the manifest of the models cannot be read",
      where: path,
      hint: "a directory of models has a manifest.json; restore it, or name another directory",
    };
    const found = expect.stringContaining("JSON");
    expect(errorOf(() => read("{{"))).toMatchObject({ ...unreadable, found });
    const nowhere = join(directory, "nowhere");
    expect(errorOf(() => readManifest(nowhere))).toMatchObject({
      ...unreadable,
      where: join(nowhere, "manifest.json"),
      found: expect.stringContaining("ENOENT"),
    });
  });

  test.each([
    ["[]", "(top)", /expected object/],
    ['{ "about": "", "models": [] }', "models", />=1 items/],
    [
      JSON.stringify({ about: "", models: [{ ...small, name: "Small" }] }),
      "models.0.name",
      /^a name such as MC1x2 expected$/,
    ],
    [
      JSON.stringify({ about: "", models: [small, { ...large, expect: { verdict: "fine" } }] }),
      "models.1.expect.verdict",
      /deadlock/,
    ],
  ])("of another form: %s, at %s", (text, at, found) => {
    expect(errorOf(() => read(text))).toMatchObject({
      code: "MANIFEST_INVALID",
      what: "the manifest of the models does not have the form that the tools read",
      where: `${path}: ${at}`,
      found: expect.stringMatching(found),
      hint: "compare the entry with those beside it",
    });
  });
});

describe("a name", () => {
  const entries = [small, large];

  test.each(["MCLarge", "mclarge", "MCLARGE"])("%s is found, however it is written", (name) => {
    expect(findEntry(entries, name)).toBe(large);
  });

  test.each([
    ["MCLarg", "did you mean MCLarge?"],
    ["Small", "did you mean MCSmall?"],
    ["quite another", "name one of these, or add an entry to the manifest"],
  ])("%s is not known: %s", (name, hint) => {
    const unknown = {
      code: "MODEL_UNKNOWN",
      what: `there is no model named ${name}`,
      expected: "MCSmall, MCLarge",
      found: name,
      hint: expect.stringContaining(hint),
    };
    const where = join(modelDirectory, "manifest.json");
    expect(errorOf(() => findEntry(entries, name))).toMatchObject({ ...unknown, where });
    expect(errorOf(() => findEntry(entries, name, directory))).toMatchObject({
      ...unknown,
      where: path,
    });
  });

  test("without MC in front is near the one that has it", () => {
    const found = errorOf(() => findEntry([entryOf("MC1x2"), large], "1x2"));
    expect(found).toMatchObject({ hint: expect.stringContaining("did you mean MC1x2?") });
  });

  test("stands where its entry is, not where another entry names it", () => {
    writeManifest(directory, [{ ...small, larger: large.name }, large]);
    const places = [small, large].map(({ name }) => manifestPlace({ name, cfgPath }));
    expect(places).toEqual([`${path}:5:7`, `${path}:15:7`]);
  });
});
