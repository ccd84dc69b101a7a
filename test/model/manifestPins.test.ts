/** verify/model/manifest.ts: an entry pins all that its verdict makes necessary. */
import { expect, test } from "vitest";
import { readManifest } from "../../verify/model/manifest.js";
import type { Expectation, ManifestEntry } from "../../verify/model/manifestEntry.js";
import { temporaryDirectory } from "../support/temporary.js";
import { writeManifest } from "../support/tinyModels.js";

const directory = temporaryDirectory();

const holding: Expectation = { verdict: "holds", generated: 3, distinct: 2, depth: 2 };
const failing: Expectation = { verdict: "invariant", violates: "TypeOK", traceLength: 2 };

function read(expected: Expectation): readonly ManifestEntry[] {
  const entry = { name: "MCTest", module: "MCTest", about: "of a test" };
  writeManifest(directory, [{ ...entry, expect: expected }]);
  return readManifest(directory);
}

test.each([holding, failing])("$verdict, with all its pins", (expected) => {
  expect(read(expected)).toMatchObject([{ expect: expected }]);
});

test.each([
  ["generated", holding],
  ["distinct", holding],
  ["depth", holding],
  ["traceLength", failing],
] as const)("without %s is refused", (pin, { [pin]: _, ...expected }) => {
  expect(() => read(expected)).toThrow(
    expect.objectContaining({
      code: "MANIFEST_INVALID",
      where: expect.stringContaining("models.0.expect"),
      found: "a model that holds pins its counts, one that must fail the length of its trace",
    }),
  );
});
