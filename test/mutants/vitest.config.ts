/** What vitest runs for the mutation tester: the tests of one part, the cheapest first. */
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { PART_VARIABLE, type PartName, parts } from "../../verify/mutants/parts.js";

const part = parts[process.env[PART_VARIABLE] as PartName];

/** In the order in which the part names them: the first test that fails ends the run. */
class AsListed extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number =>
      part.tests.findIndex((test) => moduleId.endsWith(test));
    return files.toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    include: [...part.tests],
    setupFiles: ["test/mutants/setup.ts"],
    sequence: { sequencer: AsListed },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
