/** verify/replay: steps whose result the environment chooses, in schedules, refusals and reports. */

import { parseValue } from "tla2tools-runner";
import { describe, expect, test } from "vitest";
import { memReclaim, memShare, tellSp } from "../../src/sync/index.js";
import { GOES_ON } from "../../verify/engine/branch.js";
import { explore } from "../../verify/engine/explore.js";
import { machineAfter } from "../../verify/replay/machine.js";
import { replayTrace } from "../../verify/replay/replayTrace.js";
import { formatSchedule, parseSchedule } from "../../verify/replay/schedule.js";
import { behaviorRows } from "../../verify/report/behaviorView.js";
import { formatStandings, standingJson } from "../../verify/report/standings.js";
import { type Ask, asking, persistently } from "../support/asking.js";
import { tinySystem } from "../support/graphDump.js";
import { compareWalks } from "../support/walks.js";

const ANSWERS = [0, -5, -2] as const;
/** The domain is created, and its vCPU asks for the version, up to the question. */
const TO_THE_QUESTION = "2:0,1:0,1";

/** It asks for an object to be taken, and for it back until it has it. */
const sharing: Ask = function* (world) {
  const handle = yield* memShare(world, "ShareObject");
  while (handle <= world.high && (yield* memReclaim(world, handle, "ReclaimObject")) !== 0);
};

const asks = (ask: Ask, answers: readonly number[] = ANSWERS) =>
  asking(tinySystem(), "LockGuestVers", answers, ask);

const system = asks(persistently);
const walked = (schedule: string, of = system) => machineAfter(of, parseSchedule(schedule)).machine;

describe("the machine", () => {
  test("has a step for each answer, and each answer is another result", () => {
    const machine = walked(TO_THE_QUESTION);
    const steps = machine.enabledSteps().filter(({ actor }) => actor === 1);
    expect(steps).toEqual([0, 1, 2].map((branch) => ({ actor: 1, action: "TellSp", branch })));
    const [ok, again, refused] = steps.map((step) => machine.successor(step).get("pc"));
    expect([ok, again, refused]).toEqual([
      '<<"LockGuestVers", "idle", "idle">>',
      '<<"TellSp", "idle", "idle">>',
      '<<"LockGuestVers", "idle", "idle">>',
    ]);
    expect(machine.waiting()).toEqual([]);
    expect(machine.take({ actor: 1, branch: 1 })).toEqual({
      actor: 1,
      action: "TellSp",
      branch: 1,
      status: -5,
    });
    expect(machine.stateText().get("pc")).toBe(again);
  });

  test("agrees with the packed steps, wherever they lead", () => {
    compareWalks(system);
    compareWalks(asks(sharing));
  });

  test("says of one answer that it is no choice", () => {
    const machine = walked(TO_THE_QUESTION, asks(persistently, [0]));
    expect(machine.enabledSteps()).toContainEqual({ actor: 1, action: "TellSp", branch: GOES_ON });
    expect(() => machine.take({ actor: 1, branch: 0 })).toThrow("TellSp has one result");
    expect(machine.take({ actor: 1 }).status).toBe(0);
  });

  test("prints a schedule that replays", () => {
    const schedule = `${TO_THE_QUESTION},1:1,1:1,1:2,1`;
    const machine = walked(schedule);
    expect(formatSchedule(machine.taken)).toBe(schedule);
    expect(machine.stateText().get("pc")).toBe('<<"RereadGuestVers", "idle", "idle">>');
    expect(machine.taken.slice(3).map(({ status }) => status)).toEqual([-5, -5, -2, undefined]);
  });
});

describe("a step is refused", () => {
  const expected = "1:c with c in 0..2 (0: OK, 1: -5, 2: -2)";
  test.each([
    [
      { actor: 1 },
      "CHOICE_MISSING",
      "it is left open what the environment answers to TellSp of vCPU 1.0",
      expected,
      "1",
    ],
    [
      { actor: 1, branch: 3 },
      "NO_SUCH_CHOICE",
      "the environment has no answer 3 to TellSp of vCPU 1.0",
      expected,
      "1:3",
    ],
  ])("%o: %s", (step, code, what, choices, found) => {
    const machine = walked(TO_THE_QUESTION);
    const before = machine.stateText();
    for (const action of [() => machine.take(step), () => machine.successor(step)]) {
      expect(action).toThrow(what);
      expect(action).toThrow(
        expect.objectContaining({
          code,
          expected: choices,
          found,
          where: "step 4 of the schedule",
          hint: `the schedule can be replayed up to here: ${TO_THE_QUESTION}`,
        }),
      );
    }
    expect(machine.stateText()).toEqual(before);
  });

  test("with a choice where the operation leaves none", () => {
    const machine = walked("2:0,1:0");
    expect(() => machine.take({ actor: 1, branch: 0 })).toThrow(
      expect.objectContaining({ code: "STEP_NOT_ENABLED", expected: "1", found: "1:0" }),
    );
  });
});

describe("what may be chosen is told", () => {
  const machine = walked(TO_THE_QUESTION);
  const actor = system.actors[0];
  const standing = { actor, action: "TellSp", isKnown: true, refusals: [] };

  test("of the actor that asks, and of no other", () => {
    expect(machine.asking()).toEqual([{ actor: 1, action: "TellSp", statuses: ANSWERS }]);
    expect(walked(`${TO_THE_QUESTION},1:0`).asking()).toEqual([]);
    expect(walked(TO_THE_QUESTION, asks(persistently, [0])).asking()).toEqual([]);
  });

  test("beside that the step is enabled", () => {
    const shown = formatStandings([standing], machine.asking());
    expect(shown).toMatch(/TellSp +.*enabled.* 1:c with c in 0\.\.2 \(0: OK, 1: -5, 2: -2\)/);
    expect(formatStandings([standing])).not.toContain("1:c");
    const other = [{ ...standing, action: "LockGuestVers" }];
    expect(formatStandings(other, machine.asking())).not.toContain("1:c");
    expect(
      formatStandings([{ ...standing, actor: system.actors[1] }], machine.asking()),
    ).not.toContain(":c");
  });

  test("as data", () => {
    const json = { actor: 1, action: "TellSp", enabled: true };
    expect(standingJson(standing, machine.asking())).toEqual({ ...json, choices: ANSWERS });
    expect(standingJson(standing)).toEqual(json);
  });
});

describe("what happened is told", () => {
  test("with the answers, where one was given", () => {
    const steps = parseSchedule(`${TO_THE_QUESTION},1:1,1:0,1`);
    const { machine, states } = machineAfter(system, steps);
    const rows = behaviorRows(system, machine.taken, states);
    expect(rows.map(({ detail }) => detail).slice(3)).toEqual(["is told -5", "is told OK", ""]);
    // Steps that only name the branch say the same.
    const bare = machine.taken.map(({ actor, action, branch }) => ({ actor, action, branch }));
    expect(behaviorRows(system, bare, states)).toEqual(rows);
  });

  test("of what is shared and given back", () => {
    const of = asks(sharing);
    const told = (schedule: string) =>
      walked(`${TO_THE_QUESTION},${schedule}`, of)
        .taken.slice(3)
        .map(({ status }) => status);
    expect(told("1:0,1:0")).toEqual([0, 0]);
    expect(told("1:0,1:2,1:0,1")).toEqual([0, -2, 0, undefined]);
    expect(told("1:1")).toEqual([-5]);
    expect(told("1:2,1")).toEqual([-2, undefined]);
  });
});

test("a trace is followed through the answers that lead from state to state", () => {
  const schedule = `${TO_THE_QUESTION},1:0,1,1`;
  const { states } = machineAfter(system, parseSchedule(schedule));
  const trace = states.map(
    (state) => new Map([...state].map(([name, value]) => [name, parseValue(value)])),
  );
  const result = replayTrace(system, trace);
  expect(result.divergence).toBeUndefined();
  expect(formatSchedule(result.steps)).toBe(schedule);
});

describe("a finding of the explorer", () => {
  test("replays on the machine, up to the step that fails", async () => {
    // Nothing is given back, so that the second object finds no room.
    const hoarding = asks(function* (world) {
      yield* memShare(world, "ShareObject");
    });
    const { outcome } = await explore(hoarding);
    if (outcome.kind !== "violation") throw new Error("nothing was found");
    const { behavior, fault, name } = outcome.violation;
    const { machine } = machineAfter(hoarding, parseSchedule(formatSchedule(behavior)));
    expect({ name, fault }).toMatchObject({
      name: "VALUE_OUT_OF_RANGE",
      fault: { actor: 1, action: "ShareObject", branch: 0 },
    });
    expect(() => machine.take({ actor: 1, branch: 1 })).not.toThrow();
    const again = machineAfter(hoarding, behavior).machine;
    expect(() => again.take({ actor: 1, branch: 0 })).toThrow("more than 1 memory objects");
  });

  test("replays where it needs one answer and no other", async () => {
    // Told -2, the vCPU takes a lock that nobody gives back.
    const lock = tinySystem().state.contexts[1].guestVersLock;
    const stuck = asks(function* (world) {
      const told = yield* tellSp(world, 0x8001, "TellSp");
      if (told === 2) yield { label: "LockTwice", kind: "lock", at: lock.index, operand: 0 };
    });
    const { outcome } = await explore(stuck);
    if (outcome.kind !== "violation") throw new Error("nothing was found");
    const { behavior, name } = outcome.violation;
    expect(name).toBe("Deadlock");
    const { machine } = machineAfter(stuck, parseSchedule(formatSchedule(behavior)));
    expect(machine.enabledSteps()).toEqual([]);
    expect(behavior.find(({ action }) => action === "TellSp")?.branch).toBe(2);
  });
});
