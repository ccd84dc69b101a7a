import { randomBytes } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import envPaths from "env-paths";
import { ToolError } from "../support/ToolError.js";
import type { Environment } from "./toolTypes.js";

const NAME = "tla2tools-runner";

/**
 * The directory for jars: below XDG_CACHE_HOME if that is an absolute path, as the XDG base
 * directory specification demands, else where the platform keeps caches.
 */
export function cacheDirectory(env: Environment = process.env): string {
  const xdg = env.XDG_CACHE_HOME;
  if (xdg && isAbsolute(xdg)) return join(xdg, NAME);
  return envPaths(NAME, { suffix: "" }).cache;
}

/**
 * Puts bytes into the cache under a name. The file appears whole or not at all, so that two runs
 * at the same time cannot see half of it.
 *
 * @returns The path of the file.
 * @throws ToolError TLC_CACHE_UNUSABLE.
 */
export async function storeInCache(
  bytes: Uint8Array,
  fileName: string,
  env: Environment,
): Promise<string> {
  const directory = cacheDirectory(env);
  const path = join(directory, fileName);
  const partial = `${path}.${randomBytes(6).toString("hex")}.part`;
  try {
    await mkdir(directory, { recursive: true });
    await writeFile(partial, bytes, { flag: "wx" });
    await rename(partial, path);
    return path;
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw new ToolError({
      code: "TLC_CACHE_UNUSABLE",
      what: "the jar cannot be put into the cache",
      where: directory,
      found: error instanceof Error ? error.message : String(error),
      hint: "Set XDG_CACHE_HOME to a directory that can be written, or TLA2TOOLS_JAR to a jar.",
    });
  }
}
