/** verify/replay: every word of a refusal, who waits on what, and traces of other models. */
import { parseValue } from "tla2tools-runner";
import { describe, expect, test } from "vitest";
import { createSystem } from "../../verify/mediator/createSystem.js";
import { createMachine, machineAfter } from "../../verify/replay/machine.js";
import { coreVariables, differing, replayTrace } from "../../verify/replay/replayTrace.js";
import { formatSchedule, parseSchedule, placeInSchedule } from "../../verify/replay/schedule.js";
import { withDefect } from "../support/defects.js";
import { TINY_CALLS, tinyOptions, tinySystem } from "../support/graphDump.js";
import { lassoOf } from "../support/lasso.js";

const system = tinySystem();
const AT_START = "start with the toolstack's CreateDomain";
const upTo = (schedule: string) => `the schedule can be replayed up to here: ${schedule}`;

test.each([
  [
    "",
    { actor: 9 },
    "NO_SUCH_ACTOR",
    "there is no actor 9",
    "1 (vCPU 1.0), 2 (toolstack 1), 3 (timer)",
    "9",
  ],
  [
    "",
    { actor: 2 },
    "STEP_NOT_ENABLED",
    "toolstack 1 is idle and starts a program first",
    "2:p with p in 0..2",
    "2",
  ],
  ["", { actor: 2, branch: 7 }, "NO_SUCH_PROGRAM", "toolstack 1 has no program 7", "0..2", "2:7"],
  [
    "2:0,1:0",
    { actor: 1, branch: 1 },
    "STEP_NOT_ENABLED",
    "vCPU 1.0 runs a program already, and ReadGuestVers has one result",
    "1",
    "1:1",
  ],
  [
    "2:0",
    { actor: 2, branch: 0 },
    "STEP_NOT_ENABLED",
    "toolstack 1 cannot take CreateDomain: it waits on domain of domain 1",
    "a step that is enabled",
    "2:0",
  ],
] as const)("behind %j, %o is %s", (schedule, choice, code, what, expected, found) => {
  const { machine } = machineAfter(system, parseSchedule(schedule));
  const steps = parseSchedule(schedule);
  for (const action of [() => machine.take(choice), () => machine.successor(choice)]) {
    expect(action).toThrow(what);
    expect(action).toThrow(
      expect.objectContaining({
        code,
        expected,
        found,
        where: `step ${steps.length + 1} of the schedule`,
        hint: schedule === "" ? AT_START : upTo(schedule),
      }),
    );
  }
});

describe("an actor that waits", () => {
  const two = createSystem({ ...tinyOptions, maxVcpus: 2 }, TINY_CALLS);
  const walked = () => machineAfter(two, parseSchedule("3:0,1:0,1,1,2:0,2"));

  test("is told with its step and what it waits on, and it alone", () => {
    const { machine } = walked();
    expect(createMachine(two).waiting()).toEqual([]);
    expect(machine.waiting()).toEqual([
      { actor: 2, branch: -1, action: "LockGuestVers", on: "guest_vers_lock of domain 1" },
    ]);
    expect(machine.enabledSteps().filter(({ actor }) => actor === 2)).toEqual([]);
    expect(() => machine.take({ actor: 2 })).toThrow(
      "vCPU 1.1 cannot take LockGuestVers: it waits on guest_vers_lock of domain 1",
    );
  });

  test("has come through the states that the steps led to", () => {
    const { machine, states } = walked();
    expect(states).toHaveLength(7);
    expect(states[0]).toEqual(machine.initial);
    expect(states.at(-1)).toEqual(machine.stateText());
    expect(formatSchedule(machine.taken)).toBe("3:0,1:0,1,1,2:0,2");
  });
});

describe("a trace", () => {
  const { states } = lassoOf(system);
  test("that lacks a variable is one of another model", () => {
    const without = states.map(
      (state) => new Map([...state].filter(([name]) => name !== "pc" && name !== "call")),
    );
    expect(() => replayTrace(system, without)).toThrow(
      expect.objectContaining({
        code: "ITF_OTHER_MODEL",
        message: expect.stringContaining("the trace is not one of this model"),
        expected: coreVariables.join(", "),
        found: "no values of pc, call",
        hint: expect.stringContaining("ffa-verify replay FILE --model NAME"),
      }),
    );
  });

  test("that lacks a variable in one state alone is no less so", () => {
    const [first, second, ...rest] = states;
    const lacking = new Map([...second].filter(([name]) => name !== "pc"));
    expect(() => replayTrace(system, [first, lacking, ...rest])).toThrow(
      expect.objectContaining({ code: "ITF_OTHER_MODEL", found: "no values of pc" }),
    );
  });

  test("with variables of its own is followed, and they are named", () => {
    const more = states.map((state) => new Map([...state, ["told", [...state.values()][0]]]));
    expect(replayTrace(system, more)).toMatchObject({ ignored: ["told"], divergence: undefined });
    expect(replayTrace(system, states).ignored).toEqual([]);
  });

  test.each([
    ["SUBSET (1..8)", "SUBSET (1..8)"],
    ["<<{Nat}>>", "Nat"],
    ["[a |-> Int]", "Int"],
    ['("a" :> 1 @@ Nat :> 2)', "Nat"],
    ['("a" :> STRING @@ "b" :> 2)', "STRING"],
  ])("with %s in a variable of the model is not replayed", (printed, found) => {
    const withText = states.map((state, i) => {
      return i === 1 ? new Map([...state, ["work", parseValue(printed)]]) : state;
    });
    const where = "state 2, variable work";
    expect(() => replayTrace(system, withText)).toThrow(
      expect.objectContaining({ code: "TRACE_UNREADABLE", where, found }),
    );
    const aside = states.map((state) => new Map([...state, ["told", parseValue(printed)]]));
    expect(replayTrace(system, aside).divergence).toBeUndefined();
  });

  test("that starts elsewhere diverges at once", () => {
    const { divergence, steps, states: reached } = replayTrace(system, states.slice(1));
    expect(divergence).toMatchObject({ state: 1, back: false, step: undefined });
    expect(divergence?.implementation).toEqual(reached[0]);
    expect(differing(divergence?.model ?? new Map(), reached[0])).not.toEqual([]);
    expect(steps).toEqual([]);
  });

  test("that comes back elsewhere shows where the code goes from its last state", () => {
    const { loop, steps } = lassoOf(system);
    const { divergence, states: reached } = replayTrace(system, states, { loop: loop + 1 });
    expect(divergence?.step).toEqual(steps.at(-1));
    expect(divergence?.implementation).toEqual(reached[loop]);
  });

  test("that only seems to come back shows the last step, and where it led", () => {
    const forgetful = withDefect(system, (operation) => {
      return operation.kind === "leave" ? { ...operation, kind: "read" } : operation;
    });
    const { steps } = lassoOf(system);
    const firstCall = steps.findIndex(({ action }) => action === "StartCall");
    const back = steps.findIndex(({ action }) => action === "ReturnFromCall");
    const result = replayTrace(forgetful, states.slice(0, back + 2), { loop: firstCall });
    expect(result.divergence?.step).toEqual(result.steps.at(-1));
    expect(result.divergence?.implementation).toEqual(result.states.at(-1));
  });

  test("that leaves the code diverges with the nearest step, which is not taken", () => {
    const wrong = [states[0], states[3]];
    const result = replayTrace(system, wrong);
    expect(result.divergence).toMatchObject({ state: 2, step: { action: "CreateDomain" } });
    expect(result.steps).toEqual([]);
    expect(result.states).toHaveLength(1);
  });
});

test("a program without a step is a mistake of who wrote it", () => {
  const idle = withDefect(system, () => null);
  const steps = () => createMachine(idle).enabledSteps();
  expect(steps).toThrow("a program takes at least one step");
});

test("two states differ in the variables that both have", () => {
  const one = new Map([
    ["a", "1"],
    ["b", "2"],
    ["c", "3"],
  ]);
  const other = new Map([
    ["a", "1"],
    ["b", "4"],
    ["d", "5"],
  ]);
  expect(differing(one, other)).toEqual(["b"]);
});

test.each([
  ["1,2:0, 3", 2, 0, "step 3, column 8 of the schedule"],
  ["1,2:0, 3", 1, 2, "step 2, column 5 of the schedule"],
  ["1", 0, 0, "step 1, column 1 of the schedule"],
  ["1,   2", 1, 0, "step 2, column 6 of the schedule"],
])("of %j the place of step %i", (text, index, within, place) => {
  expect(placeInSchedule(text, index, within)).toBe(place);
});

test.each([
  ["1,x", "x"],
  ["1,,2", "nothing"],
  [`1,${"y".repeat(50)}`, "y".repeat(40)],
])("of %j what cannot be read is shown", (text, found) => {
  expect(() => parseSchedule(text)).toThrow(
    expect.objectContaining({
      found,
      expected:
        "an actor's number from 1, and behind it :p when the actor starts its program p, or :c " +
        "when the environment chooses answer c",
      hint: "separate the steps with commas, as in 3:0,1:0,1,1",
    }),
  );
  expect(parseSchedule(" ")).toEqual([]);
});
