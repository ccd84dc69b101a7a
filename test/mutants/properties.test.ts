/**
 * Every invariant and property of FfaMediator.tla fails for some defect, looked at alone, and the
 * clauses of that name say of TLC's counterexample what TLC says.
 */
import type { TlcTools } from "tla2tools-runner";
import { expect, test } from "vitest";
import { systemOf } from "../../verify/mediator/createSystem.js";
import { loadModel } from "../../verify/mediator/loadModel.js";
import { atMost } from "../support/atMost.js";
import { firstBroken } from "../support/stateView.js";
import { temporaryDirectory } from "../support/temporary.js";
import { describeWithTlc } from "../support/tlc.js";
import { type Breaker, breakers, runBreaker } from "./breakers.js";

const directory = temporaryDirectory();
const twoAtATime = atMost(2);

async function breaks(name: string, breaker: Breaker, tools: TlcTools): Promise<void> {
  const { model, result } = await runBreaker(name, breaker, directory, tools);
  const { verdict, trace } = result;
  expect("name" in verdict ? verdict.name : verdict.kind).toBe(name);

  const system = systemOf(model);
  const checkable = system.checkable(name);
  if (checkable === undefined) throw new Error(`${name} is not derived`);
  const states = trace.map(({ state }) => state);
  const emptied = { name, states: [], steps: [] };
  expect(firstBroken(system, emptied, states), "what says nothing breaks nowhere").toBe(-1);
  // A counterexample of TLC is a shortest one, so that only its last state or step is bad.
  const last = states.length - 1;
  expect(firstBroken(system, checkable, states), "where the clauses fail").toBe(last);
}

describeWithTlc(
  "a property fails for a defect, looked at alone, and so do its clauses",
  (tools) => {
    for (const [name, breaker] of Object.entries(breakers)) {
      test.concurrent(`${name}: ${breaker.defect}`, () => {
        return twoAtATime(() => breaks(name, breaker, tools));
      });
    }
  },
);

test("no invariant and no property is left out", async () => {
  const entry = { name: "MC1x2", module: "MCNegotiation", about: "of a test" };
  const model = await loadModel({ ...entry, expect: { verdict: "holds" } });
  expect(Object.keys(breakers).sort()).toEqual([...systemOf(model).checkableNames].sort());
});
