/** verify/replay/replayTrace.ts: a lasso of ITF is gone round, and must come back to its state. */
import { describe, expect, test } from "vitest";
import { loadModel } from "../../verify/mediator/loadModel.js";
import { findEntry, readManifest } from "../../verify/model/manifest.js";
import { replayTrace } from "../../verify/replay/replayTrace.js";
import { formatDivergence } from "../../verify/report/differenceView.js";
import { withDefect } from "../support/defects.js";
import { tinySystem } from "../support/graphDump.js";
import { lassoOf } from "../support/lasso.js";

const system = tinySystem();
/** Whose lines the steps name. */
const model = await loadModel(findEntry(readManifest(), "MCH1"));

const { states, loop, steps } = lassoOf(system);

describe("a lasso", () => {
  test("is gone round: the last step comes back to the state that the loop begins with", () => {
    const result = replayTrace(system, states, { loop });
    expect(result.divergence).toBeUndefined();
    expect(result.loop).toBe(loop);
    expect(result.steps).toEqual(steps);
    expect(result.states).toHaveLength(states.length + 1);
    expect(result).toMatchObject({ traceLength: states.length + 1, reached: states.length + 1 });
    expect(result.states.at(-1)).toEqual(result.states[loop]);
    expect(loop).toBeGreaterThan(0);
    expect(loop).toBeLessThan(states.length - 1);
  });

  test("without its loop ends in its last state", () => {
    const result = replayTrace(system, states);
    expect(result.loop).toBeUndefined();
    expect(result.steps).toEqual(steps.slice(0, -1));
    expect(result).toMatchObject({ traceLength: states.length, reached: states.length });
  });

  test.each([loop - 1, loop + 1])(
    "that comes back to another state, %i, diverges there",
    (other) => {
      const result = replayTrace(system, states, { loop: other });
      expect(result.divergence).toMatchObject({ state: other + 1, back: true });
      expect(result.divergence?.model.get("pc")).toBeDefined();
      expect(result.loop).toBeUndefined();
      expect(formatDivergence(model, system, result)).toMatch(
        `does not come back to state ${other + 1}`,
      );
    },
  );

  test("that diverges before its end does so as every trace does", () => {
    const wrong = states.map((state, i) => (i === 2 ? states[states.length - 1] : state));
    const result = replayTrace(system, wrong, { loop });
    expect(result.divergence).toMatchObject({ state: 3, back: false });
    expect(formatDivergence(model, system, result)).toMatch("does not reach state 3");
  });

  test("of one state stutters there, which takes no step", () => {
    const last = states.length - 1;
    const result = replayTrace(system, states, { loop: last });
    expect(result).toMatchObject({ divergence: undefined, loop: last });
    expect(result.steps).toEqual(steps.slice(0, -1));
  });

  test("whose states come twice has the loop at the state that was reached", () => {
    const twice = states.flatMap((state) => [state, state]);
    expect(replayTrace(system, twice, { loop: 2 * loop + 1 })).toMatchObject({
      divergence: undefined,
      loop,
    });
  });

  test("that only seems to come back, where the implementation hides a difference, diverges", () => {
    // The vCPU comes back, and the hypervisor does not note that it has left.
    const forgetful = withDefect(system, (operation) => {
      return operation.kind === "leave" ? { ...operation, kind: "read" } : operation;
    });
    expect(replayTrace(forgetful, states).divergence).toBeUndefined();
    const firstCall = states.findIndex((_, i) => steps[i].action === "StartCall");
    const back = steps.findIndex(({ action }) => action === "ReturnFromCall");
    const result = replayTrace(forgetful, states.slice(0, back + 2), { loop: firstCall });
    expect(result.divergence?.back).toBe(true);
  });
});
