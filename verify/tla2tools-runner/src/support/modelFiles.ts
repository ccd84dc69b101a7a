import { access, constants, readFile, stat } from "node:fs/promises";
import { delimiter, extname, resolve } from "node:path";
import { badOption } from "./badOption.js";
import { ToolError } from "./ToolError.js";

/** The options that name the files of a module. */
export interface ModuleOptions {
  readonly spec: string;
  readonly libraries?: readonly string[];
}

/** The options that name the files of a model. */
export interface ModelOptions extends ModuleOptions {
  readonly config?: string;
}

/** A module and its libraries, as absolute paths of files and directories that exist. */
export interface ModuleFiles {
  readonly spec: string;
  /** The directories among the libraries. */
  readonly libraries: readonly string[];
  /** The jars among the libraries. */
  readonly jars: readonly string[];
}

/** The files of a model, as absolute paths of files and directories that exist. */
export interface ModelFiles extends ModuleFiles {
  readonly config: string;
  readonly configText: string;
}

/**
 * Finds the file of a module.
 *
 * @throws ToolError TLC_BAD_OPTION or TLC_SPEC_NOT_FOUND.
 */
export async function findModuleFiles(options: ModuleOptions): Promise<ModuleFiles> {
  const spec = await checkSpec(options.spec);
  const given = options.libraries ?? [];
  const paths = await Promise.all(given.map((path) => checkLibrary("libraries", path)));
  return {
    spec,
    libraries: paths.filter((path) => !isJar(path)),
    jars: paths.filter(isJar),
  };
}

/**
 * Finds the files of a model.
 *
 * @throws ToolError TLC_BAD_OPTION, TLC_SPEC_NOT_FOUND or TLC_CFG_NOT_FOUND.
 */
export async function findModelFiles(options: ModelOptions): Promise<ModelFiles> {
  const files = await findModuleFiles(options);
  const config = pathOf("config", options.config ?? files.spec.replace(/\.tla$/, ".cfg"));
  return { ...files, config, configText: await readConfig(config) };
}

async function checkSpec(spec: string): Promise<string> {
  const path = pathOf("spec", spec);
  if (extname(path) !== ".tla") throw badOption("spec", "a path that ends in .tla", spec);
  const isReadable = await access(path, constants.R_OK).then(
    async () => (await stat(path)).isFile(),
    () => false,
  );
  if (isReadable) return path;
  throw new ToolError({
    code: "TLC_SPEC_NOT_FOUND",
    what: "the module to check is missing or cannot be read",
    where: path,
    hint: "Check the path; it is resolved against the working directory.",
  });
}

async function readConfig(config: string): Promise<string> {
  return readFile(config, "utf8").catch((error: unknown) => {
    throw new ToolError({
      code: "TLC_CFG_NOT_FOUND",
      what: "the configuration file is missing or cannot be read",
      where: config,
      found: error instanceof Error ? error.message : String(error),
      hint: "Name it with the option `config`, or put it beside the module with the ending .cfg.",
    });
  });
}

/**
 * The absolute path of a directory, or of a jar.
 *
 * @throws ToolError TLC_BAD_OPTION
 */
export async function checkLibrary(option: string, library: string): Promise<string> {
  const path = pathOf(option, library);
  const found = await stat(path).catch(() => undefined);
  if (!(found?.isDirectory() || (found?.isFile() && isJar(path)))) {
    throw badOption(option, "directories and jars that exist", path);
  }
  if (path.includes(delimiter)) throw badOption(option, `paths without "${delimiter}"`, path);
  return path;
}

/**
 * The absolute path that an option names.
 *
 * @throws ToolError TLC_BAD_OPTION if it is no text.
 */
export function pathOf(option: string, path: unknown): string {
  if (typeof path !== "string" || path === "") throw badOption(option, "a path", path);
  return resolve(path);
}

const isJar = (path: string): boolean => extname(path) === ".jar";
