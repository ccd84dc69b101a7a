/** What the abstract machine allows is what the mediator needs, and the mapping says when. */
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TlcTools } from "tla2tools-runner";
import { expect, test } from "vitest";
import { checkModel } from "../../verify/check/checkModel.js";
import { loadModel } from "../../verify/mediator/loadModel.js";
import { findEntry, readManifest } from "../../verify/model/manifest.js";
import { modelDirectory } from "../../verify/model/paths.js";
import { type Edit, mutate } from "../mutants/mutate.js";
import { temporaryDirectory } from "../support/temporary.js";
import { describeWithTlc } from "../support/tlc.js";

const root = temporaryDirectory();
const entries = readManifest();

/** What TLC says of a model when one text of a module is another one. */
async function verdictWith(model: string, module: string, edit: Edit, tools: TlcTools) {
  const directory = mkdtempSync(join(root, "models-"));
  cpSync(modelDirectory, directory, { recursive: true });
  const path = join(directory, `${module}.tla`);
  writeFileSync(path, mutate(readFileSync(path, "utf8"), edit));
  const changed = await loadModel(findEntry(entries, model), directory);
  return (await checkModel(changed, { engine: "tlc", tools })).verdict;
}

describeWithTlc("the hardened design does not refine the abstract machine when", (tools) => {
  test.each<[string, string, string, Edit]>([
    [
      "a buffer that is being filled may not be busy",
      "MCRefines1x2",
      "FfaAbstract",
      {
        find: '(rx[d] = "taken" \\/ MayBeFilled(v, d)) /\\ rx[d] # "unmapped" /\\ Refuses(v, BUSY)',
        replace: 'rx[d] = "taken" /\\ Refuses(v, BUSY)',
      },
    ],
    [
      "a buffer that is being filled may not be kept from the guest",
      "MCRefines1x2",
      "FfaAbstract",
      {
        find: '(rx[d] # "taken" \\/ MayBeFilled(v, d)) /\\ Refuses(v, DENIED)',
        replace: 'rx[d] # "taken" /\\ Refuses(v, DENIED)',
      },
    ],
    [
      "a TX buffer that is being read may not be busy",
      "MCRefinesMemory1x2",
      "FfaAbstract",
      { find: "    IN  \\/ MayBeSent(v) /\\ Refuses(v, BUSY)\n", replace: "    IN\n" },
    ],
    [
      "memory is shared before it can be reclaimed",
      "MCRefinesMemory1x2",
      "MCRefinement",
      {
        find: 'pc[v] \\in {"UnlockSpTx", "LockShmToLink", "LinkShm"}',
        replace: 'pc[v] = "UnlockSpTx"',
      },
    ],
  ])("%s", async (_, model, module, edit) => {
    const verdict = await verdictWith(model, module, edit, tools);
    expect(verdict).toBe("action-property RefinesAbstractProp");
  });
});

describeWithTlc("a call that does not return is found when", (tools) => {
  test("no vCPU has to go on", async () => {
    const edit = { find: "\\A a \\in Actors : SF_vars", replace: "\\A a \\in {} : SF_vars" };
    const model = findEntry(entries, "MCLive1x2");
    expect(model.expect.verdict).toBe("holds");
    const verdict = await verdictWith("MCLive1x2", "MCLiveness", edit, tools);
    expect(verdict).toMatch(/^temporal-property/);
  });
});
