/** Compiles the modules of a directory, to be kept in its folder `compiled`. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compileModule, findModuleTexts, parseModule, type TlcTools } from "tla2tools-runner";
import { isForTlcAlone } from "./forTlcAlone.js";

/** Each parser takes about a second of one core. */
const AT_A_TIME = 2;

/**
 * Parses every module of a directory.
 *
 * @returns The compiled form of each, by name.
 * @throws ToolError what `parseModule` throws.
 */
export async function compileSpecs(
  directory: string,
  tools: TlcTools,
): Promise<ReadonlyMap<string, string>> {
  const names = modulesIn(directory);
  const compiled = new Map<string, string>();
  const compile = async (name: string): Promise<void> => {
    if (compiled.has(name)) return;
    const { modules } = await parseModule({ spec: join(directory, `${name}.tla`), tools });
    for (const module of modules) compiled.set(module.name, compileModule(module));
  };
  // What another module extends is parsed with that one.
  const extended = await extendedIn(directory, names);
  await forEach(
    names.filter((name) => !extended.has(name)),
    compile,
  );
  await forEach(names, compile);
  return new Map(names.map((name) => [name, compiled.get(name) ?? ""]));
}

/** The names of the modules in a directory, but for those that TLC alone reads. */
export const modulesIn = (directory: string): readonly string[] =>
  readdirSync(directory)
    .filter((file) => file.endsWith(".tla"))
    .filter((file) => !isForTlcAlone(readFileSync(join(directory, file), "utf8")))
    .map((file) => file.replace(/\.tla$/, ""))
    .sort();

async function extendedIn(
  directory: string,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const extended = new Set<string>();
  for (const name of names) {
    const texts = await findModuleTexts(join(directory, `${name}.tla`));
    for (const other of texts.keys()) if (other !== name) extended.add(other);
  }
  return extended;
}

async function forEach<T>(items: readonly T[], use: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const takeAll = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await use(item);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, takeAll));
}
