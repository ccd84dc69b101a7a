/** The parts of the code that the mutation tester changes, and the tests that must notice. */

export interface Part {
  /** What is changed, as globs from the root of the package. */
  readonly mutate: readonly string[];
  /** The test files that are run, as globs: those that start no process, and are fast. */
  readonly tests: readonly string[];
}

const TESTS_OF_SRC = [
  "test/src/**/*.test.ts",
  "test/mediator/*.test.ts",
  "test/model/{machine,schedule}.test.ts",
];

export const parts = {
  src: { mutate: ["src/**/*.ts"], tests: TESTS_OF_SRC },
  conform: {
    mutate: ["verify/conform/*.ts"],
    tests: ["test/conform/*.test.ts", "test/report/differenceView.test.ts"],
  },
  replay: {
    mutate: ["verify/replay/*.ts"],
    tests: ["test/replay/*.test.ts", "test/model/{machine,schedule}.test.ts"],
  },
  check: {
    mutate: ["verify/check/*.ts"],
    tests: ["test/check/*.test.ts"],
  },
  explore: {
    mutate: ["verify/explore/*.ts"],
    tests: ["test/explore/*.test.ts"],
  },
  model: {
    mutate: ["verify/model/{manifest,loadSpec,specActions,compiledForm}.ts"],
    tests: ["test/model/{manifest,loadSpec,trees}.test.ts"],
  },
} as const satisfies Readonly<Record<string, Part>>;

export type PartName = keyof typeof parts;

/** The environment variable that names the part whose tests vitest is to run. */
export const PART_VARIABLE = "MUTANTS_PART";

/** Of 100 mutants of a part, how many the tests must notice. */
export const LEAST_SCORE = 85;

/** What is kept, from the root of the package: the results, the reasons, and a page of both. */
export const RESULTS = "docs/mutants/results.json";
export const REASONS = "docs/mutants/reasons.json";
export const PAGE = "docs/mutants.md";
