/** The parts of the code that the mutation tester changes, and the tests that must notice. */

export interface Part {
  /** What is changed, as globs from the root of the package. */
  readonly mutate: readonly string[];
  /**
   * The test files that are run, as globs: fast ones that do not start the command line. Those that
   * are named one by one are run in this order behind the others, so that the cheapest come first.
   */
  readonly tests: readonly string[];
  /** Whether tests may start TLC; without it those that need it are skipped. */
  readonly usesTlc?: boolean;
}

const TESTS_OF_SRC = [
  "test/src/**/*.test.ts",
  "test/mediator/*.test.ts",
  "test/model/{machine,schedule}.test.ts",
  // Behind those that the lines above find: what takes seconds.
  "test/src/functionIds.test.ts",
  "test/src/version.test.ts",
  "test/src/fixes.test.ts",
  "test/src/guests.test.ts",
];

const partsByName = {
  src: { mutate: ["src/**/*.ts"], tests: TESTS_OF_SRC },
  conform: {
    mutate: ["verify/conform/*.ts"],
    tests: [
      "test/conform/dumpStates.test.ts",
      "test/conform/refusedGraphs.test.ts",
      "test/conform/covered.test.ts",
      "test/conform/stateReader.test.ts",
      "test/conform/matching.test.ts",
      "test/check/outcomes.test.ts",
      "test/report/differenceView.test.ts",
      "test/conform/conform.test.ts",
      "test/conform/conformSpec.test.ts",
      "test/conform/alterations.test.ts",
    ],
  },
  replay: {
    mutate: ["verify/replay/*.ts"],
    tests: [
      "test/model/schedule.test.ts",
      "test/replay/refusals.test.ts",
      "test/replay/replayTrace.test.ts",
      "test/replay/choices.test.ts",
      "test/replay/outcomes.test.ts",
      "test/model/machine.test.ts",
    ],
  },
  check: {
    mutate: ["verify/check/*.ts"],
    tests: [
      "test/check/engineFailure.test.ts",
      "test/check/outcomes.test.ts",
      "test/check/checkModel.test.ts",
    ],
    usesTlc: true,
  },
  explore: {
    mutate: ["verify/explore/*.ts"],
    tests: [
      "test/explore/comparisons.test.ts",
      "test/explore/exploreModel.test.ts",
      "test/explore/monitored.test.ts",
      "test/explore/outcomes.test.ts",
      "test/explore/digest.test.ts",
    ],
  },
  model: {
    mutate: ["verify/model/{compiledForm,manifest,stateText}.ts"],
    tests: [
      "test/model/fresh.test.ts",
      "test/model/readManifest.test.ts",
      "test/model/manifestPins.test.ts",
    ],
  },
} as const satisfies Readonly<Record<string, Part>>;

export type PartName = keyof typeof partsByName;

export const parts: Readonly<Record<PartName, Part>> = partsByName;

/** The environment variable that names the part whose tests vitest is to run. */
export const PART_VARIABLE = "MUTANTS_PART";

/** Of 100 mutants of a part, how many the tests must notice. */
export const LEAST_SCORE = 85;

/** What is kept, from the root of the package: the results, the reasons, and a page of both. */
export const RESULTS = "docs/mutants/results.json";
export const REASONS = "docs/mutants/reasons.json";
export const PAGE = "docs/mutants.md";
