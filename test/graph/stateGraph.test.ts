/** verify/graph/stateGraph.ts: parallel edges kept, the actor of each edge, look-up by text. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readStateGraph } from "../../verify/graph/stateGraph.js";
import { systemOf } from "../../verify/mediator/createSystem.js";
import { createMachine } from "../../verify/replay/machine.js";
import { graphLines, tinySystem, writeDump } from "../support/graphDump.js";
import { temporaryDirectory } from "../support/temporary.js";
import { checkModel, writeTestModel } from "../support/testModel.js";
import { describeWithTlc } from "../support/tlc.js";

const directory = temporaryDirectory();
const path = (name: string) => join(directory, name);

/** A state of one domain with one vCPU; what is not given is as before the first step. */
const state = (given: Readonly<Record<string, string>> = {}): string =>
  Object.entries({
    pc: '<<"idle", "idle">>',
    call: "<<<<>>>>",
    work: "<<<<>>>>",
    answer: "<<<<>>>>",
    life: '<<"absent">>',
    ...given,
  })
    .map(([variable, value]) => `/\\\\ ${variable} = ${value.replaceAll('"', '\\"')}`)
    .join("\\n");

const dump = (name: string, ...lines: readonly string[]): string => {
  const text = ["strict digraph DiskGraph {", ...lines, "}"].join("\n");
  writeFileSync(path(name), text);
  return path(name);
};

const running = state({ life: '<<"running">>' });
const started = state({ life: '<<"running">>', pc: '<<"ReadGuestVers", "idle">>' });

describe("a tiny dump", () => {
  let file: string;
  beforeAll(() => {
    file = dump(
      "tiny.dot",
      `1 [label="${state()}",style = filled]`,
      '1 -> -2 [label="CreateDomain"];',
      `-2 [label="${running}"];`,
      '-2 -> 3 [label="StartCall"];',
      `3 [label="${started}"];`,
      '-2 -> 3 [label="StartCall"];',
      '3 -> -2 [label="ReturnFromCall"];',
    );
  });

  test("has its states and its edges, parallel ones each", () => {
    const graph = readStateGraph(file);
    expect(graph.states).toHaveLength(3);
    expect(graph.edges).toBe(4);
    expect(graph.outEdges(1).map(({ action }) => action)).toEqual(["StartCall", "StartCall"]);
    expect(graph.outEdges(graph.initial)).toEqual([
      { from: 0, to: 1, action: "CreateDomain", parameters: undefined, actor: 2 },
    ]);
  });

  test("keeps the parameters that newer versions of TLC write", () => {
    const initial = `1 [label="${state()}",style = filled]`;
    const edge = '1 -> 2 [label="CreateDomain(1)",color="black",fontcolor="black"];';
    const node = `2 [label="/\\\\ of = 1",tooltip="${running}"];`;
    const graph = readStateGraph(dump("newer.dot", initial, edge, node));
    expect(graph.outEdges(0)[0]).toMatchObject({ action: "CreateDomain", parameters: "1" });
    expect(graph.states[1].get("life")).toBe('<<"running">>');
  });

  test("tells a vCPU's steps by pc, and a creation by the life of the domain", () => {
    const graph = readStateGraph(file);
    expect(graph.outEdges(0)[0].actor).toBe(2);
    expect(graph.outEdges(1)[0].actor).toBe(1);
    expect(graph.outEdges(2)[0].actor).toBe(1);
  });

  test("finds a state by its values, however they are written", () => {
    const graph = readStateGraph(file);
    const text = new Map([...graph.states[2]].reverse());
    text.set("pc", '<< "ReadGuestVers",\n   "idle" >>');
    expect(graph.find(text)).toBe(2);
    text.set("pc", '<<"LockGuestVers", "idle">>');
    expect(graph.find(text)).toBe(-1);
  });
});

describe("a dump that is no whole graph of the model", () => {
  const initial = `1 [label="${state()}",style = filled]`;
  test.each([
    ["no initial state", [`1 [label="${state()}"];`]],
    ["two initial states", [initial, `2 [label="${running}",style = filled]`]],
    ["a state named twice", [initial, initial.replace(",style = filled]", "];")]],
    ["an edge into no state", [initial, '1 -> 2 [label="CreateDomain"];']],
    ["a step that changes nothing", [initial, '1 -> 1 [label="Stutter"];']],
  ])("%s is malformed", (name, lines) => {
    const file = dump(`${name}.dot`, ...lines);
    expect(() => readStateGraph(file)).toThrow(/^DUMP_MALFORMED/);
  });
});

/** Every step of the machine in every state that it reaches is an edge, with the same actor. */
function expectSameGraph(file: string, system = tinySystem()): void {
  const graph = readStateGraph(file);
  const seen = new Set<number>([graph.initial]);
  const visit = (schedule: readonly { actor: number; branch: number }[], index: number) => {
    const machine = createMachine(system);
    for (const step of schedule) machine.take(step);
    expect(graph.find(machine.stateText())).toBe(index);
    const steps = machine.enabledSteps();
    const offered = steps.map((step) => {
      return `${step.actor} ${step.action} ${graph.find(machine.successor(step))}`;
    });
    const known = graph.outEdges(index).map((edge) => `${edge.actor} ${edge.action} ${edge.to}`);
    expect(offered.sort()).toEqual(known.sort());
    for (const step of steps) {
      const to = graph.find(machine.successor(step));
      if (seen.has(to)) continue;
      seen.add(to);
      visit([...schedule, step], to);
    }
  };
  visit([], graph.initial);
  expect(seen.size).toBe(graph.states.length);
}

test("the machine's graph is the one that the packed steps give", () => {
  expectSameGraph(writeDump(path("own.dot"), graphLines(tinySystem())));
});

test("a machine whose graph is another one is told from it", () => {
  const posted = tinySystem({ fixes: [] });
  expect(() => expectSameGraph(path("own.dot"), posted)).toThrow();
});

describeWithTlc("a graph that TLC wrote", (tools) => {
  test("has TLC's counts, and every step of the machine", async () => {
    const calls = '{ <<"VERSION", 101>>, <<"PARTITION_INFO_GET", 1>> }';
    const constants = { VcpusPerDomain: "= 1" };
    const model = writeTestModel(directory, { calls, constants });
    const result = await checkModel(model, tools, path("tlc.dot"));
    expect(result.verdict.kind).toBe("holds");
    const graph = readStateGraph(path("tlc.dot"));
    expect(graph.states).toHaveLength(result.distinct);
    expect(graph.edges).toBe(result.generated - result.initialStates);
    expectSameGraph(path("tlc.dot"), systemOf(model));
  });
});
