/** verify/conform: every word of what is said of a file that is no graph to compare. */
import { describe, expect, test } from "vitest";
import { GraphComparison } from "../../verify/conform/conform.js";
import { MOST_STEPS } from "../../verify/conform/dumpStates.js";
import { Stepper } from "../../verify/engine/stepper.js";
import { createSystem } from "../../verify/mediator/createSystem.js";
import type { System } from "../../verify/mediator/system.js";
import { VerifyError } from "../../verify/support/verifyError.js";
import { conformText } from "../support/conformLines.js";
import {
  type DumpLine,
  dumpText,
  graphLines,
  isEdge,
  isState,
  type StateLine,
  TINY_CALLS,
  tinyOptions,
  tinySystem,
} from "../support/graphDump.js";

const graph = graphLines(tinySystem());
const states = graph.filter(isState);
const edges = graph.filter(isEdge);

function refusalOf(run: () => unknown): Record<string, unknown> {
  try {
    run();
  } catch (error) {
    if (!(error instanceof VerifyError)) throw error;
    const { code, what, where, expected, found, hint } = error;
    return { code, what, where, expected, found, hint };
  }
  throw new Error("a refusal was expected");
}

const refused = (lines: readonly DumpLine[], system?: System) =>
  refusalOf(() => conformText(dumpText(lines), system));

/** The line of the file on which a line of a graph stands: three come before the first. */
const lineOf = (line: DumpLine, lines: readonly DumpLine[] = graph) => lines.indexOf(line) + 5;

const replaced = (old: DumpLine, ...by: readonly DumpLine[]): readonly DumpLine[] =>
  graph.flatMap((line) => (line === old ? by : [line]));

describe("a graph in another order than TLC's", () => {
  const malformed = {
    code: "DUMP_MALFORMED",
    what: "the state graph is not in the order in which TLC writes one",
    hint: "let TLC write it with one worker: ffa-verify conform MODEL",
  };

  test("names the line that is out of order", () => {
    const state = states[4];
    const lines = replaced(state);
    const next = graph[graph.indexOf(state) + 1];
    expect(refused(lines)).toEqual({ ...malformed, where: `line ${lineOf(next, lines)}` });
  });

  test("has no line to name where a state is missing at the end", () => {
    const first = graph.findIndex((line) => isEdge(line) && line.first);
    expect(refused(graph.slice(0, first + 1))).toEqual(malformed);
  });

  test("is no less so when its first edge is from the fingerprint 0", () => {
    const comparison = new GraphComparison(new Stepper(tinySystem()));
    const zero = { head: 0, tail: 0 };
    expect(refusalOf(() => comparison.edge(zero, zero, "GiveRx", undefined, 7))).toEqual({
      ...malformed,
      where: "line 7",
    });
  });
});

test("one state under two names", () => {
  const [edge] = edges.filter(({ first }) => !first);
  const double: StateLine = { ...states[edge.to], id: states.length };
  const lines = replaced(edge, { ...edge, to: double.id }, double);
  expect(refused(lines)).toEqual({
    code: "DUMP_MALFORMED",
    what: "the state graph has one state under two names",
    where: `line ${lineOf(double, lines)}`,
    hint: "let TLC write it again: ffa-verify conform MODEL",
  });
});

test("no state at all", () => {
  expect(refused([])).toEqual({
    code: "DUMP_TRUNCATED",
    what: "the state graph has no state",
    hint: "check the model's Init; let TLC write the graph again",
  });
});

test("more steps than are kept", () => {
  const system = createSystem(
    tinyOptions,
    Array.from({ length: MOST_STEPS }, () => TINY_CALLS[0]),
  );
  expect(refused(graphLines(system), system)).toEqual({
    code: "TOO_MANY_STEPS",
    what: `a state offers more than ${MOST_STEPS} steps`,
    hint: "give the model fewer calls, or raise MATCH_WORDS in verify/conform/dumpStates.ts",
  });
});

describe("a graph of another model says what was expected", () => {
  const other = (expected: readonly string[], found: unknown) => ({
    code: "DUMP_OTHER_MODEL",
    what: "the state graph is one of another model, or of other bounds",
    expected: expected.join(", "),
    found,
    hint: "let TLC write the graph of this very model: ffa-verify conform MODEL",
  });
  const [initial] = states;
  const names = [...initial.text.keys()];
  const withFirst = (text: StateLine["text"]) => replaced(initial, { ...initial, text });

  test.each([
    ["without one of its variables", names.slice(0, -1)],
    ["with one more", [...names, "extra"]],
    ["with as many, one of which is another", [...names.slice(0, -1), "other"]],
  ])("%s", (_, given) => {
    const text = new Map(given.map((name) => [name, initial.text.get(name) ?? "0"]));
    expect(refused(withFirst(text))).toEqual(other(names, given.join(", ")));
  });

  test("in a state behind the first", () => {
    const [, second] = states;
    const text = new Map([...second.text].map(([name, value]) => [`${name}x`, value]));
    const found = [...text].map(([name, value]) => `/\\\\ ${name} = ${value}`).join(" ");
    const refusal = refused(replaced(second, { ...second, text }));
    expect(refusal).toEqual(other(names, found.replaceAll('"', '\\"').slice(0, 400)));
    expect(String(refusal.found)).toHaveLength(400);
  });

  test.each([
    ["pc", "5", "pc of 3 elements", ""],
    ["call", "5", "call of 1 elements", ""],
    ["work", "<<1, 2>>", "work of 3 elements", "1, 2"],
    ["call", '<< <<"RX_RELEASE", 0>> >>', undefined, '<<"RX_RELEASE", 0>>'],
  ])("%s = %s", (variable, value, expected, found) => {
    const calls = ["<<>>", '<<"VERSION", 101>>', '<<"ID_GET", 0>>'];
    const text = new Map(initial.text).set(variable, value);
    expect(refused(withFirst(text))).toEqual(
      other(expected === undefined ? calls : [expected], found),
    );
  });
});
