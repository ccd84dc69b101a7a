/** Writes the generated parts of README.md: `npm run docs`. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../model/paths.js";
import { fillReadme } from "./readme.js";

const path = join(projectRoot, "README.md");
writeFileSync(path, fillReadme(readFileSync(path, "utf8")));
