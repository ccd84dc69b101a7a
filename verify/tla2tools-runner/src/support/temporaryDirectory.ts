import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dirSync } from "tmp";
import type { Environment } from "../tools/toolTypes.js";
import { onAbruptExit } from "./abruptExit.js";
import { ToolError } from "./ToolError.js";

/** A full disk lets a directory be made and refuses a file of this many bytes. */
const PROBE_SIZE = 64 * 1024;

const DISK_FULL = /No space left on device|Disk quota exceeded|Read-only file system/;

/**
 * Makes a temporary directory, readable by this user alone, calls `use` with its path, and
 * removes it with all it holds: when `use` has ended, however it ended, and when the process ends
 * before that.
 *
 * @throws ToolError TLC_TEMP_UNUSABLE if there is no directory to be had that can be written.
 */
export async function withTemporaryDirectory<T>(
  prefix: string,
  env: Environment,
  use: (directory: string) => Promise<T>,
): Promise<T> {
  const parent = env.TMPDIR || tmpdir();
  const directory = makeDirectory(parent, prefix);
  const remove = () => removeDirectory(directory);
  const withdraw = onAbruptExit(remove);
  try {
    probe(parent, directory);
    return await use(directory);
  } finally {
    remove();
    withdraw();
  }
}

/** The coded error for a temporary directory that is missing, read-only or full. */
export function temporaryUnusable(where: string, found: string): ToolError {
  return new ToolError({
    code: "TLC_TEMP_UNUSABLE",
    what: "the temporary directory cannot be used",
    where,
    expected: "a directory that exists, can be written and has room",
    found,
    hint: "Free some room, or set TMPDIR to a directory that can be written.",
  });
}

/** The first line in the output of a program that says that it could not write. */
export function diskFullLine(output: readonly string[]): string | undefined {
  const line = output.flatMap((text) => text.split("\n")).find((text) => DISK_FULL.test(text));
  return line?.replace(/^: /, "").trim();
}

function makeDirectory(parent: string, prefix: string): string {
  try {
    return dirSync({ tmpdir: parent, prefix, mode: 0o700 }).name;
  } catch (error) {
    throw temporaryUnusable(parent, messageOf(error));
  }
}

function probe(parent: string, directory: string): void {
  const file = join(directory, "probe");
  try {
    writeFileSync(file, new Uint8Array(PROBE_SIZE));
  } catch (error) {
    throw temporaryUnusable(parent, messageOf(error));
  }
  rmSync(file);
}

function removeDirectory(directory: string): void {
  try {
    // A child that was just ended may still be creating files, so removal may need a second try.
    rmSync(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 });
  } catch {
    // The result matters more to the caller than a directory that the system will clear.
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
