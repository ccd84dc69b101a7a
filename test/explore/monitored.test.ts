/** verify/explore/exploreMonitored.ts: pairs of a state and a monitor's values, beside a plain search. */
import type { State } from "tla2tools-runner";
import { describe, expect, test } from "vitest";
import { explore } from "../../verify/engine/explore.js";
import { Stepper } from "../../verify/engine/stepper.js";
import { exploreMonitored, watchedSystem } from "../../verify/explore/exploreMonitored.js";
import { systemOf } from "../../verify/mediator/createSystem.js";
import { stateTextOf } from "../../verify/mediator/refinement.js";
import { StateValues } from "../../verify/mediator/stateValues.js";
import type { System } from "../../verify/mediator/system.js";
import { machineAfter } from "../../verify/replay/machine.js";
import type { Monitor } from "../../verify/spec/monitor.js";
import { theoryOf } from "../../verify/spec/specData.js";
import { temporaryDirectory } from "../support/temporary.js";
import { tinyModel } from "../support/tinyModels.js";

const model = await tinyModel(temporaryDirectory());
const system = systemOf(model);
const theory = theoryOf(model.spec);
const values = new StateValues(system, theory);
/** Behind the spec's own variables. */
const position = theory.variables.length;
const countIn = (state: State): number => state[position] as number;

/** A monitor that counts steps, up to one less than `modulus`, and then from 0 again. */
const counter = (modulus: number): Monitor => ({
  positions: [position],
  initial: [0],
  next: (before) => [(countIn(before) + 1) % modulus],
  holds: (name, state) => name !== `Not${countIn(state)}`,
});
const watching = (monitor: Monitor) => ({ system, monitor, values });

/** The same search with texts in a map, in which nothing is packed. */
function searched(modulus: number) {
  const stepper = new Stepper(system);
  const seen = new Map<string, number>();
  const byAction = new Map<string, number>();
  const queue: { words: Int32Array; count: number; level: number }[] = [];
  const visit = (words: Int32Array, count: number, level: number): void => {
    const key = `${words.join()} ${count}`;
    if (seen.has(key)) return;
    seen.set(key, level);
    queue.push({ words: words.slice(), count, level });
  };
  let generated = 1;
  visit(stepper.initial, 0, 1);
  for (const { words, count, level } of queue) {
    stepper.forEachStep(words, 0, (_, { label }, successor) => {
      generated++;
      byAction.set(label, (byAction.get(label) ?? 0) + 1);
      visit(successor, (count + 1) % modulus, level + 1);
    });
  }
  return { distinct: seen.size, generated, depth: Math.max(...seen.values()), byAction };
}

describe("a monitor", () => {
  test("that says nothing leaves the counts of the explorer", async () => {
    const alone = await explore(system);
    const { distinct, mappedDistinct, generated, depth, generatedByAction } = alone;
    const found = exploreMonitored(watching(counter(1)), []);
    expect(found).toMatchObject({ outcome: { kind: "holds" }, checked: [], workers: 1 });
    expect(found).toMatchObject({ distinct, mappedDistinct, generated, depth });
    expect(found.generatedByAction).toEqual(generatedByAction);
  });

  test.each([2, 3])("with %i values makes pairs", (modulus) => {
    const { byAction, ...counts } = searched(modulus);
    expect(counts.distinct).toBeGreaterThan(searched(1).distinct);
    const found = exploreMonitored(watching(counter(modulus)), ["Holds"]);
    expect(found).toMatchObject({ ...counts, mappedDistinct: counts.distinct, checked: ["Holds"] });
    expect(found.generatedByAction).toEqual(byAction);
  });

  test("says what it took", () => {
    const start = performance.now();
    const { memory, seconds, distinct, stepper } = exploreMonitored(watching(counter(2)), []);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual((performance.now() - start) / 1000);
    // A word for the number of the monitor's values stands beside the packed state.
    expect(memory.packedBytes).toBe(4 * (stepper.packing.words + 1));
    expect(memory.packedBytes + memory.bytesBeyond).toBeCloseTo(memory.bytes / distinct);
    expect(memory.bytes).toBeGreaterThan(distinct * memory.packedBytes);
    expect(memory.peakProcessBytes).toBeGreaterThan(2 ** 20);
  });

  test("is none where the specification has no variables of its own, or is not named", () => {
    const unnamed = { ...model, specification: undefined };
    expect(watchedSystem(unnamed, system)).toBeUndefined();
    expect(watchedSystem(model, system)).toBeUndefined();
  });
});

describe("an invariant that breaks", () => {
  test("ends the search with a shortest behavior, which the machine takes", () => {
    const found = exploreMonitored(watching(counter(99)), ["Holds", "Not5"]);
    const { outcome, depth, checked, stepper } = found;
    if (outcome.kind !== "violation") throw new Error("a violation was expected");
    const { behavior, ...violation } = outcome.violation;
    expect(violation).toEqual({ kind: "invariant", name: "Not5", length: 6 });
    expect({ depth, checked }).toEqual({ depth: 6, checked: ["Holds", "Not5"] });
    const { machine, states } = machineAfter(system, behavior);
    expect(machine.taken.map(({ action }) => action)).toEqual(behavior.map(({ action }) => action));
    const texts = behavior.map(({ state }) => stateTextOf(stepper as Stepper<System>, state));
    expect(texts).toEqual(states.slice(1));
  });

  test("is the first of several, and nothing behind it is counted", () => {
    const { outcome, generated, generatedByAction } = exploreMonitored(watching(counter(99)), [
      "Not1",
      "Not2",
    ]);
    expect(outcome).toMatchObject({ violation: { name: "Not1", length: 2 } });
    expect(generated).toBe(2);
    expect([...generatedByAction.values()]).toEqual([1]);
  });

  test("in the initial state needs no step", () => {
    const { outcome, generated, distinct, depth } = exploreMonitored(watching(counter(99)), [
      "Not0",
    ]);
    expect(outcome).toEqual({
      kind: "violation",
      violation: { kind: "invariant", name: "Not0", behavior: [], length: 1 },
    });
    expect({ generated, distinct, depth }).toEqual({ generated: 1, distinct: 1, depth: 1 });
  });
});
