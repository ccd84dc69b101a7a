/**
 * Traces that leave the project, in the reader that others have: itf-py, where Python has it. What
 * it reads and writes again are the same states here.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { formatItf, parseItf, parseValue } from "tla2tools-runner";
import { describe, expect, test } from "vitest";
import { writeTraceFile } from "../../verify/commands/traceFile.js";
import { behaviorStates } from "../../verify/traces/behaviorStates.js";
import { tinySystem } from "../support/graphDump.js";
import { temporaryDirectory } from "../support/temporary.js";
import { tracesOf } from "../support/tinyTraces.js";

/** Reads a trace and writes it again; each state must have the variables that the trace names. */
const AGAIN = `
import json, sys
from itf_py import trace_from_json, trace_to_json
trace = trace_from_json(json.load(open(sys.argv[1])))
assert trace.states and all(sorted(s.values) == sorted(trace.vars) for s in trace.states)
json.dump(trace_to_json(trace), open(sys.argv[2], "w"))
`;

const python = (...args: readonly string[]) => spawnSync("python3", args, { encoding: "utf8" });
const isThere = python("-c", "import itf_py").status === 0;

/** A corpus' longest values, and values of every form that the format has one for. */
const { graph, behaviors } = tracesOf(tinySystem());
const { states } = behaviorStates({ graph, behaviors }, 0);
const everyForm = [
  ["integer", "-7"],
  ["large", "170141183460469231731687303715884105728"],
  ["truth", "TRUE"],
  ["text", '"a\\"b"'],
  ["tuple", '<<1, <<>>, {<<2>>, <<"x">>}>>'],
  ["set", "{{}, {1, 2}}"],
  ["map", "(1 :> {TRUE} @@ 5 :> {})"],
  ["record", '[a |-> 1, b_2 |-> <<"c">>]'],
] as const;

if (isThere) {
  describe("itf-py", () => {
    const directory = temporaryDirectory();

    test.each<[string, readonly ReadonlyMap<string, string>[]]>([
      ["a behavior of a model", states],
      ["values of every form", [new Map(everyForm), new Map(everyForm)]],
    ])("reads %s, and what it writes is the same trace", (_, texts) => {
      const [ours, theirs] = [join(directory, "ours.json"), join(directory, "theirs.json")];
      const values = texts.map((text) => {
        return new Map([...text].map(([name, value]) => [name, parseValue(value)]));
      });
      writeTraceFile(ours, { model: "MCTiny", states: values, loop: texts.length - 1 });
      const run = python("-c", AGAIN, ours, theirs);
      expect([run.status, run.stderr]).toEqual([0, ""]);
      const again = parseItf(readFileSync(theirs, "utf8"), theirs);
      expect(again.loop).toBe(texts.length - 1);
      expect(formatItf({ ...again, meta: {} })).toBe(
        formatItf({ ...parseItf(readFileSync(ours, "utf8"), ours), meta: {} }),
      );
    });
  });
} else {
  test("itf-py is not there: nothing was read by it (pip install itf-py)", () => {
    expect(isThere).toBe(false);
  });
}
