/** A counterexample that goes on for ever: from TLC, through a file, to the implementation. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkModel } from "../../verify/check/checkModel.js";
import { readTraceFile, writeTraceFile } from "../../verify/commands/traceFile.js";
import { systemOf } from "../../verify/mediator/createSystem.js";
import { replayTrace } from "../../verify/replay/replayTrace.js";
import { formatTrace } from "../../verify/report/modelTables.js";
import { mutate } from "../mutants/mutate.js";
import { temporaryDirectory } from "../support/temporary.js";
import { writeTestModel } from "../support/testModel.js";
import { describeWithTlc } from "../support/tlc.js";

describeWithTlc("a lasso", (tools) => {
  const directory = temporaryDirectory();

  test("that TLC finds is one in the file, and one of the implementation", async () => {
    const path = join(directory, "model");
    mkdirSync(path);
    const model = writeTestModel(path, {
      calls: '{ <<"VERSION", 101>> }',
      constants: { VcpusPerDomain: "= 1" },
      properties: ["CreatedProp"],
    });
    const properties = join(path, "Properties.tla");
    const added = { find: "TypeOK ==", replace: "CreatedProp == <>(vmCount = 99)\n\nTypeOK ==" };
    writeFileSync(properties, mutate(readFileSync(properties, "utf8"), added));
    const outcome = await checkModel(model, { engine: "tlc", tools });
    expect(outcome.verdict).toBe("temporal-property CreatedProp");
    expect(outcome.loop).toBe(outcome.trace.length - 1);
    const file = join(directory, "lasso.itf.json");
    writeTraceFile(file, { model: model.name, states: outcome.trace, loop: outcome.loop });
    const { states, loop } = readTraceFile(file);
    const system = systemOf(model);
    const result = replayTrace(system, states, { loop });
    expect(result).toMatchObject({ divergence: undefined, loop: outcome.loop });
    const run = { model, check: outcome, isCompared: false, replay: { system, result } };
    const rest = { conformance: undefined, digests: undefined, parting: undefined };
    const length = outcome.trace.length;
    expect(formatTrace({ ...run, ...rest })).toContain(
      `CreatedProp: ${length} states, and for ever on from state ${length}\n`,
    );
  });

  test("of two properties that TLC names neither of has no name", async () => {
    const path = join(directory, "two");
    mkdirSync(path);
    const model = writeTestModel(path, {
      calls: '{ <<"VERSION", 101>> }',
      constants: { VcpusPerDomain: "= 1" },
      properties: ["OneProp", "OtherProp"],
    });
    const properties = join(path, "Properties.tla");
    const text = "OneProp == <>(vmCount = 99)\nOtherProp == <>(vmCount = 98)\n\nTypeOK ==";
    const added = { find: "TypeOK ==", replace: text };
    writeFileSync(properties, mutate(readFileSync(properties, "utf8"), added));
    const { verdict } = await checkModel(model, { engine: "tlc", tools });
    expect(verdict).toBe("temporal-property");
  });
});
