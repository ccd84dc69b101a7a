import { requireSeconds } from "../support/badOption.js";
import { checkOptionNames } from "../support/checkOptionNames.js";
import { findModuleFiles } from "../support/modelFiles.js";
import { locateTools, type TlcTools } from "../tools/describeTools.js";
import type { Environment } from "../tools/toolTypes.js";
import { ExpressionReader } from "./ExpressionReader.js";
import { allExtended, findModuleTexts } from "./moduleTexts.js";
import { readModule } from "./readModule.js";
import { refuseDoubleNames } from "./refuseDoubleNames.js";
import { exportModules } from "./runSany.js";
import { SanyExport } from "./SanyExport.js";
import type { TlaModule } from "./TlaModule.js";

/** Which module to parse, and how. Relative paths are resolved against the working directory. */
export interface ParseModuleOptions {
  /** A path that ends in `.tla`. Modules beside it are found by their name. */
  readonly spec: string;
  /** More directories and jars in which modules are looked for, after the directory of `spec`. */
  readonly libraries?: readonly string[];
  /** The parser is ended after this many seconds. Default: no bound. */
  readonly timeoutSeconds?: number;
  /** The parser is ended when this aborts. */
  readonly signal?: AbortSignal;
  /** What `locateTools` found, so that several runs need not look again. */
  readonly tools?: TlcTools;
  /** Environment variables. Default: `process.env`. */
  readonly env?: Environment;
}

const OPTIONS = {
  spec: true,
  libraries: true,
  timeoutSeconds: true,
  signal: true,
  tools: true,
  env: true,
} satisfies Record<keyof ParseModuleOptions, true>;

/** A module with all that it extends, as trees. */
export interface ParsedSpec {
  /** The name of the module that was asked for. */
  readonly root: string;
  /** Those that have a tree, each behind those that it extends; `root` is the last. */
  readonly modules: readonly TlaModule[];
}

/**
 * Parses a module and all that it extends, by SANY. Every module is held as a whole, or refused.
 *
 * @throws ToolError TLC_BAD_OPTION or TLC_SPEC_NOT_FOUND for the options; TLA_PARSE_ERROR or
 *   TLA_SEMANTIC_ERROR where SANY refuses a module; TLA_UNSUPPORTED for what the tree cannot hold;
 *   SANY_STOPPED after a time-out or an abort; SANY_UNEXPECTED_OUTPUT, TLC_JAVA_UNUSABLE,
 *   TLC_TEMP_UNUSABLE; and, without the option `tools`, what `locateTools` throws.
 */
export async function parseModule(options: ParseModuleOptions): Promise<ParsedSpec> {
  checkOptionNames(options, OPTIONS);
  const { timeoutSeconds, signal, env = process.env } = options;
  if (timeoutSeconds !== undefined) requireSeconds("timeoutSeconds", timeoutSeconds);
  const { spec, libraries, jars } = await findModuleFiles(options);
  const texts = await findModuleTexts(spec, libraries);
  const files = new Map([...texts].map(([name, { file }]) => [name, file]));
  const tools = options.tools ?? (await locateTools({ env, ...(signal && { signal }) }));
  const run = { tools, env, spec, libraries, jars, files, timeoutSeconds, signal };
  const xml = await exportModules(run);
  const source = new SanyExport(xml, files);
  const reader = new ExpressionReader(source);
  const modules = [...texts.values()].map(({ name, sha256 }) => ({
    ...readModule(source, reader, name),
    sha256,
    extends: allExtended(name, texts),
  }));
  refuseDoubleNames(modules, files);
  return { root: source.root, modules };
}
