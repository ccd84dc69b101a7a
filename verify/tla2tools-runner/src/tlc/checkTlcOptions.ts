import { delimiter } from "node:path";
import { badOption, requirePositiveInteger, requireSeconds } from "../support/badOption.js";
import { findModelFiles, type ModelFiles } from "../support/modelFiles.js";
import { checkDumpPath } from "./dumpFile.js";
import type { RunTlcOptions } from "./RunTlcOptions.js";

/** The files of a run, as absolute paths. */
export interface TlcFiles extends ModelFiles {
  readonly dump: string | undefined;
}

/**
 * Checks the options that can be checked before Java is started.
 *
 * @throws ToolError TLC_BAD_OPTION, TLC_SPEC_NOT_FOUND, TLC_CFG_NOT_FOUND or TLC_DUMP_UNUSABLE.
 */
export async function checkTlcOptions(options: RunTlcOptions): Promise<TlcFiles> {
  const { workers = 1, heapMegabytes = 1, timeoutSeconds = 1, dump } = options;
  if (workers !== "auto") requirePositiveInteger("workers", workers);
  requirePositiveInteger("heapMegabytes", heapMegabytes);
  requireSeconds("timeoutSeconds", timeoutSeconds);
  const files = await findModelFiles(options);
  const separated = files.libraries.find((path) => path.includes(delimiter));
  if (separated !== undefined)
    throw badOption("libraries", `paths without "${delimiter}"`, separated);
  return { ...files, dump: dump === undefined ? undefined : await checkDumpPath(dump) };
}
