/** The compiled form of a module: where it is kept, and whether it is that of the present text. */
import { createHash } from "node:crypto";
import { basename } from "node:path";
import { readCompiled, type TlaModule, ToolError } from "tla2tools-runner";

/** The folder of the compiled forms, beside the modules. */
export const COMPILED = "compiled";

export const compiledName = (module: string): string => `${COMPILED}/${module}.json`;

/** SHA-256 of a module's text, as its compiled form has it. */
export const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/**
 * Reads a compiled form, if it is that of a module's present text.
 *
 * @param compiled The content of the file; undefined when there is none.
 * @returns The module, or why it must be compiled anew.
 */
export function readFresh(
  compiled: string | undefined,
  path: string,
  name: string,
  sha256: string,
): TlaModule | string {
  if (compiled === undefined) return "there is no compiled form";
  const module = readOrReason(compiled, path);
  if (typeof module === "string") return module;
  if (module.name !== name) return `the compiled form is that of ${module.name}`;
  if (module.sha256 !== sha256) return "the text has changed since it was compiled";
  return module;
}

/** The last form of each module that was read: the models of a directory share their modules. */
const lastRead = new Map<string, { readonly compiled: string; readonly module: TlaModule }>();

function readOrReason(compiled: string, path: string): TlaModule | string {
  const last = lastRead.get(basename(path));
  if (last?.compiled === compiled) return last.module;
  try {
    const module = readCompiled(compiled, path);
    lastRead.set(basename(path), { compiled, module });
    return module;
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return `the compiled form cannot be read: ${error.found ?? error.what}`;
  }
}
