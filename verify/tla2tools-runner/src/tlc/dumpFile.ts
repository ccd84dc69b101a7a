import { access, constants, open, rm } from "node:fs/promises";
import { dirname, extname, resolve } from "node:path";
import { badOption } from "../support/badOption.js";
import { ToolError } from "../support/ToolError.js";

/** As many bytes of the end are read to see whether a dump is whole. */
const TAIL = 64;

/**
 * The absolute path for a dump that can be written.
 *
 * @throws ToolError TLC_BAD_OPTION or TLC_DUMP_UNUSABLE.
 */
export async function checkDumpPath(dump: string): Promise<string> {
  const path = resolve(dump);
  // TLC would append the ending by itself, and the dump would then have another name.
  if (extname(path) !== ".dot") throw badOption("dump", "a path that ends in .dot", dump);
  try {
    await access(dirname(path), constants.W_OK);
    return path;
  } catch (error) {
    throw dumpUnusable(path, error instanceof Error ? error.message : String(error));
  }
}

/**
 * Checks that a dump has its end. TLC does not notice when the disk is full while it writes one.
 *
 * @throws ToolError TLC_DUMP_UNUSABLE.
 */
export async function checkDumpIsWhole(dump: string): Promise<void> {
  const handle = await open(dump, "r").catch(() => undefined);
  if (handle === undefined) throw dumpUnusable(dump, "TLC wrote no dump");
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, TAIL);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    if (buffer.toString("utf8").trimEnd().endsWith("}")) return;
    throw dumpUnusable(dump, `a dump of ${size} bytes without its closing brace`);
  } finally {
    await handle.close();
  }
}

/** Removes the dump of the graph in which TLC looks for lassos; nobody asked for it. */
export async function removeLivenessDump(dump: string): Promise<void> {
  await rm(dump.replace(/\.dot$/, "_liveness.dot"), { force: true });
}

/** Removes what there is of a dump. */
export async function removeDump(dump: string): Promise<void> {
  await removeLivenessDump(dump);
  await rm(dump, { force: true });
}

function dumpUnusable(path: string, found: string): ToolError {
  return new ToolError({
    code: "TLC_DUMP_UNUSABLE",
    what: "the state graph could not be written whole",
    where: path,
    expected: "a directory that can be written and has room for the dump",
    found,
    hint: "Name a file in another directory, or free some room.",
  });
}
