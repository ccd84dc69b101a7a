/**
 * Each field of what a replay shows, and each variable of a state in it: falsified alone, it is seen
 * and said.
 */
import type { TlaState } from "tla2tools-runner";
import { describe, expect, test } from "vitest";
import { runJson } from "../../verify/commands/json.js";
import { createMachine } from "../../verify/replay/machine.js";
import { replayComparison } from "../../verify/replay/replayComparison.js";
import { type ReplayResult, replayTrace } from "../../verify/replay/replayTrace.js";
import { formatFailure } from "../../verify/report/modelTables.js";
import { describeFields } from "../support/falsify.js";
import { found, REACH, replay, replayed } from "../support/hazardRun.js";

const WHERE = "says where it differs; that it differs is said beside it";

describeFields<ReplayResult>("a replay", {
  good: replay.result,
  compare: (result) => [replayComparison(found.trace.length, result)],
  say: (result) => {
    expect(runJson(replayed(result))).toMatchObject({ replay: { reachesTheEnd: false } });
    expect(runJson(replayed(result))).toMatchObject({ ok: false });
    return formatFailure(replayed(result));
  },
  fields: {
    reached: [
      [replay.result.reached - 1, REACH, 1],
      [0, REACH, 1],
    ],
    traceLength: "the length of the trace that TLC found is compared",
    loop: "where a lasso came back to; that it did is one state more to reach",
    divergence: WHERE,
    steps: WHERE,
    states: WHERE,
    ignored: "a monitor's variables, named in every answer",
  },
});

describe("the machine's state in a replay", () => {
  const { system, result } = replay;
  const last = found.trace.length - 1;
  const variables = [...found.trace[last].keys()];

  /** The trace with one variable of one state as in another one. */
  const altered = (variable: string, at: number): readonly TlaState[] =>
    found.trace.map((state, i) => {
      const value = { type: "string" as const, value: "another" };
      return i === at ? new Map([...state, [variable, value]]) : state;
    });

  test.each(variables)("a trace that is wrong in %s is not reached there", (variable) => {
    for (const at of [0, 1, last]) {
      const { reached, divergence, steps } = replayTrace(system, altered(variable, at));
      expect(steps).toHaveLength(Math.max(0, at - 1));
      expect(reached).toBe(at);
      expect(divergence).toMatchObject({ state: at + 1 });
      const states = [divergence?.model, divergence?.implementation];
      expect(states.map((state) => state?.get(variable))).toEqual([
        '"another"',
        result.states[at].get(variable),
      ]);
    }
  });

  test.each(variables)("a machine that is wrong in %s is seen at that step", (variable) => {
    for (const at of [0, 1, last]) {
      const machine = createMachine(system);
      let asked = 0;
      const wrong = new Map([[variable, '"wrong"']]);
      const divergent = {
        ...machine,
        initial: at === 0 ? new Map([...machine.initial, ...wrong]) : machine.initial,
        stateText() {
          const text = machine.stateText();
          return ++asked === at ? new Map([...text, ...wrong]) : text;
        },
      };
      const { reached, divergence } = replayTrace(system, found.trace, { machine: divergent });
      expect(reached).toBe(at);
      expect(divergence?.implementation?.get(variable)).toBe('"wrong"');
    }
  });

  test.each(variables)("a trace without %s in one state is no trace of the model", (variable) => {
    const [first, second, ...rest] = found.trace;
    const lacking = new Map([...second].filter(([name]) => name !== variable));
    expect(() => replayTrace(system, [first, lacking, ...rest])).toThrow("ITF_OTHER_MODEL");
  });
});
