import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { formatState, readTlcLog } from "../../src/index.js";
import { ROWS } from "../embedded/models.js";
import { PRINTED } from "../evaluate/printed.js";
import { describeTlc } from "../support/realTlc.js";
import { errorOf } from "../support/sandbox.js";
import { LOGGED } from "./models.js";
import { exitCodeOf, isUpToDate, logOf, printedBy, readRecorded, record } from "./recorded.js";

const COMPARED = ROWS.filter(({ differs }) => differs !== true);
const ALL = [...LOGGED, ...COMPARED.map(({ recorded }) => recorded), PRINTED];
/** The one that TLC is asked again, with each run of the tests. */
const ASKED = LOGGED.filter(({ name }) => name === "continue");

describeTlc("the recorded logs", (tools) => {
  // With this variable the logs of models that were changed are written anew. For another jar,
  // remove the folder before.
  if (process.env.RECORD_TLC_LOGS === "1") {
    it("are written anew", { timeout: 900_000 }, () => record(tools, ALL));
  }

  it.each(ASKED)("are what TLC prints: $name", async (model) => {
    const { log, exitCode } = await printedBy(tools, model);
    expect(log).toBe(readFileSync(logOf(model), "utf8"));
    expect(exitCode).toBe(exitCodeOf(model));
  });
});

describe("a recorded log", () => {
  it.each(ALL)("is that of the model as it is: $name", (model) => {
    expect(isUpToDate(model)).toBe(true);
  });

  it.each(LOGGED)("tells the verdict, counts and counterexample: $name", async (model) => {
    const outcome = await readRecorded(model);
    const { verdict } = outcome;
    expect(verdict).toMatchObject(model.verdict);
    expect(outcome).toMatchObject(model.outcome ?? {});
    const message = "message" in verdict ? verdict.message : "";
    expect(message).toContain(model.says ?? "");
    if (model.at !== undefined) {
      const location = "location" in verdict ? verdict.location : undefined;
      expect(`${location?.line}:${location?.column}`).toBe(model.at);
    }
    if (model.trace === undefined) return;
    const actions = outcome.trace.slice(1).map(({ action }) => action);
    const last = outcome.trace.at(-1)?.state;
    expect(`${actions.join(" ")}: ${last && formatState(last)}`).toBe(model.trace);
  });

  it.each(LOGGED)("is no verdict with an exit code that contradicts it: $name", async (model) => {
    const exitCode = exitCodeOf(model) === 12 ? 11 : 12;
    const error = await errorOf(readRecorded(model, { exitCode }));
    expect(error.code).toBe("TLC_UNEXPECTED_OUTPUT");
  });

  it.each(LOGGED)("has the same verdict when its exit code is not known: $name", async (model) => {
    const { exitCode: _, ...known } = { log: logOf(model), exitCode: 0 };
    const continueAfterViolation = model.options?.continueAfterViolation ?? false;
    const { verdict } = await readTlcLog({ ...known, continueAfterViolation });
    // Without the configuration it cannot be known that there was no behavior to check.
    const kind = model.name === "assumptions" ? "evaluation-error" : model.verdict.kind;
    expect(verdict.kind).toBe(kind);
  });
});
