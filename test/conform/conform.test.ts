import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { presets } from "../../src/presets.js";
import { type ConformResult, conform } from "../../verify/conform/conform.js";
import { MOST_STEPS } from "../../verify/conform/dumpStates.js";
import { Stepper } from "../../verify/engine/stepper.js";
import { createSystem, systemOf } from "../../verify/mediator/createSystem.js";
import { readCoreSpec } from "../../verify/model/specActions.js";
import { createMachine } from "../../verify/replay/machine.js";
import { conformLines, conformText } from "../support/conformLines.js";
import { withDefect } from "../support/defects.js";
import {
  type DumpLine,
  dumpText,
  type EdgeLine,
  graphLines,
  isEdge,
  isState,
  type StateLine,
  TINY_CALLS,
  tinyOptions,
  tinySystem,
  writeDump,
} from "../support/graphDump.js";
import { temporaryDirectory } from "../support/temporary.js";
import { checkModel, writeTestModel } from "../support/testModel.js";
import { describeWithTlc } from "../support/tlc.js";

const directory = temporaryDirectory();
const graph = graphLines(tinySystem());

/** The number of edges on the shortest path to a state of the unchanged graph. */
function distanceTo(state: number): number {
  const distances = new Map([[0, 0]]);
  for (const line of graph) {
    if (line.kind !== "edge" || distances.has(line.to)) continue;
    distances.set(line.to, (distances.get(line.from) ?? 0) + 1);
  }
  return distances.get(state) ?? -1;
}

const edges = graph.filter(isEdge);
const states = graph.filter(isState);
/** An edge far from the initial state into a state that is known by then. */
const closing = edges.filter(({ first }) => !first).at(-3) as EdgeLine;

const replaced = (old: DumpLine, ...by: readonly DumpLine[]): readonly DumpLine[] =>
  graph.flatMap((line) => (line === old ? by : [line]));

/** The behavior must be a shortest one, and lead to the state that the changed edge starts from. */
function expectBehaviorTo(state: number, { difference }: ConformResult): void {
  const behavior = difference?.behavior ?? [];
  expect(behavior).toHaveLength(distanceTo(state));
  const machine = createMachine(tinySystem());
  for (const step of behavior) machine.take(step);
  const line = graph.find((each): each is StateLine => each.kind === "state" && each.id === state);
  expect(machine.stateText()).toEqual(line?.text);
}

describe("an equal graph", () => {
  test("has no difference, and every state and edge is counted", () => {
    const result = conformLines(graph);
    expect(result.difference).toBeUndefined();
    expect(result.edges).toBe(edges.length);
    expect(result.states).toBe(graph.length - edges.length);
    const counts = new Map<string, number>();
    for (const { action } of edges) counts.set(action, (counts.get(action) ?? 0) + 1);
    expect(result.edgesByAction).toEqual(counts);
    const ofToolstack = edges.filter(({ action }) => {
      const taken = readCoreSpec().actions.find(({ name }) => name === action);
      return taken?.actors.includes("toolstack");
    });
    const { length } = ofToolstack;
    expect(result.edgesByActor).toEqual([edges.length - length, length, 0]);
    expect(result.depth).toBe(1 + Math.max(...states.map(({ id }) => distanceTo(id))));
  });

  test("is read as newer versions of TLC write it, to the same counts", () => {
    const { lines, ...newer } = conformText(dumpText(graph, "newer"));
    const { lines: fewer, ...same } = conformLines(graph);
    expect(newer).toEqual(same);
    expect(lines).toBe(fewer + 1);
  });

  test.each([
    ["posted", { fixes: [] }],
    ["without VM-to-VM", { vmToVm: false }],
    ["of other choices", { choices: presets.pkvm.choices }],
  ])("%s too", (_, options) => {
    const system = tinySystem(options);
    expect(conformLines(graphLines(system), system).difference).toBeUndefined();
  });
});

describe("one line is different", () => {
  test("an edge is missing: the implementation has a step too many", () => {
    const result = conformLines(replaced(closing));
    expect(result.difference).toMatchObject({
      kind: "implementation-only",
      action: closing.action,
      model: undefined,
    });
    expectBehaviorTo(closing.from, result);
  });

  test("every edge into a known state is missed when it is left out", () => {
    for (const edge of edges.filter(({ first }) => !first)) {
      const { difference } = conformLines(replaced(edge));
      expect(difference).toMatchObject({ kind: "implementation-only", action: edge.action });
    }
  });

  test("an edge is added: the model has a step too many", () => {
    const result = conformLines(replaced(closing, closing, { ...closing, action: "GiveRx" }));
    expect(result.difference).toMatchObject({
      kind: "model-only",
      action: "GiveRx",
      implementation: undefined,
    });
    expectBehaviorTo(closing.from, result);
  });

  test("the parameters that newer versions of TLC write are those of a step of the model", () => {
    const parametersAt = (...by: readonly EdgeLine[]) =>
      conformText(dumpText(replaced(closing, ...by), "newer")).difference?.parameters;
    expect(parametersAt({ ...closing, action: "GiveRx" })).toBe('<<1, 0>>,"a\\"b"');
    expect(parametersAt({ ...closing, to: closing.to === 1 ? 0 : 1 })).toBe('<<1, 0>>,"a\\"b"');
    expect(parametersAt()).toBeUndefined();
  });

  test("an edge has another action", () => {
    const result = conformLines(replaced(closing, { ...closing, action: "GiveRx" }));
    expect(result.difference).toMatchObject({ kind: "model-only", action: "GiveRx" });
    expectBehaviorTo(closing.from, result);
  });

  test("an edge leads to another state", () => {
    const elsewhere = closing.to === 1 ? 0 : 1;
    const result = conformLines(replaced(closing, { ...closing, to: elsewhere }));
    const { difference } = result;
    expect(difference).toMatchObject({ kind: "other-state", action: closing.action });
    expect(difference?.model).not.toEqual(difference?.implementation);
    expectBehaviorTo(closing.from, result);
  });

  test("a parallel edge is there once more: steps are matched one to one", () => {
    const result = conformLines(replaced(closing, closing, closing));
    expect(result.difference).toMatchObject({ kind: "model-only", action: closing.action });
    expectBehaviorTo(closing.from, result);
  });

  test.each([
    ["a value of the model", "<<100>>"],
    ["a value that the implementation cannot have", "<<77>>"],
  ])("a state has %s in one variable", (_, value) => {
    const altered = states.find(({ text }) => text.get("versTmp") === "<<101>>") as StateLine;
    const text = new Map(altered.text).set("versTmp", value);
    const result = conformLines(replaced(altered, { ...altered, text }));
    const { difference } = result;
    expect(difference).toMatchObject({ kind: "other-state", action: "WriteVersTmp" });
    expect(difference?.model?.get("versTmp")).toBe(value);
    expect(difference?.implementation?.get("versTmp")).toBe("<<101>>");
    expect(difference?.behavior).toHaveLength(distanceTo(altered.id) - 1);
  });

  test("the initial state is another one", () => {
    const initial = graph[0] as StateLine;
    const text = new Map(initial.text).set("vmCount", "1");
    const { difference } = conformLines(replaced(initial, { ...initial, text }));
    expect(difference).toMatchObject({ kind: "initial-state", action: "Init", behavior: [] });
    expect(difference?.implementation?.get("vmCount")).toBe("0");
  });
});

test("the first difference is one with a shortest behavior, though a later line shows another", () => {
  const early = edges.filter(({ first }) => !first)[0];
  const late = closing;
  const lines = graph.filter((line) => line !== early);
  const result = conformLines(
    lines.map((line) => (line === late ? { ...late, action: "GiveRx" } : line)),
  );
  expect(result.difference).toMatchObject({ kind: "implementation-only", action: early.action });
  expectBehaviorTo(early.from, result);
});

test("states that only the implementation tells apart are a hidden state", () => {
  // The vCPU comes back, and the hypervisor does not note that it has left.
  const forgetful = withDefect(tinySystem(), (operation) => {
    return operation.kind === "leave" ? { ...operation, kind: "read" } : operation;
  });
  const { difference } = conformText(dumpText(graph, "newer"), forgetful);
  expect(difference).toMatchObject({ kind: "hidden-state", action: "ReturnFromCall" });
  expect(difference?.parameters).toBe('<<1, 0>>,"a\\"b"');
});

test("a step that misuses shared memory is a difference, with the behavior that leads to it", () => {
  const unguarded = withDefect(tinySystem(), (operation) => {
    return operation.label === "WriteVersTmp" ? { ...operation, operand: 0x20000 } : operation;
  });
  const { difference } = conformLines(graph, unguarded);
  expect(difference?.kind).toBe("fault");
  expect(difference?.action).toMatch(
    /^VALUE_OUT_OF_RANGE: guest_vers_tmp of domain 1: WriteVersTmp/,
  );
  expect(difference?.behavior.map(({ action }) => action)).toEqual([
    "CreateDomain",
    "StartCall",
    "ReadGuestVers",
    "LockGuestVers",
    "RereadGuestVers",
  ]);
});

test("a state that offers more steps than are kept is an error, and not cut off", () => {
  const calls = (count: number) => Array.from({ length: count }, () => TINY_CALLS[0]);
  // Beside the calls of the vCPU there is one step of the toolstack.
  const most = createSystem(tinyOptions, calls(MOST_STEPS - 1));
  expect(conformLines(graphLines(most), most).difference).toBeUndefined();
  const more = createSystem(tinyOptions, calls(MOST_STEPS));
  expect(() => conformLines(graphLines(more), more)).toThrow("TOO_MANY_STEPS");
});

describe("a file that is no graph of the model", () => {
  const code = (text: string, name: string) =>
    expect(() => conformText(text), name).toThrow(`${name}:`);

  test("empty, or cut off at any line", () => {
    code("", "DUMP_TRUNCATED");
    const lines = dumpText(graph).split("\n");
    for (const kept of [1, 5, lines.length >> 1, lines.length - 3]) {
      code(lines.slice(0, kept).join("\n"), "DUMP_TRUNCATED");
    }
  });

  test("without a state", () => code(dumpText([]), "DUMP_TRUNCATED"));

  test("a state's line is missing, or comes where none is due", () => {
    const state = graph.filter((line) => line.kind === "state")[4];
    code(dumpText(replaced(state)), "DUMP_MALFORMED");
    code(dumpText(replaced(state, state, state)), "DUMP_MALFORMED");
  });

  test("of another module: variables are missing", () => {
    const lines = graph.map((line) => {
      if (line.kind === "edge") return line;
      return { ...line, text: new Map([...line.text].filter(([name]) => name !== "rxState")) };
    });
    code(dumpText(lines), "DUMP_OTHER_MODEL");
  });

  test("of other bounds", () => {
    for (const options of [{ maxVcpus: 2 }, { maxDomains: 2 }]) {
      code(dumpText(graphLines(tinySystem(options))), "DUMP_OTHER_MODEL");
    }
  });

  test("of other calls", () => {
    const calls = [...TINY_CALLS, { name: "RX_RELEASE", argument: 0 }];
    code(dumpText(graphLines(createSystem(tinyOptions, calls))), "DUMP_OTHER_MODEL");
  });

  test("of another design: the first step that is not there", () => {
    const { difference } = conformLines(graphLines(tinySystem({ fixes: [] })));
    expect(difference?.kind).not.toBeUndefined();
  });
});

describe("the graph of a run that ended early", () => {
  const lastSource = closing.from;
  // Up to some of the edges of one state, as when a violation was found behind one of them.
  const part = graph.slice(
    0,
    graph.findIndex((line) => isEdge(line) && line.from === lastSource) + 1,
  );
  const early = (lines: readonly DumpLine[], isComplete: boolean): ConformResult => {
    const path = writeDump(join(directory, "early.dot"), lines);
    return conform(new Stepper(tinySystem()), path, isComplete);
  };

  test("says nothing of what it left out", () => {
    const { difference, isComplete, edges: compared } = early(part, false);
    expect(difference).toBeUndefined();
    expect(isComplete).toBe(false);
    expect(compared).toBe(part.filter(isEdge).length);
    // The same lines as a whole graph lack a step.
    expect(early(part, true).difference?.kind).toBe("implementation-only");
    expect(early(graph, true).isComplete).toBe(true);
  });

  test("has all edges of the states before the last one", () => {
    const dropped = edges.findLast(({ first, from }) => !first && from < lastSource) as EdgeLine;
    const lacking = part.filter((line) => line !== dropped);
    const result = early(lacking, false);
    expect(result.difference).toMatchObject({
      kind: "implementation-only",
      action: dropped.action,
    });
    expectBehaviorTo(dropped.from, result);
  });
});

describeWithTlc("a graph that TLC wrote", (tools) => {
  const calls = '{ <<"VERSION", 100>>, <<"VERSION", 10100>>, <<"PARTITION_INFO_GET", 0>> }';
  const path = join(directory, "tlc.dot");

  test.each([
    ["hardened", {}],
    ["posted", { Fixes: "<- Posted" }],
    ["without VM-to-VM", { VmToVm: "= FALSE" }],
    ["other choices", { Choices: "<- PkvmChoices" }],
  ])("%s: equal, with TLC's counts", async (_, constants) => {
    const given = { VcpusPerDomain: "= 1", ...constants };
    const model = writeTestModel(directory, { calls, constants: given });
    const tlc = await checkModel(model, tools, path);
    const result = conform(new Stepper(systemOf(model)), path);
    expect(result.difference).toBeUndefined();
    expect(result.states).toBe(tlc.distinct);
    expect(result.edges).toBe(tlc.generated - tlc.initialStates);
    expect(result.depth).toBe(tlc.depth);
  });
});
