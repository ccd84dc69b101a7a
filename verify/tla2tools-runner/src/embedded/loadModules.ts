import { readFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { standardModules } from "../module/TlaModule.js";
import { findModule } from "../support/findModule.js";
import { ToolError } from "../support/ToolError.js";
import { splitModule, type Unit } from "./splitModule.js";
import { unsupported } from "./unsupported.js";

/**
 * Reads a module and all local modules that it extends, and theirs.
 *
 * @returns The units of all of them; those of an extended module come before those of the module
 *   that extends it.
 * @throws ToolError EMBEDDED_MODULE_NOT_FOUND or EMBEDDED_UNSUPPORTED.
 */
export async function loadModules(spec: string, libraries: readonly string[]): Promise<Unit[]> {
  const directories = [dirname(spec), ...libraries];
  const loaded = new Map<string, Unit[]>();
  const load = async (file: string): Promise<void> => {
    const units = splitModule(await readFile(file, "utf8"), file);
    for (const { unit, name } of extended(units)) {
      if (loaded.has(name)) continue;
      const local = await findModule(name, directories);
      if (local === undefined && !standardModules.has(name))
        throw notFound(name, unit, directories);
      loaded.set(name, []);
      if (local !== undefined) await load(local.file);
    }
    const name = basename(file, ".tla");
    // Deleting first puts the module behind those that were loaded on its behalf.
    loaded.delete(name);
    loaded.set(name, units);
  };
  await load(spec);
  return [...loaded.values()].flat();
}

function extended(units: readonly Unit[]): { unit: Unit; name: string }[] {
  return units
    .filter((unit) => unit.kind === "extends")
    .flatMap((unit) =>
      unit.tokens
        .slice(1)
        .filter((token) => token.kind === "word")
        .map((token) => ({ unit, name: token.text })),
    );
}

function notFound(name: string, unit: Unit, directories: readonly string[]): ToolError {
  const where = `${unit.file}:${unit.line}:1`;
  if (["Reals", "RealTime", "Bags", "Randomization", "TLCExt"].includes(name)) {
    return unsupported(`it extends the standard module ${name}`, where);
  }
  return new ToolError({
    code: "EMBEDDED_MODULE_NOT_FOUND",
    what: `the module ${name} was not found`,
    where,
    expected: `a standard module, or ${name}.tla in one of the directories`,
    found: directories.join("\n"),
    hint: "Put the module beside the one that extends it, or name its directory in `libraries`.",
  });
}
