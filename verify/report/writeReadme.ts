/** Writes the generated parts of pages, and model/Presets.tla: `npm run docs`. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PRESETS_FILE, presetsModule } from "../mediator/presetsModule.js";
import { projectRoot } from "../model/paths.js";
import { fillReadme, PAGES } from "./readme.js";

writeFileSync(join(projectRoot, PRESETS_FILE), presetsModule());
for (const page of PAGES) {
  const path = join(projectRoot, page);
  writeFileSync(path, await fillReadme(readFileSync(path, "utf8")));
}
