/**
 * verify/conform and what it compares with: several steps of one action from one actor in one state,
 * of which the environment chooses.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ConformResult, conform } from "../../verify/conform/conform.js";
import { explore } from "../../verify/engine/explore.js";
import { Stepper } from "../../verify/engine/stepper.js";
import { Guards } from "../../verify/explain/guards.js";
import { readStateGraph } from "../../verify/graph/stateGraph.js";
import { systemOf } from "../../verify/mediator/createSystem.js";
import { loadModel } from "../../verify/mediator/loadModel.js";
import type { System } from "../../verify/mediator/system.js";
import { machineAfter } from "../../verify/replay/machine.js";
import { formatSchedule, parseSchedule } from "../../verify/replay/schedule.js";
import { interleavings, runInterleaving } from "../model/interleaving.js";
import { type Edit, mutate } from "../mutants/mutate.js";
import { asking, persistently } from "../support/asking.js";
import {
  type DumpLine,
  type EdgeLine,
  graphLines,
  tinySystem,
  writeDump,
} from "../support/graphDump.js";
import { temporaryDirectory } from "../support/temporary.js";
import { checkModel, writeTestModel } from "../support/testModel.js";
import { describeWithTlc } from "../support/tlc.js";

const AGAIN = -5;
const REFUSED = -2;

const directory = temporaryDirectory();
const path = join(directory, "graph.dot");

/** OK and -2 lead on, and -5 back to the question. */
const asks = (system: System, answers: readonly number[] = [0, AGAIN, REFUSED]): System =>
  asking(system, "LockGuestVers", answers, persistently);

const compare = (lines: readonly DumpLine[], system: System): ConformResult =>
  conform(new Stepper(system), writeDump(path, lines));

describe("the graph of an implementation that asks", () => {
  const graph = graphLines(asks(tinySystem()));
  const edges = graph.filter((line): line is EdgeLine => line.kind === "edge");
  const [question] = edges.filter(({ action }) => action === "TellSp");
  const answers = edges.filter(({ from }) => from === question.from);
  const changed = (old: EdgeLine, ...by: readonly EdgeLine[]): readonly DumpLine[] =>
    graph.flatMap<DumpLine>((line) => (line === old ? by : [line]));

  test("has an edge for each answer, two of them parallel and one back", () => {
    const told = answers.filter(({ action }) => action === "TellSp");
    expect(told.map(({ to }) => to)).toEqual([told[0].to, question.from, told[0].to]);
    const result = compare(graph, asks(tinySystem()));
    expect(result.difference).toBeUndefined();
    expect(result.edges).toBe(edges.length);
  });

  test.each([
    ["the one back", 1],
    ["one of two that are parallel", 2],
  ])("%s is missed where the model does not have it", (_, index) => {
    const told = answers.filter(({ action }) => action === "TellSp");
    const { difference } = compare(changed(told[index]), asks(tinySystem()));
    expect(difference).toMatchObject({ kind: "implementation-only", action: "TellSp", actor: 1 });
  });

  test("one more of them is a step of the model alone", () => {
    const [, , last] = answers.filter(({ action }) => action === "TellSp");
    const { difference } = compare(changed(last, last, last), asks(tinySystem()));
    expect(difference).toMatchObject({ kind: "model-only", action: "TellSp" });
  });

  test("an implementation with fewer answers, or more, is another one", () => {
    const fewer = compare(graph, asks(tinySystem(), [0, AGAIN])).difference;
    expect(fewer).toMatchObject({ kind: "model-only", action: "TellSp" });
    const more = compare(graph, asks(tinySystem(), [0, AGAIN, REFUSED, -6])).difference;
    expect(more).toMatchObject({ kind: "implementation-only", action: "TellSp" });
  });

  test("a difference behind an answer has a schedule with it, and that replays", () => {
    // Asked a second time only behind -5: the call goes on as if it had been told OK.
    const forgetful = () =>
      asking(tinySystem(), "WriteVersTmp", [0, AGAIN], function* (world) {
        const op = { label: "TellSp", kind: "tell", at: world.index, operand: 0 } as const;
        if ((yield op) === 1) yield { ...op, kind: "reclaim", label: "ReclaimObject" };
      });
    const lines = graphLines(forgetful());
    const [extra] = lines.filter(
      (line): line is EdgeLine => line.kind === "edge" && line.action === "ReclaimObject",
    );
    const without = lines.map((line) => (line === extra ? { ...extra, action: "GiveRx" } : line));
    const behavior = compare(without, forgetful()).difference?.behavior ?? [];
    expect(behavior.at(-1)).toMatchObject({ action: "TellSp", branch: 1 });
    const schedule = formatSchedule(behavior);
    expect(schedule).toMatch(/,1:1$/);
    const { machine } = machineAfter(forgetful(), parseSchedule(schedule));
    expect(machine.stateText().get("pc")).toContain("ReclaimObject");
  });

  test("is read with the actor of each edge, of one that leads back too", () => {
    const read = readStateGraph(writeDump(path, graph));
    const found = graph.flatMap((line) => (line.kind === "state" ? [line.text] : []));
    const at = read.find(found[question.from]);
    const told = read.outEdges(at).filter(({ action }) => action === "TellSp");
    expect(told.map(({ actor }) => actor)).toEqual([1, 1, 1]);
    expect(told.filter(({ to }) => to === at)).toHaveLength(1);
  });

  test("is walked by interleavings, which take every answer", () => {
    const read = readStateGraph(writeDump(path, graph));
    const told = new Set<number | undefined>();
    const walk = (of: System) =>
      fc.check(
        fc.property(interleavings(of, 60), (commands) => {
          const taken = runInterleaving("Tiny", read, of, commands);
          for (const { action, status } of taken) if (action === "TellSp") told.add(status);
        }),
        { numRuns: 30, seed: 1 },
      ).errorInstance;
    expect(walk(asks(tinySystem()))).toBeNull();
    expect(told).toEqual(new Set([0, AGAIN, REFUSED]));
    const found = walk(asks(tinySystem(), [0, AGAIN]));
    expect(String(found)).toContain("the enabled steps differ");
  });
});

/** What a reviewer would add to the spec for a question to a secure partition. */
const QUESTION: readonly (readonly [string, Edit])[] = [
  [
    "Mediator",
    {
      find: 'GoTo(v, "LockGuestVers") /\\ UNCHANGED',
      replace: 'GoTo(v, "TellSp") /\\ UNCHANGED',
    },
  ],
  [
    "NegotiateVersion",
    {
      find: "LockGuestVers(v) ==",
      replace: `TellSp(v, whom) ==
    /\\ whom = 1
    /\\ pc[v] = "TellSp"
    /\\ \\E said \\in {0, ${AGAIN}, ${REFUSED}} :
           GoTo(v, IF said = ${AGAIN} THEN "TellSp" ELSE "LockGuestVers")
    /\\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, listVars, memVars>>

LockGuestVers(v) ==`,
    },
  ],
  [
    "NegotiateVersion",
    {
      find: "\\/ LockGuestVers(v)",
      replace: "\\/ LockGuestVers(v) \\/ \\E whom \\in 1..3 : TellSp(v, whom)",
    },
  ],
];

describeWithTlc("a spec that leaves an answer to the environment", (tools) => {
  const calls = '{ <<"VERSION", 101>>, <<"ID_GET", 0>> }';
  const model = writeTestModel(directory, { calls });
  for (const [name, edit] of QUESTION) {
    const file = join(directory, `${name}.tla`);
    writeFileSync(file, mutate(readFileSync(file, "utf8"), edit));
  }

  test("is the graph of the implementation, with TLC's counts", async () => {
    const tlc = await checkModel(model, tools, path);

    const result = conform(new Stepper(asks(systemOf(model))), path);
    expect(result.difference).toBeUndefined();
    expect(result.edgesByAction.get("TellSp")).toBeGreaterThan(3);
    const { generated, distinct, depth } = tlc;
    expect(result).toMatchObject({ states: distinct, edges: generated - 1, depth });
    const explored = await explore(asks(systemOf(model)), { deadlock: false });
    expect(explored).toMatchObject({ distinct, generated, depth });
  });

  test("says who may go on, whatever else an action is about", async () => {
    const parsed = await loadModel({ ...model, name: "Test" }, directory);
    const guards = new Guards(parsed);
    const { machine } = machineAfter(asks(systemOf(model)), parseSchedule("3:0,1:0,2:0,2"));
    const state = machine.stateText();
    expect(state.get("pc")).toBe('<<"ReadGuestVers", "TellSp", "idle", "idle">>');
    expect(guards.refusals("TellSp", 2, state)).toEqual([]);
    expect(guards.standings(machine.system, state)).toMatchObject([
      { action: "ReadGuestVers", isKnown: true, refusals: [] },
      { action: "TellSp", isKnown: true, refusals: [] },
      { action: "CreateDomain" },
      { action: "PauseDomain" },
      { action: "FreeDomain" },
      { action: "FireTimer" },
    ]);
    // Nobody else may: each way to ask is refused, and a reason that two of them share is said once.
    const refusals = guards.refusals("TellSp", 1, state);
    expect(refusals.map(({ text }) => text)).toEqual(['pc[1] = "TellSp"', "FALSE"]);
  });
});
