/**
 * Writes the compiled forms of the modules of a directory: `npm run compile`. With `--check` it
 * compares what is there with what it would write.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { locateTools, type TlcTools, ToolError } from "tla2tools-runner";
import { VerifyError } from "../support/verifyError.js";
import { COMPILED, compiledName } from "./compiledForm.js";
import { compileSpecs } from "./compileSpecs.js";
import { modelDirectory, projectRoot } from "./paths.js";

interface Arguments {
  readonly directory: string;
  readonly check: boolean;
}

async function main(): Promise<number> {
  const { directory, check } = readArguments();
  if (!check) return write(directory, await compileSpecs(directory, await locateTools()));
  const tools = await toolsOrReason();
  if (typeof tools === "string") {
    console.log(`compiled forms: only the hashes are checked, without Java: ${tools}`);
    // In CI, where such a gap would go unseen, it is a failure.
    return process.env.CI ? 2 : 0;
  }
  return compare(directory, await compileSpecs(directory, tools));
}

async function toolsOrReason(): Promise<TlcTools | string> {
  try {
    return await locateTools();
  } catch (error) {
    if (error instanceof ToolError) return error.message;
    throw error;
  }
}

function write(directory: string, compiled: ReadonlyMap<string, string>): number {
  const folder = join(directory, COMPILED);
  try {
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of compiled) writeFileSync(join(directory, compiledName(name)), text);
    for (const file of readdirSync(folder)) {
      if (!compiled.has(basename(file, ".json"))) rmSync(join(folder, file), { recursive: true });
    }
  } catch (cause) {
    throw new VerifyError({
      code: "FILE_UNWRITABLE",
      what: "the compiled forms cannot be written",
      where: folder,
      found: (cause as Error).message,
      hint: "make the folder and its files writable",
    });
  }
  console.log(`compiled forms: ${compiled.size} modules written`);
  return 0;
}

function compare(directory: string, compiled: ReadonlyMap<string, string>): number {
  const differing = [...compiled].filter(([name, text]) => {
    return readIfThere(join(directory, compiledName(name))) !== text;
  });
  for (const [name] of differing) {
    const path = relative(projectRoot, join(directory, compiledName(name)));
    console.log(`${path}:1:1: is not what its module compiles to\n  remedy: npm run compile`);
  }
  console.log(`compiled forms: ${compiled.size} modules, ${differing.length} differ`);
  return differing.length === 0 ? 0 : 1;
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function readArguments(): Arguments {
  try {
    const { values, positionals } = parseArgs({
      options: { check: { type: "boolean", default: false } },
      allowPositionals: true,
    });
    const [directory = modelDirectory, ...more] = positionals;
    if (more.length > 0) throw new Error(`one directory expected, and not ${positionals.length}`);
    return { directory: resolve(directory), check: values.check };
  } catch (cause) {
    throw new VerifyError({
      code: "USAGE",
      what: (cause as Error).message,
      expected: "node dist/verify/model/compile.js [--check] [DIRECTORY]",
    });
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof ToolError)) throw error;
  console.error(error.format());
  process.exitCode = 2;
}
