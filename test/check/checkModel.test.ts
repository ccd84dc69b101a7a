/** verify/check/checkModel.ts and runModel.ts on models of some states, with both engines. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type CheckOptions, checkModel } from "../../verify/check/checkModel.js";
import { runModel } from "../../verify/check/runModel.js";
import { explore } from "../../verify/engine/explore.js";
import { systemOf } from "../../verify/mediator/createSystem.js";
import { loadModel } from "../../verify/mediator/loadModel.js";
import type { Model } from "../../verify/mediator/model.js";
import { findEntry, readManifest } from "../../verify/model/manifest.js";
import { temporaryDirectory } from "../support/temporary.js";
import { type TestModel, writeTestModel } from "../support/testModel.js";
import { describeWithTlc } from "../support/tlc.js";

const directory = temporaryDirectory();
const written = (name: string, more: Partial<TestModel> = {}): Model => {
  const path = join(directory, name);
  mkdirSync(path);
  const constants = { VcpusPerDomain: "= 1", ...more.constants };
  return writeTestModel(path, { calls: '{ <<"VERSION", 101>> }', ...more, constants });
};
const holding = written("holding", { invariants: ["TypeOK"], properties: ["VersionSetOnceProp"] });
const counted = await explore(systemOf(holding));
const { distinct, generated, depth, generatedByAction } = counted;
const pinned: Model = { ...holding, expect: { verdict: "holds", distinct, generated, depth } };
const broken = await loadModel(findEntry(readManifest(), "MCH6"));
const { violates, traceLength } = broken.expect;

/** What both engines say in the same way. */
function sameOf(engine: Pick<CheckOptions, "engine" | "tools">) {
  test("of a model that holds: the counts of the code, and steps by action if asked", async () => {
    const outcome = await checkModel(pinned, { ...engine, coverage: true });
    expect(outcome).toMatchObject({
      model: pinned,
      verdict: "holds",
      message: undefined,
      generated,
      distinct,
      depth,
      initialStates: 1,
      trace: [],
      loop: undefined,
      notChecked: [],
    });
    expect(outcome.byAction).toEqual(generatedByAction);
    expect(outcome.seconds).toBeGreaterThan(0);
    const { byAction } = await checkModel(pinned, engine);
    expect(byAction).toBeUndefined();
  });

  test("of one that does not: the name, the trace, and the place in words", async () => {
    const outcome = await checkModel(broken, engine);
    expect(outcome.verdict).toBe(`${broken.expect.verdict} ${violates}`);
    expect(outcome.message).toContain(violates);
    expect(outcome.trace).toHaveLength(traceLength ?? 0);
    expect([...outcome.trace[0].keys()]).toContain("pc");
    expect(outcome.loop).toBeUndefined();
  });
}

describe("the embedded engine", () => {
  sameOf({ engine: "embedded" });

  test("names itself, and the command that runs it again", async () => {
    expect(await checkModel(pinned, { engine: "embedded" })).toMatchObject({
      engine: "embedded",
      engineName: "embedded engine",
      dump: undefined,
      output: [],
      reproduce: "npx ffa-verify check Test --engine embedded",
    });
  });

  test("tells its progress, and ends when it is to", async () => {
    const options = { engine: "embedded", signal: AbortSignal.abort() } as const;
    await expect(checkModel(pinned, options)).rejects.toMatchObject({ code: "TLC_KILLED" });
    const late = { engine: "embedded", timeoutSeconds: 0.000_001 } as const;
    await expect(checkModel(pinned, late)).rejects.toMatchObject({ code: "TLC_TIMED_OUT" });
  });

  test("a run replays a counterexample, compares nothing and sums nothing up", async () => {
    const told: string[] = [];
    const isCompared = () => true;
    const onProgress = ({ kind }: { kind: string }) => void told.push(kind);
    const run = await runModel(broken, { engine: "embedded", isCompared, onProgress });
    expect(told[0]).toBe("starting");
    expect(run).toMatchObject({ conformance: undefined, digests: undefined });
    expect(run.replay?.result.divergence).toBeUndefined();
    expect(run.replay?.result.states).toHaveLength(traceLength ?? 0);
    const held = await runModel(pinned, { engine: "embedded", isCompared, onProgress });
    expect(held.replay).toBeUndefined();
  });
});

describeWithTlc("TLC", (tools) => {
  sameOf({ engine: "tlc", tools });

  test("names its version, and a run compares its graph", async () => {
    const told: string[] = [];
    const onProgress = ({ kind }: { kind: string }) => void told.push(kind);
    const run = await runModel(pinned, {
      engine: "tlc",
      tools,
      isCompared: () => true,
      onProgress,
    });
    expect(run.check).toMatchObject({ engine: "tlc", reproduce: expect.stringContaining("java") });
    expect(run.check.engineName).toMatch(/^TLC \d+\.\d+$/);
    expect(run.conformance).toMatchObject({ states: distinct, edges: generated - 1 });
    expect(run.conformance).toMatchObject({ difference: undefined, isComplete: true });
    expect(told[0]).toBe("starting");
    expect(told.at(-1)).toBe("comparing");
  });

  test("is asked for no graph where none is compared", async () => {
    const options = {
      engine: "tlc",
      tools,
      isCompared: () => false,
      onProgress: () => {},
    } as const;
    const { check, conformance } = await runModel(pinned, options);
    expect(check.dump).toBeUndefined();
    expect(conformance).toBeUndefined();
  });
});
