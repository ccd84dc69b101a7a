/** verify/graph/dumpReader.ts: what it reads, and the code of every file that it refuses. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runTlc } from "tla2tools-runner";
import { describe, expect, test } from "vitest";
import { readDump } from "../../verify/graph/dumpReader.js";
import { variablesOf } from "../../verify/graph/dumpText.js";
import { VerifyError } from "../../verify/support/verifyError.js";
import { temporaryDirectory } from "../support/temporary.js";
import { describeWithTlc } from "../support/tlc.js";

const directory = temporaryDirectory();

function read(text: string | Uint8Array): readonly string[] {
  const path = join(directory, "graph.dot");
  writeFileSync(path, text);
  const seen: string[] = [];
  readDump(path, {
    state: (id, label, initial, line) => {
      seen.push(`${line} state ${id.head}/${id.tail} ${label}${initial ? " initial" : ""}`);
    },
    edge: (from, to, action, parameters, line) => {
      const given = parameters === undefined ? "" : ` with ${parameters}`;
      seen.push(`${line} edge ${from.head}/${from.tail} ${to.head}/${to.tail} ${action}${given}`);
    },
  });
  return seen;
}

function errorOf(action: () => unknown): VerifyError {
  try {
    action();
  } catch (error) {
    if (error instanceof VerifyError) return error;
    throw error;
  }
  throw new Error("an error was expected");
}

const HEADER = "strict digraph DiskGraph {\n";
const STATE = '-6444114716610958007 [label="/\\\\ n = 0",style = filled]\n';
const EDGE = '-6444114716610958007 -> 12345678901234 [label="Act",color="black"];\n';

test("states and edges come in order, with their lines and exact fingerprints", () => {
  expect(read(`${HEADER}${STATE}${EDGE}${EDGE}}`)).toEqual([
    "2 state -6444114716/1610958007 /\\\\ n = 0 initial",
    "3 edge -6444114716/1610958007 1234567890/11234 Act",
    "4 edge -6444114716/1610958007 1234567890/11234 Act",
  ]);
});

test("a line may lie across two chunks of the file", () => {
  const label = `/\\\\ n = ${"1".repeat(1_500_000)}`;
  expect(read(`${HEADER}1 [label="${label}"];\n${EDGE}}`)).toHaveLength(2);
});

test("strings keep their characters, also where one lies across two chunks of the file", () => {
  const [before] = read(`${HEADER}1 [label=""];\n}`);
  expect(before).toBe("2 state 1/1 ");
  // Of these lengths one puts each byte of the last character into the next chunk of 1 MiB.
  const start = `${HEADER}1 [label="`.length;
  for (const missing of [0, 1, 2, 3]) {
    const label = `é${"x".repeat(2 ** 20 - start - 2 - missing)}日`;
    expect(read(`${HEADER}1 [label="${label}"];\n}`)).toEqual([`2 state 1/1 ${label}`]);
  }
});

test("a graph in another encoding is refused, with the line", () => {
  const text = `${HEADER}1 [label="a"];\n2 [label="é"];\n}`;
  const error = errorOf(() => read(Buffer.from(text, "latin1")));
  expect(error).toMatchObject({
    code: "DUMP_MALFORMED",
    message: expect.stringContaining("bytes that are not UTF-8"),
    where: `${join(directory, "graph.dot")}:3:1`,
  });
});

describeWithTlc("TLC", (tools) => {
  test("writes strings as they are: é, 日, quotes and backslashes", async () => {
    const spec = join(directory, "Strings.tla");
    const said = ['"é ü"', '"日"', '"\\" \\\\"'];
    const body = `EXTENDS Naturals, Sequences\nVARIABLE n, x\nSaid == <<${said}>>\n`;
    const step = "Init == n = 1 /\\ x = Said[1]\nNext == n < 3 /\\ n' = n + 1 /\\ x' = Said[n + 1]";
    writeFileSync(spec, `---- MODULE Strings ----\n${body}${step}\n====\n`);
    writeFileSync(spec.replace(".tla", ".cfg"), "INIT Init\nNEXT Next\nCHECK_DEADLOCK FALSE\n");
    const dump = join(directory, "strings.dot");
    const result = await runTlc({ spec, dump, tools, isShort: true });
    expect(result.verdict).toEqual({ kind: "holds" });
    const states: string[][] = [];
    readDump(dump, {
      state: (_, text) => states.push(variablesOf(text).map(([, value]) => value)),
      edge: () => {},
    });
    expect(states).toEqual(said.map((value, i) => [String(i + 1), value]));
  });
});

test("fingerprints that differ only in leading zeros behind the tenth digit differ", () => {
  const [one, other] = read(`${HEADER}12345678900 [label="a"];\n1234567890 [label="b"];\n}`);
  expect(one.split(" ")[2]).not.toBe(other.split(" ")[2]);
});

/** Forms that TLC's DotStateWriter has: that of 2.18 and those of the versions after it. */
describe("forms of TLC's graph", () => {
  const [one, two] = ["7944491767500272162", "-3515314887663749982"];
  const lines = (...of: readonly string[]) => read(`${HEADER}${of.join("\n")}\n}`);

  test("the state is the tooltip where there is one; the label may be an ALIAS", () => {
    expect(lines(`${one} [label="/\\\\ a = 2",tooltip="/\\\\ n = \\"x\\""];`)).toEqual([
      '2 state 7944491767/1500272162 /\\\\ n = \\"x\\"',
    ]);
  });

  test("a value that looks like the attributes of a state is one", () => {
    const value = '\\"\\",tooltip=\\"\\\\\\",style = filled]\\"';
    const state = `/\\\\ n = ${value}`;
    expect(lines(`${one} [label="${state}",tooltip="${state}"];`)).toEqual([
      `2 state 7944491767/1500272162 ${state}`,
    ]);
    expect(lines(`${one} [label="${state}"];`)).toEqual([`2 state 7944491767/1500272162 ${state}`]);
    expect(lines(`${one} [label="${state}",style = filled]`)).toEqual([
      `2 state 7944491767/1500272162 ${state} initial`,
    ]);
  });

  test.each([
    ['label="Go(\\"a\\\\\\"b\\",1)",color="black",fontcolor="black"', 'Go with "a\\"b",1'],
    ['label="Go(\\"c, d\\",1)",color="2",fontcolor="2"', 'Go with "c, d",1'],
    ['label="Go(\\"x -> y [label=\\",1)",color="2"', 'Go with "x -> y [label=",1'],
    ['label="Go(\\"\\\\n(\\\\\\\\)\\",1)",color="2"', 'Go with "\\n(\\\\)",1'],
    ['label="M!Go(<<1, (2 :> 3)>>)"', "M!Go with <<1, (2 :> 3)>>"],
    ['label="Stay",color="black",fontcolor="black"', "Stay"],
  ])("an edge with %s", (attributes, expected) => {
    expect(lines(`${one} -> ${two} [${attributes}];`)).toEqual([
      `2 edge 7944491767/1500272162 -3515314887/1663749982 ${expected}`,
    ]);
  });

  test.each(['style="dashed"', 'style="dashed",color="lightgray"'])(
    "the stuttering step %s, which liveness adds, is none of the model",
    (attributes) => expect(lines(`${one} -> ${one} [${attributes}];`)).toEqual([]),
  );

  test("a graph in colours has a legend behind it", () => {
    const legend = 'subgraph cluster_legend {graph[style=bold];label = "Actions"';
    const node = 'node [ labeljust="l",colorscheme="paired12",style=filled,shape=record ]';
    const end = ["}", legend, node, 'Go [label="Go",fillcolor=2]', "}}"].join("\n");
    expect(read(`${HEADER}${STATE}${end}`)).toHaveLength(1);
  });

  test.each([
    [
      "a state that a constraint excludes",
      `${one} [label="n = 3",tooltip="n = 3",style = filled, fillcolor=lightyellow];`,
    ],
    [
      "an edge into one, whose label has two lines",
      `${one} -> ${two} [label="Go(2)\nline 8, col 8 of module M",color="black"];`,
    ],
  ])("%s is refused: it is no part of the model", (_, line) => {
    expect(errorOf(() => lines(line)).code).toBe("DUMP_MALFORMED");
  });
});

describe("a file that is refused", () => {
  test.each([
    ["empty", "", "DUMP_TRUNCATED"],
    ["cut within a line", `${HEADER}${STATE}${EDGE.slice(0, 30)}`, "DUMP_TRUNCATED"],
    ["cut behind a line", `${HEADER}${STATE}${EDGE}`, "DUMP_TRUNCATED"],
    ["no dump at all", "[ITF]\n}", "DUMP_MALFORMED"],
    ["an edge without its action", `${HEADER}1 -> 2;\n}`, "DUMP_MALFORMED"],
    ["a state without an end", `${HEADER}1 [label="\n}`, "DUMP_MALFORMED"],
    ["a line that is neither", `${HEADER}1 ?\n}`, "DUMP_MALFORMED"],
  ])("%s: its code, its place and a hint", (_, text, code) => {
    const error = errorOf(() => read(text));
    expect(error.code).toBe(code);
    expect(error.where).toMatch(/graph\.dot:\d+:1$/);
    expect(error.hint).toBeTruthy();
  });

  test("a file that is not there", () => {
    const visitor = { state: () => {}, edge: () => {} };
    const missing = errorOf(() => readDump(join(directory, "missing.dot"), visitor));
    expect(missing.code).toBe("DUMP_UNREADABLE");
  });

  test("a directory", () => {
    const visitor = { state: () => {}, edge: () => {} };
    const path = join(directory, "a-directory.dot");
    mkdirSync(path);
    expect(errorOf(() => readDump(path, visitor)).code).toBe("DUMP_UNREADABLE");
  });
});
