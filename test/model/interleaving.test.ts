/** Interleavings of the implementation against a state graph that TLC writes. */
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { VERSION_1_0 } from "../../src/versionWord.js";
import { readStateGraph, type StateGraph } from "../../verify/graph/stateGraph.js";
import { systemOf } from "../../verify/mediator/createSystem.js";
import type { System } from "../../verify/mediator/system.js";
import { createMachine, type Machine } from "../../verify/replay/machine.js";
import { formatSchedule, parseSchedule } from "../../verify/replay/schedule.js";
import { type Change, withDefect } from "../support/defects.js";
import { temporaryDirectory } from "../support/temporary.js";
import { checkModel, writeTestModel } from "../support/testModel.js";
import { describeWithTlc } from "../support/tlc.js";
import { interleavings, runInterleaving } from "./interleaving.js";

/** Two vCPUs that list, and map and unmap what they list into. */
const directory = temporaryDirectory();
const model = writeTestModel(directory, {
  calls: `{ <<"VERSION", 101>>, <<"PARTITION_INFO_GET", 0>>, <<"RX_RELEASE", 0>>,
    <<"RXTX_MAP", 0>>, <<"RXTX_UNMAP", 0>> }`,
});
const MODEL = model.name;
const system = systemOf(model);

const leaveOut =
  (...labels: readonly string[]): Change =>
  (operation) =>
    labels.includes(operation.label) ? null : operation;
const operand =
  (label: string, value: number): Change =>
  (operation) =>
    operation.label === label ? { ...operation, operand: value } : operation;

/** Each defect, what the message must name, and how many steps it shrinks to at the most. */
const defects: readonly (readonly [string, Change, string, number])[] = [
  ["guest_vers_lock is not taken", leaveOut("LockGuestVers"), "RereadGuestVers", 2],
  ["a request settles on another version", operand("WriteVersTmp", VERSION_1_0), "versTmp", 5],
  ["another version is published", operand("PublishGuestVers", VERSION_1_0), "guestVers", 15],
  ["the list lock is not released", leaveOut("WriteUnlockList"), "PublishGuestVers", 15],
  ["the context stays on the list", leaveOut("UnlinkContext"), "TeardownUnlockList", 30],
  ["RX stays with the guest", operand("GiveRx", 0), "rxState", 40],
];

/** What there is to be seen of a machine: its state, and where each step leads. */
function viewOf(machine: Machine): readonly unknown[] {
  const steps = machine.enabledSteps();
  return [machine.stateText(), steps.map((step) => [step, machine.successor(step)])];
}

describeWithTlc(`interleavings of ${MODEL}`, (tools) => {
  let graph: StateGraph;
  beforeAll(async () => {
    const dump = join(directory, "graph.dot");
    await checkModel(model, tools, dump);
    graph = readStateGraph(dump);
  });

  const property = (of: System) =>
    fc.property(interleavings(of, 400), (commands) => {
      runInterleaving(MODEL, graph, of, commands);
    });

  test("the implementation agrees with the graph after every step, and takes every action", () => {
    const taken = new Set<string>();
    const noting = fc.property(interleavings(system, 400), (commands) => {
      for (const { action } of runInterleaving(MODEL, graph, system, commands)) taken.add(action);
    });
    // Of one seed, so that which actions are taken is no matter of chance.
    fc.assert(noting, { numRuns: 60, seed: 18 });
    const edges = graph.states.flatMap((_, index) => graph.outEdges(index));
    expect(taken).toEqual(new Set(edges.map(({ action }) => action)));
    fc.assert(property(system), { numRuns: 50 });
  });

  describe("a seeded defect is found and shrinks to a short interleaving", () => {
    test.each(defects)("%s", (_, change, named, most) => {
      const defective = withDefect(system, change);
      const found = fc.check(property(defective), { numRuns: 1000, seed: 4 });
      const message = String(found.errorInstance);
      expect(message).toContain(named);

      const printed = /npx ffa-verify replay --model Test --schedule "([\d:,]+)"$/.exec(message);
      const schedule = parseSchedule(printed?.[1] ?? "");
      expect(schedule.length).toBeGreaterThan(0);
      expect(schedule.length).toBeLessThanOrEqual(most);

      // The schedule alone shows it again, and shows nothing on the code as it is.
      const [bad, good] = [createMachine(defective), createMachine(system)];
      for (const step of schedule) for (const machine of [bad, good]) machine.take(step);
      expect(formatSchedule(good.taken)).toBe(printed?.[1]);
      expect(graph.find(good.stateText())).toBeGreaterThan(0);
      expect(viewOf(bad)).not.toEqual(viewOf(good));
    });
  });

  test("a failure prints the seed", () => {
    const defective = withDefect(system, leaveOut("LockGuestVers"));
    const run = () => fc.assert(property(defective), { seed: 7 });
    expect(run).toThrow(/seed: 7/);
    expect(run).toThrow(/start <<"\w+", \d+>> on actor \d/);
  });
});
