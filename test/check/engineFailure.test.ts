/** verify/check/engineFailure.ts: a run without an answer is an error, with its code and place. */
import type { TlcVerdict } from "tla2tools-runner";
import { expect, test } from "vitest";
import { throwIfNoAnswer, throwIfUnread } from "../../verify/check/engineFailure.js";
import { runModel } from "../../verify/check/runModel.js";
import { loadModel } from "../../verify/mediator/loadModel.js";
import { readManifest } from "../../verify/model/manifest.js";
import { fakeTools, message } from "../../verify/tla2tools-runner/test/support/fakeTlc.js";
import { Sandbox } from "../../verify/tla2tools-runner/test/support/sandbox.js";

const [entry] = readManifest();
const model = await loadModel(entry);
const saying = "what the engine said";
const location = { module: "M", line: 3, column: 5, endLine: 3, endColumn: 9 };

const failing = (verdict: object) => () => {
  throwIfNoAnswer(model, { verdict: verdict as TlcVerdict, reproduce: "a command" });
};

test.each([
  ["parse-error", "MODEL_PARSE_ERROR", "has a syntax error", "mend the module at this place"],
  ["semantic-error", "MODEL_SEMANTIC_ERROR", "does not make sense", "a name may be missing"],
  ["bad-cfg", "CFG_INVALID", "refuses the cfg", "give every constant"],
  ["evaluation-error", "MODEL_EVALUATION_ERROR", "cannot be evaluated", "mend the expression"],
  ["out-of-memory", "TLC_OUT_OF_MEMORY", "heap of TLC is too small", "--heap MiB"],
  ["killed", "TLC_KILLED", "was ended before there was an answer", "look for a lack of memory"],
  ["assumptions-hold", "MODEL_NOT_EXPLORED", "names no behavior", "give the cfg a SPECIFICATION"],
  ["simulated", "MODEL_NOT_EXPLORED", "drawn at random", "without -simulate"],
  ["stopped", "MODEL_NOT_EXPLORED", "before all states were explored", "TLCSet"],
  ["timed-out", "TLC_TIMED_OUT", "no answer in the time given", "--timeout SECONDS"],
])("%s", (kind, code, what, hint) => {
  const fields = { code, found: saying, reproduce: "a command" };
  const failure = failing({ kind, message: saying });
  const isOfCfg = kind === "bad-cfg" || kind === "assumptions-hold";
  const where = isOfCfg ? model.cfgPath : model.specPath;
  expect(failure).toThrow(expect.objectContaining({ ...fields, where }));
  expect(failure).toThrow(what);
  expect(failure).toThrow(expect.objectContaining({ hint: expect.stringContaining(hint) }));
  const placed = failing({ kind, message: saying, location });
  expect(placed).toThrow(expect.objectContaining({ ...fields, where: "M:3:5" }));
});

test.each([
  "holds",
  "invariant",
  "action-property",
  "temporal-property",
  "deadlock",
  "assertion",
  "postcondition",
])("%s is an answer", (kind) => {
  expect(failing({ kind, message: saying })).not.toThrow();
});

test("a counterexample with a state that cannot be read is no trace to replay", () => {
  const step = { action: "Next", parameters: undefined, location: undefined, state: new Map() };
  const trace = [
    { ...step, index: 1 },
    { ...step, index: 2, unread: "%&" },
  ];
  const said = { verdict: "invariant TypeOK", reproduce: "a command" };
  const refused = () => throwIfUnread(trace, said);
  const where = "state 2 of 2";
  const fields = { code: "TRACE_UNREADABLE", found: "%&", where, reproduce: "a command" };
  expect(refused).toThrow(expect.objectContaining(fields));
  expect(refused).toThrow("the verdict is invariant TypeOK");
  expect(() => throwIfUnread(trace.slice(0, 1), said)).not.toThrow();
});

test("TLC's verdict is said with such a state, and nothing is replayed", async () => {
  const box = new Sandbox();
  const output = [
    message(2262, 0, "TLC2 Version 2.18 of 20 March 2023"),
    message(2190, 0, "Finished computing initial states: 1 distinct state generated at 2026."),
    message(2110, 1, "Invariant TypeOK is violated."),
    message(2121, 1, "The behavior up to this point is:"),
    message(2217, 4, "1: <Initial predicate>\n%&\n"),
    message(2199, 0, "1 states generated, 1 distinct states found, 0 states left on queue."),
  ].join("");
  const tools = fakeTools(box, 'cat "$OUTPUT"; exit 12', output);
  const options = { engine: "tlc", tools, isCompared: () => false, onProgress: () => {} } as const;
  await expect(runModel(model, options)).rejects.toMatchObject({
    code: "TRACE_UNREADABLE",
    message: expect.stringContaining("the verdict is invariant TypeOK"),
    where: "state 1 of 1",
    found: "%&",
  });
});
