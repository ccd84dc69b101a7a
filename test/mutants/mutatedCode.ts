/** Compiled copies of the project's code in which one file is mutated, run in child processes. */
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import ts from "typescript";
import { projectRoot } from "../../verify/model/paths.js";
import type { DriverReport, DriverTask } from "./driver.js";
import { type Edit, mutate } from "./mutate.js";

export interface CodeMutant extends Edit {
  readonly name: string;
  /** Below src/. */
  readonly file: string;
}

const run = promisify(execFile);

/** A mutant may run for ever; how long one takes that does not is not the subject. Milliseconds. */
const HANGS_AFTER = 300_000;

const compiled = (source: string): string =>
  ts.transpileModule(source, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
    },
  }).outputText;

const compiledPath = (directory: string, file: string): string =>
  join(directory, file.replace(/\.ts$/, ".js"));

/** Writes what the driver imports, compiled as it is; mutants are copies of it. */
export function compileProject(directory: string): void {
  const files = new Set([join("test", "mutants", "driver.ts")]);
  for (const file of files) {
    const text = readFileSync(join(projectRoot, file), "utf8");
    const to = compiledPath(directory, file);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, compiled(text));
    for (const [, path] of text.matchAll(/ from "(\.[^"]+)\.js";$/gm)) {
      files.add(join(dirname(file), `${path}.ts`));
    }
  }
  writeFileSync(join(directory, "package.json"), '{ "type": "module" }');
}

/** Everything that catches the mutant when it runs; nothing when it survives. */
export async function runMutant(
  project: string,
  directory: string,
  mutant: CodeMutant,
  task: DriverTask,
): Promise<DriverReport> {
  const file = join("src", mutant.file);
  const text = mutate(readFileSync(join(projectRoot, file), "utf8"), mutant);
  cpSync(project, directory, { recursive: true });
  symlinkSync(join(projectRoot, "node_modules"), join(directory, "node_modules"));
  writeFileSync(compiledPath(directory, file), compiled(text));
  const taskPath = join(directory, "task.json");
  writeFileSync(taskPath, JSON.stringify(task));
  const driver = join(directory, "test", "mutants", "driver.js");
  const { stdout } = await run(process.execPath, [driver, taskPath], { timeout: HANGS_AFTER });
  return JSON.parse(stdout) as DriverReport;
}
