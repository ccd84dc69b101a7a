/** Several workers against one on any protocol: the same counts and verdicts. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AutomatonLog } from "../../verify/engine/automatonLog.js";
import { explore } from "../../verify/engine/explore.js";
import { type Finding, nearestOf } from "../../verify/engine/finding.js";
import { createScriptedSystem } from "../../verify/engine/scripted.js";
import { told } from "../support/told.js";
import { script } from "./protocols.js";

describe("workers", () => {
  it("agree with one on random protocols, deadlocks and faults included", async () => {
    await fc.assert(
      fc.asyncProperty(script, async (code) => {
        const system = createScriptedSystem(code);
        const [one, two] = [await explore(system), await explore(system, { workers: 2 })];
        expect(told(two)).toEqual(told(one));
      }),
      { numRuns: 12 },
    );
  });

  it.each([
    ["the shorter behavior", ["long", 9], ["short", 8], "short"],
    ["the state, not the step behind one of its length", ["step", 8, true], ["state", 8], "state"],
    ["the step that leads to a state of the same length", ["step", 7, true], ["state", 8], "step"],
  ] as const)("report of two findings %s, whoever has it", (_, one, other, expected) => {
    const state = new Int32Array(1);
    const [a, b] = [one, other].map(([name, level, isStep]): Finding => {
      const kind = isStep ? "action-property" : "invariant";
      return { kind, name, state, level, ...(isStep ? { after: state } : {}) };
    });
    expect(nearestOf([a, b])?.name).toBe(expected);
    const isEven = expected === "step";
    expect(nearestOf([b, a])?.name).toBe(isEven ? "state" : expected);
    expect(nearestOf([])).toBeUndefined();
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
