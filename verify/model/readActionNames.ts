/** The actions of the core spec, in the order in which a call meets them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { coreModule, modelDirectory } from "./paths.js";
import { readSpecModule } from "./specActions.js";

/** @throws VerifyError SPEC_MALFORMED */
export function readActionNames(directory = modelDirectory): readonly string[] {
  const file = `${coreModule}.tla`;
  const { actions } = readSpecModule(readFileSync(join(directory, file), "utf8"), file);
  return actions.map(({ name }) => name);
}
