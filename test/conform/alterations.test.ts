import { describe, expect, test } from "vitest";
import { OK, RETRY } from "../../src/abi.js";
import { PROPERTY_TOLD_OF_VMS } from "../../src/partitionEntry.js";
import { isOverAll, localVariables } from "../../verify/mediator/correspondence/localVariables.js";
import { createSystem } from "../../verify/mediator/createSystem.js";
import { loadSpec } from "../../verify/model/loadSpec.js";
import { modelDirectory } from "../../verify/model/paths.js";
import { coreSpecOf } from "../../verify/model/specActions.js";
import { VerifyError } from "../../verify/support/verifyError.js";
import { conformLines } from "../support/conformLines.js";
import { withDefect } from "../support/defects.js";
import {
  type DumpLine,
  type EdgeLine,
  graphLines,
  isEdge,
  isState,
  type StateLine,
  TINY_CALLS,
  tinyOptions,
  tinySystem,
} from "../support/graphDump.js";

const { modules } = await loadSpec(modelDirectory, "MCNegotiation");
const spec = coreSpecOf(modules, "model");

/** Systems that between them use every variable. */
const negotiating = createSystem({ ...tinyOptions, mappedAtStart: false }, [
  { name: "VERSION", argument: 101 },
  { name: "PARTITION_INFO_GET", argument: 0 },
  { name: "RXTX_MAP", argument: 1 },
]);
const told = { id: 0x8001, executionContexts: 1, properties: PROPERTY_TOLD_OF_VMS };
const sharing = createSystem(
  {
    ...tinyOptions,
    securePartitions: [told],
    secureAnswers: [OK, RETRY],
    txContents: [20],
    mappedAtStart: true,
  },
  [
    { name: "VERSION", argument: 101 },
    { name: "MEM_SHARE", argument: 0 },
  ],
);
const sending = createSystem(
  { ...tinyOptions, maxDomains: 2, txContents: [1], mappedAtStart: true },
  [
    { name: "VERSION", argument: 101 },
    { name: "SEND2", argument: 0 },
  ],
);

describe("a variable that is altered in one state is the one that differs", () => {
  const graphs = [negotiating, sharing, sending].map((system) => {
    const graph = graphLines(system);
    return { system, graph, states: graph.filter(isState) };
  });

  const valuesOf = (variable: string, states: readonly StateLine[]): readonly string[] => [
    ...new Set(states.map(({ text }) => text.get(variable) ?? "")),
  ];

  /** The first graph in which the variable varies. */
  function graphOf(variable: string): (typeof graphs)[number] {
    const found = graphs.find(({ states }) => valuesOf(variable, states).length > 1);
    if (found === undefined) throw new Error(`${variable} never changes`);
    return found;
  }

  /** Values that are there in the graph, and ones that the implementation cannot write down. */
  const others = (variable: string): readonly string[] => {
    const { system, states } = graphOf(variable);
    const values = valuesOf(variable, states).slice(0, 12);
    // A call that the model does not have makes it another model, and is refused as that.
    if (variable === "call") return values;
    const local = localVariables.find((each) => each === variable);
    if (local === undefined) return [...values, '<<"odd">>', "77"];
    const vcpus = system.actors.filter(({ kind }) => kind === "vcpu");
    const elements = isOverAll(local) ? system.actors : vcpus;
    return [
      ...values,
      `<<${elements.map(() => (local === "pc" ? '"odd"' : "<<77>>")).join(", ")}>>`,
    ];
  };

  test.each(spec.variables.map(({ name }) => name))("%s", (variable) => {
    const { system, graph, states } = graphOf(variable);
    const found = others(variable).flatMap((value) => {
      const altered = states.find(({ id, text }) => id > 0 && text.get(variable) !== value);
      const from = altered as StateLine;
      const to = { ...from, text: new Map(from.text).set(variable, value) };
      const { difference } = conformLines(
        graph.map((line) => (line === from ? to : line)),
        system,
      );
      const { kind, model, implementation } = difference ?? {};
      const differing = [...from.text.keys()].filter((name) => {
        return model?.get(name) !== implementation?.get(name);
      });
      return [[kind, model?.get(variable), implementation?.get(variable), ...differing]];
    });
    const values = others(variable);
    expect(found.map(([kind, model, , ...differing]) => [kind, model, ...differing])).toEqual(
      values.map((value) => ["other-state", value, variable]),
    );
    for (const [, model, implementation] of found) expect(implementation).not.toBe(model);
  });

  test.each(spec.variables.map(({ name }) => name))("%s in the initial state", (variable) => {
    const { system, graph, states } = graphOf(variable);
    const [initial] = states;
    for (const value of others(variable)) {
      if (value === initial.text.get(variable)) continue;
      const text = new Map(initial.text).set(variable, value);
      const lines = graph.map((line) => (line === initial ? { ...initial, text } : line));
      const { difference } = conformLines(lines, system);
      expect(difference).toMatchObject({ kind: "initial-state", action: "Init", behavior: [] });
      expect(difference?.model?.get(variable)).toBe(value);
      expect(difference?.implementation).toEqual(initial.text);
    }
  });
});

describe("an edge or a node that is altered is seen, wherever it is", () => {
  const graph = graphLines(tinySystem());
  const edges = graph.filter(isEdge);
  const states = graph.filter(isState);
  const known = edges.filter(({ first }) => !first);
  const NOWHERE = states.length + 7;

  /** What is said of a graph: the kind of the difference and its action, or the error. */
  function said(lines: readonly DumpLine[]): string {
    try {
      const { difference } = conformLines(lines, tinySystem());
      return difference === undefined ? "equal" : `${difference.kind} ${difference.action}`;
    } catch (error) {
      if (error instanceof VerifyError) return error.code;
      throw error;
    }
  }

  const replaced = (old: DumpLine, ...by: readonly DumpLine[]): readonly DumpLine[] =>
    graph.flatMap((line) => (line === old ? by : [line]));

  /** With another edge behind one, and behind the state that the one leads to if that is new. */
  const behind = (edge: EdgeLine, other: Partial<EdgeLine>): readonly DumpLine[] => {
    const at = graph[graph.indexOf(edge) + (edge.first ? 1 : 0)];
    return replaced(at, at, { ...edge, first: false, ...other });
  };

  /** Each change with what is said of it. Without its like, a step is one too many of its name. */
  function expectSaid<T extends object>(
    all: readonly T[],
    change: (one: T) => readonly DumpLine[],
    expected: (one: T) => readonly string[],
  ): void {
    const found = all.map((one) => ({ one, said: said(change(one)) }));
    expect(found.length).toBeGreaterThan(3);
    expect(found.filter((each) => !expected(each.one).includes(each.said))).toEqual([]);
  }

  const tooMany = ({ action }: { readonly action: string }): readonly string[] => [
    `model-only ${action}`,
    `other-state ${action}`,
  ];
  const modelOnly = ({ action }: { readonly action: string }) => [`model-only ${action}`];
  const malformed = () => ["DUMP_MALFORMED"];

  test("nothing is said of it as it is", () => expect(said(graph)).toBe("equal"));

  test("an edge once too many, between the same states and of the same action", () => {
    expectSaid(edges, (edge) => behind(edge, {}), tooMany);
  });

  test("an edge that is taken away", () => {
    expectSaid(
      known,
      (edge) => replaced(edge),
      ({ action }) => [`implementation-only ${action}`],
    );
  });

  test("an edge of another action, of one that there is and of one that there is not", () => {
    const { actions } = spec;
    const next = ({ action }: EdgeLine) =>
      actions[(actions.findIndex(({ name }) => name === action) + 1) % actions.length].name;
    for (const other of [next, () => "NoAction"]) {
      const renamed = (edge: EdgeLine): EdgeLine => ({ ...edge, action: other(edge) });
      expectSaid(
        edges,
        (edge) => replaced(edge, renamed(edge)),
        (edge) => tooMany(renamed(edge)),
      );
    }
  });

  test("a parallel edge of another action", () => {
    const action = "NoAction";
    expectSaid(
      edges,
      (edge) => behind(edge, { action }),
      () => modelOnly({ action }),
    );
  });

  test("a self-loop, by an action that can be taken there and by another one", () => {
    const last = states.map(({ id }) => edges.filter((edge) => edge.from === id).at(-1));
    const lasts = last.filter((edge) => edge !== undefined);
    expectSaid(lasts, (edge) => behind(edge, { to: edge.from }), modelOnly);
    const action = "NoAction";
    expectSaid(
      lasts,
      (edge) => behind(edge, { to: edge.from, action }),
      () => modelOnly({ action }),
    );
  });

  test("an edge that leads elsewhere, or one more that does", () => {
    const elsewhere = ({ to }: EdgeLine) => ({ to: to === 0 ? 1 : 0 });
    expectSaid(known, (edge) => replaced(edge, { ...edge, ...elsewhere(edge) }), tooMany);
    expectSaid(known, (edge) => behind(edge, elsewhere(edge)), tooMany);
  });

  test("an edge from or into a state that is not there", () => {
    expectSaid(edges, (edge) => behind(edge, { to: NOWHERE }), malformed);
    expectSaid(edges, (edge) => behind(edge, { from: NOWHERE }), malformed);
  });

  test("a state without its line, with two, or under two names", () => {
    const others = states.slice(1);
    expectSaid(others, (state) => replaced(state), malformed);
    expectSaid(others, (state) => replaced(state, state, state), malformed);
    const double = ({ to }: EdgeLine): StateLine => ({ ...states[to], id: NOWHERE });
    expectSaid(known, (edge) => replaced(edge, { ...edge, to: NOWHERE }, double(edge)), malformed);
  });

  test("a state that is gone with all its edges", () => {
    const without = ({ id }: StateLine): readonly DumpLine[] =>
      graph.filter((line) => (isEdge(line) ? ![line.from, line.to].includes(id) : line.id !== id));
    const found = states.slice(1).map((state) => said(without(state)));
    expect(found).not.toContain("equal");
    expect(found.join()).toContain("implementation-only");
  });

  test("a second initial state", () => {
    const [initial, other] = states;
    expect(said(replaced(initial, initial, { ...other, id: 0 }))).toBe("initial-state Init");
    expect(said(replaced(initial, initial, initial))).toBe("initial-state Init");
  });
});

describe("each of several steps between two states counts", () => {
  /** A vCPU whose calls end with their first step, which changes nothing, loops. */
  const looping = withDefect(tinySystem(), (operation) => {
    if (operation.label === "StartCall") return { ...operation, kind: "read" };
    const action = spec.actions.find(({ name }) => name === operation.label);
    return action?.actors.some((kind) => kind !== "vcpu") ? operation : null;
  });
  /** Two programs of one call are two steps that the model cannot tell apart. */
  const twice = createSystem(tinyOptions, [TINY_CALLS[0], TINY_CALLS[0]]);

  test.each([
    ["self-loops", looping, ({ from, to }: EdgeLine) => from === to],
    ["parallel edges", twice, ({ action, first }: EdgeLine) => action === "StartCall" && !first],
  ])("%s", (_, system, isMeant) => {
    const graph = graphLines(system);
    expect(conformLines(graph, system).difference).toBeUndefined();
    const meant = graph.filter(isEdge).filter(isMeant);
    expect(meant.length).toBeGreaterThan(1);
    for (const edge of meant) {
      const kindOf = (...by: readonly DumpLine[]) => {
        const lines = graph.flatMap((line) => (line === edge ? by : [line]));
        return conformLines(lines, system).difference?.kind;
      };
      expect(kindOf()).toBe("implementation-only");
      expect(kindOf(edge, edge)).toBe("model-only");
    }
  });
});
