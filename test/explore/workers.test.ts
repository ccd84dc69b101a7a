/** Several workers against one: the same counts, verdicts and lengths. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AutomatonLog } from "../../verify/explore/automatonLog.js";
import { createSystem } from "../../verify/explore/createSystem.js";
import type { Exploration } from "../../verify/explore/exploration.js";
import { explore } from "../../verify/explore/explore.js";
import { createScriptedSystem } from "../../verify/explore/scripted.js";
import { loadModel } from "../../verify/model/loadModel.js";
import { findEntry, readManifest } from "../../verify/model/manifest.js";
import { script } from "./protocols.js";

const told = ({
  outcome,
  distinct,
  mappedDistinct,
  generated,
  depth,
  generatedByAction,
}: Exploration) => {
  if (outcome.kind !== "holds") return outcome.kind;
  return {
    distinct,
    mappedDistinct,
    generated,
    depth,
    byAction: [...generatedByAction].toSorted(),
  };
};

describe("workers", () => {
  it.each([2, 3])("%i of them count what one counts", async (workers) => {
    const model = loadModel(findEntry(readManifest(), "MC1x2"));
    const system = createSystem(model.options, model.calls);
    const invariants = model.invariants;
    const one = await explore(system, { invariants });
    const many = await explore(system, { invariants, workers });
    expect(many.workers).toBe(workers);
    expect(told(many)).toEqual(told(one));
  });

  it("find a violation of the same length", async () => {
    const model = loadModel(findEntry(readManifest(), "MCH1"));
    const system = createSystem(model.options, model.calls);
    const { outcome } = await explore(system, { invariants: model.invariants, workers: 2 });
    expect(outcome).toMatchObject({
      kind: "violation",
      violation: { name: "NoNegativeAnswerInv", length: 20 },
    });
  });

  it("agree with one on random protocols, deadlocks and faults included", async () => {
    await fc.assert(
      fc.asyncProperty(script, async (code) => {
        const system = createScriptedSystem(code);
        const [one, two] = [await explore(system), await explore(system, { workers: 2 })];
        expect(told(two)).toEqual(told(one));
      }),
      { numRuns: 25 },
    );
  });

  it("learn results of any size from one another", () => {
    const data = AutomatonLog.allocate(8);
    const [one, other] = [new AutomatonLog(data), new AutomatonLog(data)];
    const results = [0, 1, -2, 2 ** 31, 2 ** 32 - 1, 0x80010000];
    for (const result of results)
      one.add(
        3,
        ~1,
        result,
        () => false,
        () => {},
      );
    const learned: number[][] = [];
    other.learn((...discovery) => learned.push(discovery));
    expect(learned).toEqual(results.map((result) => [3, ~1, result]));
  });

  it("says so when the log of local behavior is full", () => {
    const log = new AutomatonLog(AutomatonLog.allocate(1));
    log.add(
      0,
      1,
      0,
      () => false,
      () => {},
    );
    const again = () =>
      log.add(
        0,
        1,
        1,
        () => false,
        () => {},
      );
    expect(again).toThrow(expect.objectContaining({ code: "EXPLORER_FULL" }));
  });
});
