/** Which states a search takes for predecessors, while other workers are still at an earlier one. */
import { describe, expect, it } from "vitest";
import { declaredWidths } from "../../verify/engine/packing.js";
import { createScriptedSystem, type Script } from "../../verify/engine/scripted.js";
import { Search } from "../../verify/engine/search.js";
import { Stepper } from "../../verify/engine/stepper.js";

/** One actor counts to 1, and its next step is a fault. */
const counting: Script = {
  locations: [{ kind: "counter", owner: 0, low: 0, high: 1 }],
  actors: [[[{ kind: "add", at: 0, operand: 1 }]]],
};

function searchOneLevel() {
  const system = createScriptedSystem(counting);
  const stepper = new Stepper(system, declaredWidths(system, 4));
  const search = new Search(stepper, {
    checkables: [],
    deadlock: true,
    memoryLimit: Number.POSITIVE_INFINITY,
  });
  search.start();
  search.addAll(search.batch);
  search.beginLevel();
  search.expandSome();
  search.addAll(search.batch);
  return search;
}

describe("predecessor", () => {
  it("finds the state that a step was taken from", () => {
    const search = searchOneLevel();
    expect(search.set.size).toBe(2);
    expect(search.predecessor(search.set.get(1), 1)).toEqual(search.set.get(0));
  });

  it("takes no step of states that the search has not come to", () => {
    const search = searchOneLevel();
    const elsewhere = search.set.get(1).map((word) => word ^ 1);
    expect(search.predecessor(elsewhere, 1)).toBeUndefined();
  });

  it("takes none in a level that has begun, but for the states that were expanded", () => {
    const search = searchOneLevel();
    search.beginLevel();
    search.expandSome();
    expect(search.finding?.kind).toBe("fault");
    expect(search.predecessor(search.set.get(1), 2)).toBeUndefined();
  });
});
