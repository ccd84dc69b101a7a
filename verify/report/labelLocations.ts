/**
 * Where each step is in the code, found by its label. This is a quick scan of the text for
 * people's tables at run time; a test compares it with what the static rules find in the syntax.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../model/paths.js";
import type { SourcePlace } from "../model/specActions.js";

/** A string literal that is the last argument of a call; that of `fixed` is no label. */
const LAST_ARGUMENT = /(?<!fixed\([\w.]+),\s*"([A-Z]\w*)",?\s*\)/g;

/** Label -> every place of src/ that has it, by file and line. @throws when src/ is not there. */
export function labelLocations(root = projectRoot): ReadonlyMap<string, readonly SourcePlace[]> {
  const found = new Map<string, SourcePlace[]>();
  for (const name of readdirSync(join(root, "src")).sort()) {
    if (!name.endsWith(".ts")) continue;
    const file = `src/${name}`;
    const text = readFileSync(join(root, file), "utf8");
    for (const match of text.matchAll(LAST_ARGUMENT)) {
      const index = match.index + match[0].indexOf('"');
      const before = text.slice(0, index);
      const place = {
        file,
        line: before.split("\n").length,
        column: index - before.lastIndexOf("\n"),
      };
      found.set(match[1], [...(found.get(match[1]) ?? []), place]);
    }
  }
  return found;
}
