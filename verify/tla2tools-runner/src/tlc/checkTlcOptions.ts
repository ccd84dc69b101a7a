import { realpath, stat } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import {
  badOption,
  requireInteger,
  requirePositiveInteger,
  requireSeconds,
} from "../support/badOption.js";
import { checkOptionNames } from "../support/checkOptionNames.js";
import { checkLibrary, findModelFiles, type ModelFiles, pathOf } from "../support/modelFiles.js";
import { checkDumpPath } from "./dumpFile.js";
import { RUN_TLC_OPTIONS, type RunTlcOptions } from "./RunTlcOptions.js";

const LONG = 2n ** 63n;
/** TLC has as many fingerprint functions. */
const FINGERPRINTS = 131n;
/** TLC counts the time between checkpoints in milliseconds, in 32 bits. */
const MOST_MINUTES = (2n ** 31n - 1n) / 60_000n;

/** The files of a run, as absolute paths. */
export interface TlcFiles extends ModelFiles {
  /** The configuration as TLC is told of it, which may be relative. */
  readonly configName: string;
  readonly dump: string | undefined;
  readonly cwd: string;
  readonly classPath: readonly string[];
  readonly checkpointDirectory: string | undefined;
  readonly recover: string | undefined;
}

/**
 * Checks the options that can be checked before Java is started.
 *
 * @throws ToolError TLC_BAD_OPTION, TLC_SPEC_NOT_FOUND, TLC_CFG_NOT_FOUND or TLC_DUMP_UNUSABLE.
 */
export async function checkTlcOptions(options: RunTlcOptions): Promise<TlcFiles> {
  checkOptionNames(options, RUN_TLC_OPTIONS);
  const { cwd, classPath = [], checkpoint, recover, dump } = options;
  checkNumbers(options);
  checkTogether(options);
  const files = await findModelFiles(options);
  const classes = classPath.map((path) => checkLibrary("classPath", path));
  return {
    ...files,
    configName: await configNameOf(files),
    dump: dump === undefined ? undefined : await checkDumpPath(dump),
    cwd: cwd === undefined ? dirname(files.spec) : await directoryOf("cwd", cwd),
    classPath: [...files.jars, ...(await Promise.all(classes))],
    checkpointDirectory: checkpoint && (await directoryOf("checkpoint", checkpoint.directory)),
    recover: recover === undefined ? undefined : await checkCheckpoint(recover),
  };
}

/**
 * TLC takes the name of a configuration to be one below the directory of the module, also where it
 * is absolute; only that directory itself may stand before it.
 */
async function configNameOf({ spec, config }: ModelFiles): Promise<string> {
  if (dirname(config) === dirname(spec)) return config;
  return relative(await realpath(dirname(spec)), await realpath(config));
}

function checkNumbers(options: RunTlcOptions): void {
  const { workers = 1, heapMegabytes = 1, timeoutSeconds = 1, simulate, checkpoint } = options;
  if (workers !== "auto") requirePositiveInteger("workers", workers);
  requirePositiveInteger("heapMegabytes", heapMegabytes);
  requireSeconds("timeoutSeconds", timeoutSeconds);
  requireInteger("seed", options.seed ?? 0, -LONG, LONG - 1n);
  requireInteger("fingerprint", options.fingerprint ?? 0, 0n, FINGERPRINTS - 1n);
  requireInteger("checkpoint.minutes", checkpoint?.minutes ?? 1, 1n, MOST_MINUTES);
  if (simulate === undefined) return;
  checkOptionNames(simulate, { num: true, depth: true });
  requirePositiveInteger("simulate.num", simulate.num);
  requireInteger("simulate.depth", simulate.depth ?? 1, 1n, 2n ** 31n - 1n);
}

/** A simulation keeps no states: there is nothing to dump, to count, to save or to recover. */
function checkTogether({ simulate, ...options }: RunTlcOptions): void {
  if (simulate === undefined) return;
  const excluded = ["dump", "coverage", "checkpoint", "recover"] as const;
  const found = excluded.find((name) => options[name] !== undefined && options[name] !== false);
  if (found !== undefined) throw badOption(found, "no such option beside `simulate`", found);
}

async function directoryOf(option: string, path: string): Promise<string> {
  const directory = pathOf(option, path);
  if (await isThere(directory, "isDirectory")) return directory;
  throw badOption(option, "a directory that exists", directory);
}

async function checkCheckpoint(path: string): Promise<string> {
  const directory = pathOf("recover", path);
  if (await isThere(join(directory, "vars.chkpt"), "isFile")) return directory;
  throw badOption("recover", "a directory with a checkpoint of TLC", directory);
}

function isThere(path: string, kind: "isDirectory" | "isFile"): Promise<boolean> {
  return stat(path).then(
    (found) => found[kind](),
    () => false,
  );
}
