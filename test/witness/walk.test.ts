/** The walk that makes behaviors: which step it takes, and when it ends. */
import { describe, expect, test } from "vitest";
import { systemOf } from "../../verify/mediator/createSystem.js";
import { loadModel } from "../../verify/mediator/loadModel.js";
import { findEntry, readManifest } from "../../verify/model/manifest.js";
import { createMachine } from "../../verify/replay/machine.js";
import { type Walked, walk } from "../../verify/witness/walk.js";

const system = systemOf(await loadModel(findEntry(readManifest(), "MC1x1")));
const walked = walk(system, { length: 150, seed: 1 });

const timesOf = ({ steps }: Walked, action: string): number =>
  steps.filter((step) => step.action === action).length;

test("the same seed gives the same behavior, another seed another", () => {
  expect(walk(system, { length: 150, seed: 1 })).toEqual(walked);
  expect(walk(system, { length: 150, seed: 2 }).steps).not.toEqual(walked.steps);
});

test("each step is one that the machine offers, and leads to the state behind it", () => {
  const machine = createMachine(system);
  expect(walked.states[0]).toEqual(machine.initial);
  for (const [i, step] of walked.steps.entries()) {
    const { actor, action, branch } = step;
    expect(machine.enabledSteps()).toContainEqual({ actor, action, branch });
    machine.take(step);
    expect(walked.states[i + 1]).toEqual(machine.stateText());
  }
  expect(walked.states).toHaveLength(walked.steps.length + 1);
});

test("of the calls that a guest may begin, each is begun before one is begun again", () => {
  const branches = walk(system, { length: 600, seed: 1 })
    .steps.filter(({ action }) => action === "StartCall")
    .map(({ branch }) => branch);
  const calls = system.calls.length;
  expect(branches.length).toBeGreaterThan(calls);
  expect(new Set(branches.slice(0, calls)).size).toBe(calls);
});

describe("what is put off", () => {
  test("an action that is late is taken less often", async () => {
    const siblings = systemOf(await loadModel(findEntry(readManifest(), "MC1x2")));
    const plain = walk(siblings, { length: 300, seed: 1 });
    const late = walk(siblings, { length: 300, seed: 1, late: "LockRxToAcquire" });
    expect(timesOf(late, "LockRxToAcquire")).toBeGreaterThan(0);
    expect(timesOf(late, "LockRxToAcquire")).toBeLessThan(timesOf(plain, "LockRxToAcquire"));
  });

  test("a domain lives for several calls", () => {
    const long = walk(system, { length: 600, seed: 1 });
    const lives = timesOf(long, "CreateDomain");
    expect(timesOf(long, "PauseDomain")).toBeGreaterThan(0);
    expect(timesOf(long, "StartCall")).toBeGreaterThan(2 * lives);
  });
});

test("it ends where no step is enabled", () => {
  const nobody = { ...system, actors: [] };
  expect(walk(nobody, { length: 150, seed: 1 }).steps).toEqual([]);
  expect(walk(system, { length: 0, seed: 1 }).states).toHaveLength(1);
});
