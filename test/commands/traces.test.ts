/** `ffa-verify traces`: what is current, what is stale and why, what is kept, what is refused. */
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createItf, formatItf, MAVEN_JAR, parseItf, parseValue } from "tla2tools-runner";
import { describe, expect, test } from "vitest";
import { systemOf } from "../../verify/mediator/createSystem.js";
import { machineAfter } from "../../verify/replay/machine.js";
import { differing, exitCodeOf } from "../../verify/support/comparison.js";
import { originOf } from "../../verify/traces/origin.js";
import {
  type ReplayedTraces,
  replayComparisons,
  replayTraces,
} from "../../verify/traces/replayTraces.js";
import { tracesBytes, writeTraces } from "../../verify/traces/tracesFile.js";
import { ffaVerify } from "../support/cli.js";
import { temporaryDirectory } from "../support/temporary.js";
import { tinyModel } from "../support/tinyModels.js";
import { tracesOf } from "../support/tinyTraces.js";

const directory = temporaryDirectory();
const model = await tinyModel(directory);
const models = dirname(model.cfgPath);
const made = tracesOf(systemOf(model));
const origin = originOf(model, MAVEN_JAR.sha256);
const file = join(models, "traces", "MCTiny.traces");
const bytes = tracesBytes(made, made.fewestSteps, origin);
writeTraces(file, bytes);

const traces = (...args: readonly string[]) => ffaVerify(["traces", ...args, "--models", models]);
const documentOf = async (...args: readonly string[]) =>
  JSON.parse((await traces(...args, "--json")).stdout);

/** Puts a file back as it was, behind what is done with another one in its place. */
async function withText<T>(path: string, text: string | Buffer, act: () => Promise<T>): Promise<T> {
  const before = readFileSync(path);
  writeFileSync(path, text);
  try {
    return await act();
  } finally {
    writeFileSync(path, before);
  }
}

describe("traces check", () => {
  test("is content with what was made from the present files", async () => {
    expect(await traces("check")).toMatchObject({
      code: 0,
      stdout: "1 of 1 files of traces are current\n",
    });
    expect(await documentOf("check")).toMatchObject({ ok: true, models: [{ current: true }] });
  });

  const sources = { ...origin.sources };
  const other = "f".repeat(64);
  test.each([
    ["a module", { sources: { ...sources, "Rxtx.tla": other } }, "Rxtx.tla"],
    ["the cfg", { sources: { ...sources, "MCTiny.cfg": other } }, "MCTiny.cfg"],
    ["the jar", { tlc: other }, "jar of TLC"],
    ["the model", { model: "MCOther" }, "model"],
    ["a module that is not there any more", { sources: { ...sources, "Z.tla": other } }, "Z.tla"],
  ])("names %s, and how to write the file anew", async (_, changed, what) => {
    const stale = tracesBytes(made, made.fewestSteps, { ...origin, ...changed });
    await withText(file, stale, async () => {
      const run = await traces("check");
      expect(run.code).toBe(1);
      expect(run.stdout).toContain(`npx ffa-verify traces export MCTiny --models "${models}"`);
      const document = await documentOf("check");
      expect(document.ok).toBe(false);
      expect(document.models[0].differences.map((each: { what: string }) => each.what)).toEqual([
        what,
      ]);
    });
  });

  test("names the cfg that was changed since", async () => {
    const cfg = readFileSync(model.cfgPath, "utf8");
    const run = await withText(model.cfgPath, `${cfg}\n`, () => traces("check"));
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/MCTiny\.cfg: \w{64} now, \w{64} when it was written/);
  });

  test.each([
    ["distinct", "states: 7 now"],
    ["generated", "edges: 6 now"],
  ] as const)("compares the manifest's count: %s", async (count, said) => {
    const manifest = join(models, "manifest.json");
    const pinned = `"${count}": ${model.expect[count]}`;
    const text = readFileSync(manifest, "utf8").replace(pinned, `"${count}": 7`);
    const run = await withText(manifest, text, () => traces("check"));
    expect([run.code, run.stdout]).toEqual([1, expect.stringContaining(said)]);
  });

  test("refuses a file that is damaged, or not there, or a model that has none", async () => {
    const damaged = await withText(file, bytes.subarray(0, 3000), () => traces("check"));
    expect([damaged.code, damaged.stderr]).toEqual([2, expect.stringContaining("TRACES_DAMAGED")]);
    const none = await traces("check", "--traces", join(directory, "none"));
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining("TRACES_UNREADABLE")]);
    const notKept = await ffaVerify(["traces", "check", "MCH1"]);
    expect([notKept.code, notKept.stderr]).toEqual([2, expect.stringContaining("USAGE: MCH1")]);
  });
});

describe("traces replay", () => {
  test("takes every behavior, and prints how many, and how fast", async () => {
    const run = await traces("replay");
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/^model +implementation +behaviors +steps +fewest steps/);
    const document = await documentOf("replay");
    expect(document).toMatchObject({ ok: true, kept: [] });
    expect(document.models[0]).toMatchObject({
      ok: true,
      behaviors: made.behaviors.lengths.length,
      steps: made.fewestSteps,
      fewestSteps: made.fewestSteps,
      states: made.graph.states,
      edges: made.graph.targets.length,
      mismatch: null,
    });
    expect(document.models[0].stepsPerSecond).toBeGreaterThan(0);
  });

  test("shows the first difference, with a schedule that leads there", async () => {
    // The posted design does not refuse what this one does.
    const cfg = readFileSync(model.cfgPath, "utf8");
    const changed = cfg.replace("Fixes <- Hardened", "Fixes <- Posted");
    expect(changed).not.toBe(cfg);
    await withText(model.cfgPath, changed, async () => {
      const run = await traces("replay");
      expect(run.code).toBe(1);
      const [, schedule] = /--schedule "([^"]+)"/.exec(run.stdout) ?? [];
      const again = await ffaVerify([
        "replay",
        "--models",
        models,
        "--model",
        "MCTiny",
        "--schedule",
        schedule,
      ]);
      expect(again.code).toBe(0);
      const {
        models: [{ mismatch }],
      } = await documentOf("replay");
      expect(mismatch).toMatchObject({ schedule });
      expect(["state", "enabled"]).toContain(mismatch.kind);
    });
  });

  test("refuses the traces of another configuration", async () => {
    const cfg = readFileSync(model.cfgPath, "utf8");
    const changed = cfg.replace("VcpusPerDomain = 1", "VcpusPerDomain = 2");
    const run = await withText(model.cfgPath, changed, () => traces("replay"));
    expect([run.code, run.stderr]).toEqual([2, expect.stringContaining("TRACES_OTHER_MODEL")]);
  });
});

describe("what a replay has to show", () => {
  const replayed = replayTraces(model, file);
  const { head, behaviors, steps, states, edges } = replayed;

  test("is all there", () => {
    expect(differing(replayComparisons(replayed))).toEqual([]);
  });

  test.each<[string, Partial<ReplayedTraces>]>([
    ["model", { head: { ...head, model: "MCOther" } }],
    ["behaviors", { behaviors: behaviors - 1 }],
    ["steps", { steps: steps - 1 }],
    ["states that were come to", { states: states - 1 }],
    ["edges that were taken", { edges: edges - 1 }],
  ])("%s", (what, changed) => {
    const comparisons = replayComparisons({ ...replayed, ...changed });
    expect(differing(comparisons).map((each) => each.what)).toEqual([what]);
    expect(exitCodeOf(comparisons)).toBe(1);
  });
});

describe("traces show", () => {
  test("prints a behavior, and writes it as a trace that replays", async () => {
    const itf = join(directory, "shown.itf.json");
    const run = await traces("show", "MCTiny", "1", "--itf", itf);
    const steps = made.behaviors.lengths[0];
    expect([run.code, run.stdout]).toEqual([0, expect.stringContaining("behavior 1 of")]);
    expect(parseItf(readFileSync(itf, "utf8"), itf).states).toHaveLength(steps + 1);
    const replayed = await ffaVerify(["replay", itf, "--models", models]);
    expect(replayed.code).toBe(0);
    expect((await documentOf("show", "MCTiny", "1")).steps).toHaveLength(steps);
  });

  test.each(["0", "x", "100000"])("has no behavior %s", async (number) => {
    const run = await traces("show", "MCTiny", number);
    expect([run.code, run.stderr]).toEqual([2, expect.stringContaining("USAGE")]);
  });
});

describe("traces add", () => {
  const kept = join(directory, "keeping");
  cpSync(join(models, "traces"), kept, { recursive: true });
  const add = (...args: readonly string[]) => traces("add", ...args, "--traces", kept);
  const system = systemOf(model);
  const valuesOf = (texts: readonly ReadonlyMap<string, string>[]) =>
    texts.map((text) => new Map([...text].map(([name, value]) => [name, parseValue(value)])));
  const write = (name: string, states: ReturnType<typeof valuesOf>): string => {
    const path = join(directory, name);
    writeFileSync(path, formatItf(createItf(states)));
    return path;
  };
  const steps = [
    { actor: 2, branch: 0 },
    { actor: 1, branch: 0 },
    { actor: 1, branch: -1 },
  ];
  const report = write("report.itf.json", valuesOf(machineAfter(system, steps).states));

  test("keeps a trace, which is replayed from then on, once", async () => {
    const run = await add(report, "--json");
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({ ok: true, name: "report", model: "MCTiny" });
    const again = await documentOf("replay", "--traces", kept);
    expect(again.kept).toEqual([{ name: "report", model: "MCTiny", replays: true }]);
    const twice = await add(report, "--name", "other");
    expect([twice.code, twice.stderr]).toEqual([2, expect.stringContaining("TRACE_KEPT")]);
    const shorter = write(
      "shorter.itf.json",
      valuesOf(machineAfter(system, steps.slice(1, 1)).states),
    );
    const sameName = await add(shorter, "--name", "report");
    expect([sameName.code, sameName.stderr]).toEqual([2, expect.stringContaining("of that name")]);
  });

  test("a kept trace that the code does not take any more is a difference", async () => {
    const path = join(kept, "kept", "report.itf.json");
    const text = readFileSync(path, "utf8").replace('"LockGuestVers"', '"ReadVmCount"');
    const run = await withText(path, text, () => traces("replay", "--traces", kept));
    expect([run.code, run.stdout]).toEqual([1, expect.stringContaining("DIFFERS")]);
  });

  test("refuses a trace that the implementation does not take, and names that are no names", async () => {
    const states = valuesOf(machineAfter(system, steps).states);
    const diverging = write("diverging.itf.json", [states[0], states[2]]);
    const run = await add(diverging, "--model", "MCTiny");
    expect([run.code, run.stderr]).toEqual([1, expect.stringContaining("TRACE_DIVERGES")]);
    const misnamed = await add(report, "--name", "../x");
    expect([misnamed.code, misnamed.stderr]).toEqual([2, expect.stringContaining("USAGE")]);
  });
});
