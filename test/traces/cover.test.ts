/** Covers of the fewest steps, the bound that proves it, and the behaviors made of one. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Edges, lowerBoundOf, shortestCover } from "../../verify/traces/shortestCover.js";
import { shortestWay } from "../../verify/traces/shortestWay.js";
import { behaviorsOf } from "../../verify/traces/tour.js";

/** A graph from the lists of targets. */
function graphOf(lists: readonly (readonly number[])[]): Edges {
  const firstEdge = new Int32Array(lists.length + 1);
  for (const [s, { length }] of lists.entries()) firstEdge[s + 1] = firstEdge[s] + length;
  return { states: lists.length, firstEdge, targets: Int32Array.from(lists.flat()) };
}

const stepsOf = ({ targets }: Edges, extra: Int32Array): number =>
  extra.reduce((sum, more) => sum + more, targets.length);

/** Of one behavior for each edge: the shortest way to it, and the edge. */
function simpleSteps(graph: Edges): number {
  const waysTo = Array.from({ length: graph.states }, (_, s) => shortestWay(graph, s).length);
  return waysTo.reduce((sum, way, s) => {
    return sum + (way + 1) * (graph.firstEdge[s + 1] - graph.firstEdge[s]);
  }, 0);
}

/** State `s + 1` is a target of some state up to `s`, so that all are reached. */
const graphs = fc
  .array(
    fc.record({ from: fc.nat(), more: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 3 }) }),
    {
      maxLength: 25,
    },
  )
  .map((rows) => {
    const lists: number[][] = [[], ...rows.map(() => [])];
    for (const [s, { from }] of rows.entries()) lists[from % (s + 1)].push(s + 1);
    for (const { more } of rows) {
      for (const [from, to] of more) lists[from % lists.length].push(to % lists.length);
    }
    return graphOf(lists);
  });

describe("a cover", () => {
  test.each<[string, number[][], number]>([
    ["of no edge", [[]], 0],
    ["of a line", [[1], [2], []], 2],
    ["of parallel edges, which begin anew", [[1, 1], []], 2],
    ["of a fork behind a line: the line twice", [[1], [2, 3], [], []], 4],
    ["of a fork that comes back: the line once", [[1], [2, 2], [1]], 4],
    ["of a self-loop", [[0, 1], []], 2],
    ["of two ways that meet: the way on once", [[1, 2], [3], [3], [4], []], 5],
  ])("%s", (_, lists, steps) => {
    const graph = graphOf(lists);
    const { extra, potentials } = shortestCover(graph);
    expect([stepsOf(graph, extra), lowerBoundOf(graph, potentials)]).toEqual([steps, steps]);
  });

  test("has as few steps as the potentials allow, and no more than a simple one", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { extra, potentials } = shortestCover(graph);
        const steps = stepsOf(graph, extra);
        expect(Math.min(0, ...extra)).toBe(0);
        expect(lowerBoundOf(graph, potentials)).toBe(steps);
        expect(steps).toBeLessThanOrEqual(simpleSteps(graph));
      }),
      { numRuns: 200 },
    );
  });

  test("becomes behaviors that begin in state 0 and take each edge that often", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { extra } = shortestCover(graph);
        const { choices, lengths } = behaviorsOf(graph, extra);
        const taken = new Int32Array(graph.targets.length);
        let step = 0;
        for (const length of lengths) {
          expect(length).toBeGreaterThan(0);
          let state = 0;
          for (const end = step + length; step < end; step++) {
            const edge = graph.firstEdge[state] + choices[step];
            expect(edge).toBeLessThan(graph.firstEdge[state + 1]);
            taken[edge]++;
            state = graph.targets[edge];
          }
        }
        expect(step).toBe(choices.length);
        expect([...taken]).toEqual([...extra].map((more) => more + 1));
      }),
      { numRuns: 200 },
    );
  });

  test("is not looked for where a state cannot be reached", () => {
    expect(() => shortestCover(graphOf([[], [0, 0]]))).toThrow("cannot be reached");
  });

  test("that is no flow becomes no behaviors", () => {
    const line = graphOf([[1], [2], []]);
    expect(() => behaviorsOf(line, Int32Array.of(0, 1))).toThrow("no flow");
  });
});

describe("potentials prove nothing", () => {
  const line = graphOf([[1], [2], []]);
  test.each([
    ["where state 0 has one", [1, 1, 1], "state 0"],
    ["where one is below 0", [0, -1, 0], "state 1 is below 0"],
    ["where one grows too fast", [0, 1, 3], "grows by 2 along edge 1"],
  ])("%s", (_, potentials, message) => {
    expect(() => lowerBoundOf(line, Int32Array.from(potentials))).toThrow(message);
  });
});
