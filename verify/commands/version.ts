/** What `ffa-verify --version` prints: the package, and the jars of TLC that it is pinned to. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { KNOWN_JARS } from "tla2tools-runner";
import { projectRoot } from "../model/paths.js";

export function versionText(): string {
  const text = readFileSync(join(projectRoot, "package.json"), "utf8");
  const { name, version } = JSON.parse(text) as { name: string; version: string };
  const jars = KNOWN_JARS.map((jar) => `TLC ${jar.version}, ${jar.origin}`);
  return [`${name} ${version}`, ...jars].join("\n");
}
