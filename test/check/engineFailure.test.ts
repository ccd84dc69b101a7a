/** verify/check/engineFailure.ts: a run without an answer is an error, with its code and place. */
import type { TlcVerdict } from "tla2tools-runner";
import { expect, test } from "vitest";
import { throwIfNoAnswer } from "../../verify/check/engineFailure.js";
import { loadModel } from "../../verify/mediator/loadModel.js";
import { readManifest } from "../../verify/model/manifest.js";

const [entry] = readManifest();
const model = await loadModel(entry);
const message = "what the engine said";
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
  ["timed-out", "TLC_TIMED_OUT", "no answer in the time given", "--timeout SECONDS"],
])("%s", (kind, code, what, hint) => {
  const fields = { code, found: message, reproduce: "a command" };
  const failure = failing({ kind, message });
  const where = kind === "bad-cfg" ? model.cfgPath : model.specPath;
  expect(failure).toThrow(expect.objectContaining({ ...fields, where }));
  expect(failure).toThrow(what);
  expect(failure).toThrow(expect.objectContaining({ hint: expect.stringContaining(hint) }));
  const placed = failing({ kind, message, location });
  expect(placed).toThrow(expect.objectContaining({ ...fields, where: "M:3:5" }));
});

test.each(["holds", "invariant", "action-property", "temporal-property", "deadlock"])(
  "%s is an answer",
  (kind) => {
    expect(failing({ kind, message })).not.toThrow();
  },
);
