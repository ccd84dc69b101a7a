/** verify/conform/conform.ts: which step of the implementation an edge of the model is. */
import { describe, expect, test } from "vitest";
import { createSystem } from "../../verify/mediator/createSystem.js";
import { conformLines } from "../support/conformLines.js";
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

describe("of several steps of one name", () => {
  const graph = graphLines(tinySystem());
  const states = graph.filter(isState);
  const starts = graph
    .filter(isEdge)
    .filter(({ action, first }, _, all) => action === "StartCall" && first && all.length > 1);
  const twins = starts.filter(({ from }) => from === starts[0].from);

  /** The graph with one of the states that the two lead to altered, and that one shown first. */
  function withFirst(edge: EdgeLine, variable: string, value: string): readonly DumpLine[] {
    const state = states[edge.to];
    const altered: StateLine = { ...state, text: new Map(state.text).set(variable, value) };
    const at = graph.indexOf(twins[0]);
    const others = graph.filter((line) => line !== edge && line !== state);
    return [...others.slice(0, at), edge, altered, ...others.slice(at)];
  }

  test.each([0, 1])("the one that comes nearest is shown: number %i", (i) => {
    expect(twins).toHaveLength(TINY_CALLS.length);
    const { difference, isComplete } = conformLines(withFirst(twins[i], "vmCount", "77"));
    expect(isComplete).toBe(false);
    expect(difference).toMatchObject({ kind: "other-state", action: "StartCall" });
    expect(difference?.implementation).toEqual(states[twins[i].to].text);
  });

  test("one that an edge has shown already is not shown again", () => {
    const [{ from }, { to }] = twins;
    const lines = graph.map((line) =>
      line === states[to]
        ? { ...states[to], text: new Map(states[twins[0].to].text).set("vmCount", "77") }
        : line,
    );
    const { difference } = conformLines(lines);
    expect(difference).toMatchObject({ kind: "other-state", behavior: { length: from } });
    expect(difference?.implementation).toEqual(states[to].text);
  });
});

describe("with two vCPUs and two domains", () => {
  const system = createSystem({ ...tinyOptions, maxVcpus: 2 }, [TINY_CALLS[1]]);
  const graph = graphLines(system);
  const edges = graph.filter(isEdge);
  const of = (from: number) => edges.filter((edge) => edge.from === from);
  const replaced = (old: DumpLine, ...by: readonly DumpLine[]): readonly DumpLine[] =>
    graph.flatMap((line) => (line === old ? by : [line]));

  test("the graph is equal, and each actor but the timer takes steps", () => {
    const result = conformLines(graph, system);
    expect(result.difference).toBeUndefined();
    expect(result.edgesByActor).toHaveLength(4);
    expect(Math.min(...result.edgesByActor.slice(0, -1))).toBeGreaterThan(0);
    const two = createSystem({ ...tinyOptions, maxDomains: 2 }, TINY_CALLS);
    expect(conformLines(graphLines(two), two).difference).toBeUndefined();
  });

  test("the first step of a state is missed as any other is", () => {
    const firsts = edges.filter((edge) => !edge.first && of(edge.from)[0] === edge);
    expect(firsts.length).toBeGreaterThan(1);
    for (const edge of [firsts[0], firsts[firsts.length - 1]]) {
      const { difference } = conformLines(replaced(edge), system);
      expect(difference).toMatchObject({
        kind: "implementation-only",
        action: edge.action,
      });
    }
  });

  test("a step of the state before is none of the next state's", () => {
    // The arrays of steps are used again: the longer list leaves a step behind the shorter one.
    const pairs = edges.flatMap((last, i) => {
      const next = edges[i + 1];
      if (next === undefined || next.from === last.from) return [];
      const stale = of(last.from)[of(next.from).length];
      return stale === undefined ? [] : [{ stale, edge: of(next.from).at(-1) ?? next }];
    });
    expect(pairs.length).toBeGreaterThan(0);
    for (const { stale, edge } of pairs) {
      const added: EdgeLine = { ...edge, to: stale.to, action: stale.action, first: false };
      const at = graph.indexOf(edge) + (edge.first ? 2 : 1);
      const lines = [...graph.slice(0, at), added, ...graph.slice(at)];
      const { difference } = conformLines(lines, system);
      expect(difference).toMatchObject({ kind: "model-only", action: stale.action });
    }
  });
});
