/** What vitest runs for the mutation tester: the tests of one part, without Java and processes. */
import { defineConfig } from "vitest/config";
import { PART_VARIABLE, type PartName, parts } from "../../verify/mutants/parts.js";

const part = parts[process.env[PART_VARIABLE] as PartName];

export default defineConfig({
  test: {
    include: [...part.tests],
    setupFiles: ["test/mutants/setup.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
