/**
 * Every invariant and property of FfaMediator.tla fails for some defect, looked at alone, and the
 * clauses of that name say of the shortest counterexample what the spec says.
 */
import { describe, expect, test } from "vitest";
import { systemOf } from "../../verify/mediator/createSystem.js";
import { loadModel } from "../../verify/mediator/loadModel.js";
import { firstBroken } from "../support/stateView.js";
import { breakers, brokenModel } from "./breakers.js";
import { shortestTraces } from "./shortestTraces.js";

const defects = new Set(Object.values(breakers));

describe.each([...defects])("$defect", (defect) => {
  const names = Object.keys(breakers).filter((name) => breakers[name] === defect);

  test(`breaks ${names.join(", ")}, and so do the clauses`, () => {
    const { model, broken } = brokenModel(defect);
    const system = systemOf(model);
    const traces = shortestTraces(broken, names);
    expect([...traces.keys()].sort()).toEqual(names.toSorted());
    for (const [name, states] of traces) {
      const checkable = system.checkable(name);
      if (checkable === undefined) throw new Error(`${name} is not derived`);
      const emptied = { name, states: [], steps: [] };
      expect(firstBroken(system, emptied, states), "what says nothing breaks nowhere").toBe(-1);
      // It is a shortest one, so that only its last state or step is bad.
      expect(firstBroken(system, checkable, states), `where ${name} fails`).toBe(states.length - 1);
    }
  });
});

test("a property that holds has no counterexample", () => {
  const { broken } = brokenModel({ defect: "none", constants: { VcpusPerDomain: "= 1" } });
  expect(shortestTraces(broken, ["TypeOK", "VersionSetOnceProp"])).toEqual(new Map());
});

test("no invariant and no property is left out", async () => {
  const entry = { name: "MC1x2", module: "MCNegotiation", about: "of a test" };
  const model = await loadModel({ ...entry, expect: { verdict: "holds" } });
  expect(Object.keys(breakers).sort()).toEqual([...systemOf(model).checkableNames].sort());
});
