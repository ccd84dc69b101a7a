/**
 * The replay of traces, broken on purpose: each thing that is altered in a graph, or in the code,
 * is seen, and is what is named.
 */
import { describe, expect, test } from "vitest";
import { OK, RETRY } from "../../src/abi.js";
import { PROPERTY_TOLD_OF_VMS } from "../../src/partitionEntry.js";
import type { Operation } from "../../src/sync/index.js";
import { readField } from "../../verify/engine/packing.js";
import { createSystem } from "../../verify/mediator/createSystem.js";
import type { System } from "../../verify/mediator/system.js";
import { differing } from "../../verify/replay/replayTrace.js";
import type { Mismatch } from "../../verify/traces/mismatch.js";
import {
  actionOfKind,
  CellPacking,
  kindOf,
  type ModelGraph,
} from "../../verify/traces/modelGraph.js";
import { OtherGraph } from "../../verify/traces/otherGraph.js";
import { shortestWay } from "../../verify/traces/shortestWay.js";
import { withDefect } from "../support/defects.js";
import { tinyOptions, tinySystem } from "../support/graphDump.js";
import { replayOn, tracesOf } from "../support/tinyTraces.js";

const told = { id: 0x8001, executionContexts: 1, properties: PROPERTY_TOLD_OF_VMS };
/** Answers of the secure world are the environment's choices, and some lead to one state. */
const sharing = createSystem(
  { ...tinyOptions, securePartitions: [told], secureAnswers: [OK, RETRY], txContents: [20] },
  [
    { name: "VERSION", argument: 101 },
    { name: "MEM_SHARE", argument: 0 },
  ],
);
const systems: readonly (readonly [name: string, system: System])[] = [
  ["negotiating", tinySystem()],
  ["sharing", sharing],
];
const made = new Map(systems.map(([, system]) => [system, tracesOf(system)]));
const graphOf = (system: System): ModelGraph => made.get(system)!.graph;

/** What is found in a graph that was altered. */
function mismatchIn(system: System, altered: Partial<ModelGraph>): Mismatch {
  const { behaviors } = made.get(system)!;
  const graph = { ...graphOf(system), ...altered };
  const { mismatch } = replayOn(system, graph, { graph, behaviors });
  if (mismatch === undefined) throw new Error("nothing was found");
  return mismatch;
}

test.each(systems)("%s: all edges are taken, and nothing differs", (_, system) => {
  const { graph, behaviors } = made.get(system)!;
  const replayed = replayOn(system, graph, { graph, behaviors });
  expect(replayed).toEqual({
    behaviors: behaviors.lengths.length,
    steps: behaviors.choices.length,
    states: graph.states,
    edges: graph.targets.length,
    mismatch: undefined,
  });
});

describe("one cell of one state", () => {
  const cases = systems.flatMap(([name, system]) =>
    graphOf(system).cells.flatMap(({ parts, values }, cell) =>
      values.length > 1
        ? [{ name, system, cell, variables: parts.map((each) => each.variable) }]
        : [],
    ),
  );

  test.each(cases)("$name: $variables", ({ system, cell, variables }) => {
    const graph = graphOf(system);
    const { fields, words } = new CellPacking(graph);
    const { word, shift } = fields[cell];
    const state = graph.states >> 1;
    const arena = graph.arena.slice();
    const value = readField(arena, state * words, fields[cell]);
    const other = (value + 1) % graph.cells[cell].values.length;
    arena[state * words + word] += (other - value) << shift;

    const { kind, model, implementation } = mismatchIn(system, { arena });
    expect(kind).toBe("state");
    const differ = differing(implementation!, model);
    expect(differ.length).toBeGreaterThan(0);
    expect(variables).toEqual(expect.arrayContaining([...differ]));
  });

  test("of the initial state", () => {
    const [[, system]] = systems;
    const graph = graphOf(system);
    const { fields, words } = new CellPacking(graph);
    const cell = graph.cells.findIndex(({ parts }) => parts[0].variable === "life");
    const arena = graph.arena.slice();
    const last = arena.subarray((graph.states - 1) * words, graph.states * words);
    const { word, shift } = fields[cell];
    arena[word] += (readField(last, 0, fields[cell]) - readField(arena, 0, fields[cell])) << shift;
    const { kind, taken, model, implementation } = mismatchIn(system, { arena });
    expect([kind, taken.length]).toEqual(["initial-state", 0]);
    expect(differing(implementation!, model)).toEqual(["life"]);
  });
});

/** A graph without one of its edges, which leads back to a state that is known before. */
function withoutEdge(graph: ModelGraph): { readonly graph: ModelGraph; readonly edge: number } {
  // All states can still be reached: numbers are by breadth, so the first edge into one is there.
  const edge = graph.targets.findLastIndex((to, e) => graph.targets.indexOf(to) < e);
  const without = <T extends Int32Array | Uint16Array>(array: T) =>
    array.filter((_, e) => e !== edge) as T;
  const firstEdge = graph.firstEdge.map((first) => (first > edge ? first - 1 : first));
  const rest = { targets: without(graph.targets), kinds: without(graph.kinds), firstEdge };
  return { graph: { ...graph, ...rest }, edge };
}

describe.each(systems)("%s: one edge", (_, system) => {
  const graph = graphOf(system);

  test("that the model does not have is a step that only the code has", () => {
    const { graph: altered, edge } = withoutEdge(graph);
    const { mismatch } = replayOn(system, altered);
    expect(mismatch).toMatchObject({ kind: "enabled", missing: [], step: undefined });
    expect(mismatch?.extra.map(({ action }) => action)).toEqual([
      actionOfKind(graph, graph.kinds[edge]),
    ]);
  });

  test("that the code does not have is a step that only the model has", () => {
    // The last edge twice: the model then has one step more, behind all that the code has.
    const edge = graph.targets.length - 1;
    const twice = <T extends Int32Array | Uint16Array>(array: T): T => {
      const more = new (array.constructor as new (size: number) => T)(array.length + 1);
      more.set(array);
      more[array.length] = array[edge];
      return more;
    };
    const firstEdge = graph.firstEdge.map((first) => (first > edge ? first + 1 : first));
    const altered = { targets: twice(graph.targets), kinds: twice(graph.kinds), firstEdge };
    const { mismatch } = replayOn(system, { ...graph, ...altered });
    const action = actionOfKind(graph, graph.kinds[edge]);
    expect(mismatch).toMatchObject({ kind: "enabled", missing: [{ action }], extra: [] });
  });

  test("that changes its place with one of another kind", () => {
    const targets = graph.targets.slice();
    const edge = Array.from(targets.keys()).find((e) => {
      const isOfOneState = !graph.firstEdge.includes(e + 1);
      return isOfOneState && graph.kinds[e] !== graph.kinds[e + 1] && targets[e] !== targets[e + 1];
    })!;
    [targets[edge], targets[edge + 1]] = [targets[edge + 1], targets[edge]];
    expect(mismatchIn(system, { targets }).kind).toMatch(/^(hidden-)?state$/);
  });

  test("into a state with a value that the implementation has no counterpart of", () => {
    const cell = graph.cells.findIndex(({ parts }) => parts[0].variable === "versTmp");
    const { parts, values } = graph.cells[cell];
    const of = readField(graph.arena, 0, new CellPacking(graph).fields[cell]);
    const other = values.map((texts, value) => (value === of ? texts : ["odd"]));
    const cells = graph.cells.with(cell, { parts, values: other });
    const { kind, model } = mismatchIn(system, { cells });
    expect([kind, model.get("versTmp")]).toEqual(["state", "<<odd>>"]);
  });

  test("into a state with one such value, where all bits but those of that value are right", () => {
    const { fields, words } = new CellPacking(graph);
    // A number that has room in the cell's bits, and so moves no other cell.
    const cell = graph.cells.findLastIndex(({ values }, c) => values.length === fields[c].mask);
    const { parts, values } = graph.cells[cell];
    const arena = graph.arena.slice();
    const { word, shift } = fields[cell];
    arena[words + word] += (values.length - readField(arena, words, fields[cell])) << shift;
    const cells = graph.cells.with(cell, { parts, values: [...values, parts.map(() => "odd")] });
    const { kind, model } = mismatchIn(system, { cells, arena });
    expect([kind, model.get(parts[0].variable)]).toEqual(["state", expect.stringContaining("odd")]);
  });

  test("of another actor", () => {
    const kinds = graph.kinds.slice();
    const edge = kinds.length >> 1;
    const [actor, action] = [
      Math.floor(kinds[edge] / graph.actions.length) + 1,
      kinds[edge] % graph.actions.length,
    ];
    const other = (actor % graph.actors) + 1;
    kinds[edge] = kindOf(graph, other, action);
    const { kind, missing, extra } = mismatchIn(system, { kinds });
    expect(kind).toBe("enabled");
    expect([missing, extra]).toEqual([
      [{ actor: other, action: graph.actions[action] }],
      [{ actor, action: graph.actions[action] }],
    ]);
  });

  test("of another action", () => {
    const kinds = graph.kinds.slice();
    kinds[0] =
      (kinds[0] % graph.actions.length) + 1 < graph.actions.length ? kinds[0] + 1 : kinds[0] - 1;
    const { kind, missing, extra } = mismatchIn(system, { kinds });
    expect([kind, missing.length, extra.length]).toEqual(["enabled", 1, 1]);
  });

  test("into another state", () => {
    const targets = graph.targets.slice();
    const edge = targets.length >> 1;
    targets[edge] = targets[edge] === 1 ? 2 : 1;
    expect(["state", "hidden-state"]).toContain(mismatchIn(system, { targets }).kind);
  });

  test("that no behavior takes is not counted as taken", () => {
    const { behaviors } = made.get(system)!;
    const lengths = behaviors.lengths.slice(0, -1);
    const choices = behaviors.choices.slice(0, -behaviors.lengths[lengths.length]);
    const fewer = { choices, lengths };
    const { edges, mismatch } = replayOn(system, graph, { graph, behaviors: fewer });
    expect(mismatch).toBeUndefined();
    expect(edges).toBeLessThan(graph.targets.length);
  });

  test("that is not there is an error of its own", () => {
    const behaviors = { choices: Uint8Array.of(200), lengths: Int32Array.of(1) };
    expect(() => replayOn(system, graph, { graph, behaviors })).toThrow(OtherGraph);
  });
});

test("steps of one actor are compared in the order of their names, not of its programs", () => {
  const system = tinySystem();
  const [vcpu, ...others] = system.actors;
  const programs = vcpu.programs.map((program, i) => {
    const change = (operation: Operation) =>
      operation.label === "StartCall" ? { ...operation, label: `StartCall${9 - i}` } : operation;
    const [changed] = withDefect(
      { ...system, actors: [{ ...vcpu, programs: [program] }] },
      change,
    ).actors;
    return changed.programs[0];
  });
  const renamed = { ...system, actors: [{ ...vcpu, programs }, ...others] };
  const { graph, behaviors } = tracesOf(renamed);
  expect(graph.actions).toEqual(expect.arrayContaining(["StartCall8", "StartCall9"]));
  expect(replayOn(renamed, graph, { graph, behaviors }).mismatch).toBeUndefined();
});

test("of edges that look alike, each needs a step of its own", () => {
  const graph = graphOf(sharing);
  const edge = Array.from(graph.targets.keys()).find((e) => {
    const isOfOneState = !graph.firstEdge.includes(e + 1);
    const isOfOneKind = graph.kinds[e] === graph.kinds[e + 1];
    return isOfOneState && isOfOneKind && graph.targets[e] !== graph.targets[e + 1];
  });
  const targets = graph.targets.slice();
  targets[edge! + 1] = targets[edge!];
  expect(mismatchIn(sharing, { targets })).toMatchObject({
    kind: "state",
    step: { action: actionOfKind(graph, graph.kinds[edge!]) },
  });
});

describe("a defect of the code", () => {
  const [[, system]] = systems;
  const graph = graphOf(system);
  const foundIn = (defective: System): Mismatch | undefined => replayOn(defective, graph).mismatch;

  test("is a step that leads elsewhere, behind the shortest way there", () => {
    const defective = withDefect(system, (operation) =>
      operation.label === "WriteVersTmp" ? { ...operation, operand: 0 } : operation,
    );
    const mismatch = foundIn(defective);
    expect(mismatch).toMatchObject({ kind: "state", step: { actor: 1, action: "WriteVersTmp" } });
    expect(differing(mismatch!.implementation!, mismatch!.model)).toEqual(["versTmp"]);
    const first = graph.kinds.findIndex((kind) => actionOfKind(graph, kind) === "WriteVersTmp");
    const source = graph.firstEdge.findIndex((from) => from > first) - 1;
    expect(mismatch?.taken).toHaveLength(shortestWay(graph, source).length);
  });

  test("is a step of another name", () => {
    const renamed = withDefect(system, (operation) =>
      operation.label === "ReadGuestVers" ? { ...operation, label: "ReadVmCount" } : operation,
    );
    expect(foundIn(renamed)).toMatchObject({ kind: "state", step: { action: "StartCall" } });
  });

  test("is a part of the state that the model does not see", () => {
    const forgetful = withDefect(system, (operation) =>
      operation.kind === "leave" ? { ...operation, kind: "read" } : operation,
    );
    expect(foundIn(forgetful)).toMatchObject({
      kind: "hidden-state",
      step: { action: "ReturnFromCall" },
    });
  });

  test("is a misuse of shared memory", () => {
    const unguarded = withDefect(system, (operation) =>
      operation.label === "WriteVersTmp" ? { ...operation, operand: 0x20000 } : operation,
    );
    const mismatch = foundIn(unguarded);
    expect(mismatch?.kind).toBe("fault");
    expect(mismatch?.fault).toMatch(/^VALUE_OUT_OF_RANGE: guest_vers_tmp of domain 1/);
    expect(mismatch?.taken.map(({ operation }) => operation.label)).toEqual([
      "CreateDomain",
      "StartCall",
      "ReadGuestVers",
      "LockGuestVers",
      "RereadGuestVers",
    ]);
  });
});

describe("a graph of another configuration", () => {
  const [[, system]] = systems;
  const graph = graphOf(system);

  test.each<[string, System, ModelGraph, RegExp]>([
    ["has other actors", tinySystem({ maxVcpus: 2 }), graph, /3 actors, not 4/],
    [
      "has a variable more",
      system,
      {
        ...graph,
        cells: [...graph.cells, { parts: [{ variable: "x", index: 0 }], values: [["1"]] }],
      },
      /x is no variable/,
    ],
    ["has a variable less", system, { ...graph, cells: graph.cells.slice(0, -1) }, /no variable/],
  ])("%s", (_, other, altered, message) => {
    expect(() => replayOn(other, altered)).toThrow(OtherGraph);
    expect(() => replayOn(other, altered)).toThrow(message);
  });
});
