/** TLC's dump in memory: the same graph in the same order, however TLC came upon it. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { OK, RETRY } from "../../src/abi.js";
import { PROPERTY_TOLD_OF_VMS } from "../../src/partitionEntry.js";
import { Stepper } from "../../verify/engine/stepper.js";
import { createSystem } from "../../verify/mediator/createSystem.js";
import { VerifyError } from "../../verify/support/verifyError.js";
import { encodeContent } from "../../verify/traces/content.js";
import { makeTraces } from "../../verify/traces/makeTraces.js";
import { actionOfKind, actorOfKind, stateTextAt } from "../../verify/traces/modelGraph.js";
import {
  type DumpLine,
  graphLines,
  isEdge,
  isState,
  tinyOptions,
  tinySystem,
} from "../support/graphDump.js";
import { graphOfLines } from "../support/tinyTraces.js";

const told = { id: 0x8001, executionContexts: 1, properties: PROPERTY_TOLD_OF_VMS };
const sharing = createSystem(
  { ...tinyOptions, securePartitions: [told], secureAnswers: [OK, RETRY], txContents: [20] },
  [
    { name: "VERSION", argument: 101 },
    { name: "MEM_SHARE", argument: 0 },
  ],
);
const lines = graphLines(sharing);

/** The order of states and of edges is another, and so are the names that states have. */
function inOtherOrder(numbers: readonly number[]): readonly DumpLine[] {
  const order = lines.map((line, i) => ({ line, at: numbers[i % numbers.length] * (i % 7) }));
  const again = ({ line }: { line: DumpLine }): DumpLine => {
    const renamed = (id: number) => 5000 - id;
    if (!isState(line)) return { ...line, from: renamed(line.from), to: renamed(line.to) };
    const text = new Map([...line.text].reverse());
    return { ...line, id: line.id === 0 ? 0 : renamed(line.id), text };
  };
  // State 0 is the one that is marked as initial.
  const fixed = (line: DumpLine): DumpLine =>
    isEdge(line)
      ? { ...line, from: line.from === 5000 ? 0 : line.from, to: line.to === 5000 ? 0 : line.to }
      : line;
  return order
    .toSorted((a, b) => a.at - b.at)
    .map(again)
    .map(fixed);
}

describe("a graph", () => {
  const graph = graphOfLines(lines);

  test("has every state with the texts that were in the dump", () => {
    const textOf = (text: ReadonlyMap<string, string>) =>
      JSON.stringify([...text].sort(([a], [b]) => (a < b ? -1 : 1)));
    const all = Array.from({ length: graph.states }, (_, s) => textOf(stateTextAt(graph, s)));
    expect(new Set(all)).toEqual(new Set(lines.filter(isState).map(({ text }) => textOf(text))));
    expect(all).toHaveLength(lines.filter(isState).length);
    expect(graph.targets).toHaveLength(lines.filter(isEdge).length);
  });

  test("has every edge with its actor and its action", () => {
    const found = new Map<string, number>();
    const stepper = new Stepper(sharing);
    const count = (key: string, by: number) => found.set(key, (found.get(key) ?? 0) + by);
    for (const kind of graph.kinds)
      count(`${actorOfKind(graph, kind)} ${actionOfKind(graph, kind)}`, 1);
    // The implementation's own graph: the same steps, each as often.
    const seen = new Set<string>();
    const queue = [stepper.initial];
    for (const words of queue) {
      if (seen.has(words.join())) continue;
      seen.add(words.join());
      stepper.forEachStep(words, 0, (actor, { label }, successor) => {
        count(`${actor} ${label}`, -1);
        queue.push(successor.slice());
      });
    }
    expect([...found].filter(([, often]) => often !== 0)).toEqual([]);
  });

  test("gives the same bytes in whatever order TLC wrote it", () => {
    const bytes = encodeContent(makeTraces(graph));
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 1000 }), { minLength: 3, maxLength: 40 }), (numbers) => {
        const again = encodeContent(makeTraces(graphOfLines(inOtherOrder(numbers))));
        expect(again.equals(bytes)).toBe(true);
      }),
      { numRuns: 5 },
    );
  });
});

describe("a dump is refused", () => {
  const tiny = graphLines(tinySystem());
  const states = tiny.filter(isState);
  const changed = (variable: string, value: string): readonly DumpLine[] =>
    tiny.map((line) =>
      isState(line) ? { ...line, text: new Map([...line.text, [variable, value]]) } : line,
    );
  const refused = (altered: readonly DumpLine[]): VerifyError => {
    try {
      graphOfLines(altered);
    } catch (error) {
      if (error instanceof VerifyError) return error;
      throw error;
    }
    throw new Error("the dump was taken");
  };

  test.each<[string, readonly DumpLine[], string, RegExp]>([
    ["that names a state twice", [...tiny, states[2]], "DUMP_MALFORMED", /names a state twice/],
    ["with two initial states", [...tiny, { ...states[0], id: 0 }], "DUMP_MALFORMED", /twice/],
    ["without an initial state", tiny.slice(1), "DUMP_MALFORMED", /has no initial state/],
    [
      "with an edge into no state",
      tiny.filter((line) => line !== states[5]),
      "DUMP_MALFORMED",
      /has an edge into no state/,
    ],
    ["without a pc", changed("pc", "<<>>"), "DUMP_OTHER_MODEL", /no variable pc/],
    [
      "whose states have other variables",
      tiny.map((line) =>
        line === states[3] ? { ...states[3], text: new Map([["a", "1"]]) } : line,
      ),
      "DUMP_OTHER_MODEL",
      /other variables/,
    ],
    [
      "with a step of nobody",
      [...tiny, { kind: "edge", from: 3, to: 3, action: "Nothing", first: false }],
      "DUMP_MALFORMED",
      /step Nothing that is nobody's/,
    ],
  ])("%s", (_, altered, code, what) => {
    const error = refused(altered);
    expect(error.code).toBe(code);
    expect(error.what).toMatch(what);
  });
});
