/** The traces that are kept: current, small, short, and taken whole by the implementation. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readManifest } from "../../verify/model/manifest.js";
import { modelDirectory } from "../../verify/model/paths.js";
import { hasTraces, TRACES, tracesPath } from "../../verify/traces/origin.js";
import { ffaVerify, spawnFfaVerify } from "../support/cli.js";

const directory = join(modelDirectory, TRACES);
const models = readManifest().filter(hasTraces);
/** What all files may take together. */
const MOST_BYTES = 5_000_000;
/** How much longer than the shortest cover the behaviors of a model may be. */
const MOST_TIMES = 1.3;

interface Replayed {
  readonly ok: boolean;
  readonly models: readonly {
    readonly model: string;
    readonly steps: number;
    readonly fewestSteps: number;
    readonly behaviors: number;
    readonly edges: number;
    readonly seconds: number;
    readonly cpuSeconds: number;
    readonly mismatch: object | null;
  }[];
  readonly kept: readonly { readonly name: string; readonly replays: boolean }[];
}

test("there is a file for each model that is compared by default, and all are small", () => {
  expect(models.length).toBeGreaterThan(0);
  const bytes = models.map((model) => statSync(tracesPath(directory, model)).size);
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(MOST_BYTES);
});

test("they are those of the present modules, cfgs and jar (else: npm run traces)", async () => {
  expect(await ffaVerify(["traces", "check"])).toMatchObject({ code: 0, stderr: "" });
});

test("the implementation takes every behavior and edge, and each trace that was added", () => {
  // A process of its own: what vitest makes of the modules for a test is several times as slow.
  const run = spawnFfaVerify(["traces", "replay", "--json"]);
  const { ok, models: replayed, kept } = JSON.parse(run.stdout) as Replayed;
  expect(replayed.filter(({ mismatch }) => mismatch !== null)).toEqual([]);
  expect(kept.filter(({ replays }) => !replays)).toEqual([]);
  expect([ok, run.code]).toEqual([true, 0]);
  expect(replayed.map(({ model }) => model)).toEqual(models.map(({ name }) => name));
  for (const [i, { edges, steps, fewestSteps }] of replayed.entries()) {
    expect(edges).toBe((models[i].expect.generated ?? 0) - 1);
    expect(steps).toBeLessThanOrEqual(MOST_TIMES * fewestSteps);
    expect(fewestSteps).toBeGreaterThanOrEqual(edges);
  }
  const all = (amount: (of: Replayed["models"][number]) => number): number =>
    replayed.reduce((sum, each) => sum + amount(each), 0);
  const steps = all((each) => each.steps);
  const perSecond = Math.round(steps / all((each) => each.seconds));
  const perCpuSecond = Math.round(steps / all((each) => each.cpuSeconds));
  console.info(
    `traces: ${all((each) => each.behaviors)} behaviors, ${steps} steps (the fewest: ` +
      `${all((each) => each.fewestSteps)}), ${perSecond} steps/s, ${perCpuSecond} per CPU second`,
  );
});
