/** What vitest runs for the mutation tester: the tests of one part, the cheapest first. */
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { partNow } from "./partNow.js";

/** In the order in which the part names them: the first test that fails ends the run. */
class AsListed extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number =>
      partNow.tests.findIndex((test) => moduleId.endsWith(test));
    return files.toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    include: [...partNow.tests],
    setupFiles: ["test/mutants/setup.ts"],
    sequence: { sequencer: AsListed },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
