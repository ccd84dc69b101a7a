/** Defects seeded in src/: each is caught, and the test says by which oracle. */
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { atMost } from "../support/atMost.js";
import { temporaryDirectory } from "../support/temporary.js";
import { checkModel, writeTestModel } from "../support/testModel.js";
import { describeWithTlc } from "../support/tlc.js";
import { codeMutants } from "./codeMutants.js";
import type { DriverTask } from "./driver.js";
import { guestScript } from "./guestScript.js";
import { type CodeMutant, compileProject, runMutant } from "./mutatedCode.js";

/** With 1.0 the entries of the SPs fit into RX, with 1.1 they do not. */
const calls = `{ <<"VERSION", 100>>, <<"VERSION", 101>>, <<"VERSION", 10100>>,
      <<"PARTITION_INFO_GET", 0>>, <<"PARTITION_INFO_GET", 1>>, <<"RX_RELEASE", 0>> }`;

describeWithTlc("a defect seeded in the code is caught", (tools) => {
  const directory = temporaryDirectory();
  const project = join(directory, "project");
  let task: DriverTask;
  let started = 0;
  const twoAtATime = atMost(2);
  const caughtBy = (mutant: CodeMutant) =>
    twoAtATime(() => runMutant(project, join(directory, `mutant${++started}`), mutant, task));

  beforeAll(async () => {
    const model = writeTestModel(directory, { calls });
    const dump = join(directory, "graph.dot");
    await checkModel(model, tools, dump);
    task = { options: model.options, calls: model.calls, dump, script: guestScript() };
    compileProject(project);
  });

  for (const { oracle, ...mutant } of codeMutants) {
    test.concurrent(`${mutant.name} (${oracle})`, async () => {
      const caught = await caughtBy(mutant);
      expect(caught.map((each) => each.slice(0, oracle.length))).toContain(oracle);
    });
  }

  describe("the oracles themselves", () => {
    const file = "negotiateVersion.ts";

    test("the code as it is passes them all", async () => {
      const same = { name: "none", file, find: "// A sibling", replace: "// Another" };
      expect(await caughtBy(same)).toEqual([]);
    });

    test("a mutant whose text is not there once is an error", async () => {
      const missing = { name: "missing", file, find: "not in that file", replace: "" };
      await expect(caughtBy(missing)).rejects.toThrow("is there 0 times");
      const often = { name: "often", file, find: "yield*", replace: "" };
      await expect(caughtBy(often)).rejects.toThrow(/is there \d+ times/);
    });
  });
});
