/** A module of model/ with all that it extends, as trees, without Java where it can be. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type Environment,
  findModuleTexts,
  locateTools,
  type ModuleText,
  type ParsedSpec,
  parseModule,
  type TlaModule,
  type TlcTools,
  ToolError,
} from "tla2tools-runner";
import { VerifyError } from "../support/verifyError.js";
import { COMPILED, compiledName, readFresh } from "./compiledForm.js";
import { isForTlcAlone, moduleInPlaceOf } from "./forTlcAlone.js";
import { modelDirectory } from "./paths.js";

export interface LoadSpecOptions {
  /** Where Java and the jar are looked for, should they be needed. Default: `process.env`. */
  readonly env?: Environment;
  readonly signal?: AbortSignal;
}

/**
 * Reads the compiled forms of a module and of all that it extends. Where one is missing, or is
 * that of another text, the module is parsed anew. In place of a module that TLC alone reads it is
 * the one that it extends.
 *
 * @param directory Where the modules are; their compiled forms are in its folder `compiled`.
 * @throws VerifyError SPEC_STALE when it must be parsed and there is no Java or no jar;
 *   MODEL_FILE_MISSING.
 * @throws ToolError TLA_UNSUPPORTED, and what `parseModule` throws when it must be parsed.
 */
export async function loadSpec(
  directory: string,
  moduleName: string,
  options: LoadSpecOptions = {},
): Promise<ParsedSpec> {
  const spec = join(directory, `${moduleName}.tla`);
  const text = await readFile(spec, "utf8").catch(() => {
    throw missing(spec);
  });
  if (isForTlcAlone(text)) {
    return loadSpec(directory, await moduleInPlaceOf(directory, moduleName), options);
  }
  const texts = [...(await findModuleTexts(spec)).values()];
  const modules = await Promise.all(texts.map((text) => readModule(directory, text)));
  const stale = texts.findIndex((_, index) => typeof modules[index] === "string");
  if (stale < 0) return { root: moduleName, modules: modules.filter(isModule) };
  const tools = await toolsFor(directory, texts[stale], String(modules[stale]), options);
  return parseModule({ spec, tools, ...options });
}

const isModule = (module: TlaModule | string): module is TlaModule => typeof module !== "string";

async function readModule(
  directory: string,
  { name, sha256 }: ModuleText,
): Promise<TlaModule | string> {
  const path = join(directory, compiledName(name));
  const compiled = await readFile(path, "utf8").catch(() => undefined);
  return readFresh(compiled, path, name, sha256);
}

async function toolsFor(
  directory: string,
  { file }: ModuleText,
  reason: string,
  options: LoadSpecOptions,
): Promise<TlcTools> {
  try {
    return await locateTools(options);
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    const argument = directory === modelDirectory ? "" : ` -- "${directory}"`;
    throw new VerifyError(
      {
        code: "SPEC_STALE",
        what: `${reason}, and it cannot be parsed anew`,
        where: file,
        expected: `its compiled form in ${join(directory, COMPILED)}, or Java and the jar of TLC`,
        found: error.message,
        hint: `where there is Java 11 or later, run npm run compile${argument}`,
      },
      { cause: error },
    );
  }
}

function missing(spec: string): VerifyError {
  return new VerifyError({
    code: "MODEL_FILE_MISSING",
    what: "the module is missing or cannot be read",
    where: spec,
    hint: "check the directory and the name of the module",
  });
}
