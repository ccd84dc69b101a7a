/** The project's models with one text of one module changed, as a reviewer would change it. */
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compileModule, parseModule, type TlcTools } from "tla2tools-runner";
import { compiledName } from "../../verify/model/compiledForm.js";
import { modelDirectory } from "../../verify/model/paths.js";
import type { Edit } from "../mutants/mutate.js";
import { mutate } from "../mutants/mutate.js";
import { editedModule } from "./testModel.js";

/**
 * Copies the models into a new directory under `parent`, makes the change there, and compiles what
 * MCNegotiation has of it, so that not each command that is run on it has to parse it anew.
 */
export async function changedSpec(parent: string, change: Edit, tools: TlcTools): Promise<string> {
  const directory = mkdtempSync(join(parent, "spec-"));
  cpSync(modelDirectory, directory, { recursive: true });
  const path = join(directory, `${editedModule(change)}.tla`);
  writeFileSync(path, mutate(readFileSync(path, "utf8"), change));
  const { modules } = await parseModule({ spec: join(directory, "MCNegotiation.tla"), tools });
  for (const module of modules) {
    writeFileSync(join(directory, compiledName(module.name)), compileModule(module));
  }
  return directory;
}
