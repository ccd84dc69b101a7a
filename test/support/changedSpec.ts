/** The project's models with one text of one module changed, as a reviewer would change it. */
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { modelDirectory } from "../../verify/model/paths.js";
import type { Edit } from "../mutants/mutate.js";
import { mutate } from "../mutants/mutate.js";
import { editedModule } from "./testModel.js";

/** Copies the models into a new directory under `parent`, and makes the change there. */
export function changedSpec(parent: string, change: Edit): string {
  const directory = mkdtempSync(join(parent, "spec-"));
  cpSync(modelDirectory, directory, { recursive: true });
  const path = join(directory, `${editedModule(change)}.tla`);
  writeFileSync(path, mutate(readFileSync(path, "utf8"), change));
  return directory;
}
