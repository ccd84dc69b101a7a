/** verify/replay/machine.ts: the plain machine steps as the packed one does, and refuses the rest. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultOptions } from "../../src/options.js";
import { SyncFault } from "../../src/sync/index.js";
import { createSystem } from "../../verify/mediator/createSystem.js";
import { createMachine, type Machine } from "../../verify/replay/machine.js";
import { formatSchedule, parseSchedule } from "../../verify/replay/schedule.js";
import { withDefect } from "../support/defects.js";
import { compareWalks, picks } from "../support/walks.js";

const calls = [
  { name: "VERSION", argument: 101 },
  { name: "PARTITION_INFO_GET", argument: 0 },
  { name: "PARTITION_INFO_GET", argument: 1 },
];
const options = { ...defaultOptions, maxDomains: 2, maxVcpus: 1, rxBytes: 96, mappedAtStart: true };
const system = createSystem(options, calls);
const CREATE_1 = { actor: 3, branch: 0 };

/** Takes a step of those enabled for each number, as long as there is one. */
function walk(machine: Machine, picks: readonly number[], visit: () => void): void {
  for (const pick of picks) {
    const steps = machine.enabledSteps();
    machine.take(steps[pick % steps.length]);
    visit();
  }
}

test("it offers the steps of the packed machine, in its order, and lands in its states", () => {
  compareWalks(system);
});

test("its schedule, printed and read again, leads another machine to the same state", () => {
  fc.assert(
    fc.property(picks, (all) => {
      const [one, two] = [createMachine(system), createMachine(system)];
      walk(one, all, () => {});
      for (const step of parseSchedule(formatSchedule(one.taken))) two.take(step);
      expect(two.taken).toEqual(one.taken);
      expect(two.stateText()).toEqual(one.stateText());
    }),
    { numRuns: 40 },
  );
});

test("looking at steps and successors changes nothing", () => {
  const machine = createMachine(system);
  machine.take(CREATE_1);
  const before = machine.stateText();
  for (const step of machine.enabledSteps()) machine.successor(step);
  expect(machine.stateText()).toEqual(before);
  expect(machine.taken).toHaveLength(1);
  expect(machine.initial.get("life")).toBe('<<"absent", "absent">>');
});

describe("a step that cannot be taken is refused with a code, and nothing changes", () => {
  test.each([
    ["an actor that is not there", [], { actor: 6, branch: 0 }, "NO_SUCH_ACTOR"],
    ["actor 0", [], { actor: 0 }, "NO_SUCH_ACTOR"],
    ["a program that is not there", [], { actor: 3, branch: 3 }, "NO_SUCH_PROGRAM"],
    ["an idle actor that goes on", [], { actor: 3 }, "STEP_NOT_ENABLED"],
    ["a call of a domain that is absent", [], { actor: 1, branch: 0 }, "STEP_NOT_ENABLED"],
    ["a timer that is not set", [], { actor: 5, branch: 0 }, "STEP_NOT_ENABLED"],
    ["a domain created twice", [CREATE_1], CREATE_1, "STEP_NOT_ENABLED"],
    [
      "a program started while another one runs",
      [CREATE_1, { actor: 1, branch: 0 }],
      { actor: 1, branch: 1 },
      "STEP_NOT_ENABLED",
    ],
    [
      "a pause while a vCPU is inside",
      [CREATE_1, { actor: 1, branch: 0 }],
      { actor: 3, branch: 1 },
      "STEP_NOT_ENABLED",
    ],
  ])("%s", (_, before, choice, code) => {
    const machine = createMachine(system);
    for (const step of before) machine.take(step);
    const state = machine.stateText();
    for (const action of [() => machine.take(choice), () => machine.successor(choice)]) {
      expect(action).toThrow(expect.objectContaining({ name: "VerifyError", code }));
    }
    expect(machine.stateText()).toEqual(state);
    expect(machine.taken).toHaveLength(before.length);
  });
});

test("a misuse of shared memory is offered as a step, and is a fault when it is taken", () => {
  const broken = withDefect(system, (op) => (op.label === "LockGuestVers" ? null : op));
  const machine = createMachine(broken);
  const schedule = parseSchedule("3:0,1:0,1,1");
  for (const step of schedule) machine.take(step);
  expect(machine.enabledSteps()).toContainEqual({ actor: 1, action: "WriteVersTmp", branch: -1 });
  const before = machine.stateText();
  expect(() => machine.take({ actor: 1 })).toThrow(SyncFault);
  expect(machine.stateText()).toEqual(before);
  expect(machine.taken).toEqual(schedule.map((step) => expect.objectContaining(step)));
});

test("RX holds what a listing wrote", () => {
  const partition = { id: 0x8001, executionContexts: 1, properties: 0 };
  const machine = createMachine(createSystem({ ...options, securePartitions: [partition] }, calls));
  machine.take(CREATE_1);
  for (const branch of [0, 1]) {
    machine.take({ actor: 1, branch });
    while (machine.enabledSteps().some((step) => step.actor === 1 && step.branch < 0)) {
      machine.take({ actor: 1 });
    }
  }
  expect([...machine.rx(1).subarray(0, 8)]).toEqual([0x01, 0x80, 1, 0, 0, 0, 0, 0]);
});
