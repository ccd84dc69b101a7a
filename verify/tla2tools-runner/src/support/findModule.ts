import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** A module that lies in a file. */
export interface ModuleFile {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** Looks for the file of a module in the directories, in their order. */
export async function findModule(
  name: string,
  directories: readonly string[],
): Promise<ModuleFile | undefined> {
  for (const directory of directories) {
    const file = join(directory, `${name}.tla`);
    const bytes = await readFile(file).catch(() => undefined);
    if (bytes !== undefined) return { file, bytes };
  }
  return undefined;
}
