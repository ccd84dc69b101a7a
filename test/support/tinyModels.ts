/** A directory of models with a model of some hundred states, for what runs over any model. */
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { explore } from "../../verify/engine/explore.js";
import { systemOf } from "../../verify/mediator/createSystem.js";
import { loadModel } from "../../verify/mediator/loadModel.js";
import type { Model } from "../../verify/mediator/model.js";
import type { ManifestEntry } from "../../verify/model/manifestEntry.js";
import { modelDirectory } from "../../verify/model/paths.js";
import { coreSpecOf } from "../../verify/model/specActions.js";
import { mutate } from "../mutants/mutate.js";

const NAME = "MCTiny";

/** One domain with one vCPU that negotiates as pKVM does; its pins are what the explorer counts. */
export async function tinyModel(parent: string): Promise<Model> {
  const directory = mkdtempSync(join(parent, "models-"));
  cpSync(modelDirectory, directory, { recursive: true });
  const cfg = readFileSync(join(modelDirectory, "MCPkvm.cfg"), "utf8");
  const edit = { find: "VcpusPerDomain = 2", replace: "VcpusPerDomain = 1" };
  writeFileSync(join(directory, `${NAME}.cfg`), mutate(cfg, edit));
  const draft: ManifestEntry = {
    name: NAME,
    module: "MCNegotiation",
    about: "of a test",
    expect: { verdict: "holds" },
    conform: "always",
  };
  const model = await loadModel(draft, directory);
  const { distinct, generated, depth, generatedByAction } = await explore(systemOf(model));
  const actions = coreSpecOf(model.spec.modules, "model").actions.map(({ name }) => name);
  const entry: ManifestEntry = {
    ...draft,
    expect: { verdict: "holds", generated, distinct, depth },
    neverTaken: actions.filter((action) => !generatedByAction.has(action)),
  };
  writeManifest(directory, [entry]);
  return { ...model, ...entry };
}

export function writeManifest(directory: string, models: readonly ManifestEntry[]): void {
  const manifest = { about: "of a test", models };
  writeFileSync(join(directory, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}
