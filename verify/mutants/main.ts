/**
 * The mutation tester as a command: `npm run mutants -- code`, or names of parts, or `page`, which
 * only writes the page anew. Exit code 0: each part has its score and each survivor a reason; 1:
 * not so; 2: bad usage.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { Stryker } from "@stryker-mutator/core";
import type { z } from "zod";
import { projectRoot } from "../model/paths.js";
import { VerifyError } from "../support/verifyError.js";
import { complaints, mutantsPage, reasons } from "./page.js";
import { PAGE, PART_VARIABLE, type PartName, parts, REASONS, RESULTS } from "./parts.js";
import { type PartResult, resultOf, results, strykerReport } from "./result.js";

/** Kept out of git: Stryker's copies of the project, and what makes the next run shorter. */
const WORK = ".mutants";

async function main(args: readonly string[]): Promise<number> {
  const names = partsNamed(args);
  process.chdir(projectRoot);
  for (const name of names) {
    const result = await measured(name);
    writeFileSync(RESULTS, `${JSON.stringify({ ...kept(), [name]: result }, null, 2)}\n`);
  }
  const why = readJson(REASONS, reasons);
  writeFileSync(PAGE, mutantsPage(kept(), why));
  const found = complaints(kept(), why);
  for (const line of found) console.error(line);
  return found.length === 0 ? 0 : 1;
}

function partsNamed(args: readonly string[]): readonly PartName[] {
  const all = Object.keys(parts) as PartName[];
  const known: readonly string[] = [...all, "code", "page"];
  const wrong = args.find((arg) => !known.includes(arg));
  if (wrong !== undefined || args.length === 0) {
    throw new VerifyError({
      code: "USAGE",
      what: wrong === undefined ? "no part is named" : `there is no part ${wrong}`,
      expected: `npm run mutants -- ${known.join(" | ")}`,
    });
  }
  return all.filter((name) => args.includes("code") || args.includes(name));
}

const kept = () => (existsSync(RESULTS) ? readJson(RESULTS, results) : {});

const readJson = <T>(path: string, form: z.ZodType<T>): T =>
  form.parse(JSON.parse(readFileSync(path, "utf8")));

async function measured(name: PartName): Promise<PartResult> {
  process.env[PART_VARIABLE] = name;
  const commit = commitNow();
  const report = `${WORK}/${name}.json`;
  const stryker = new Stryker({
    mutate: [...parts[name].mutate],
    testRunner: "vitest",
    vitest: { configFile: "test/mutants/vitest.config.ts", related: false },
    coverageAnalysis: "perTest",
    ignoreStatic: true,
    disableTypeChecks: true,
    concurrency: 2,
    timeoutMS: 10_000,
    tempDirName: `${WORK}/sandbox`,
    ignorePatterns: ["dist", WORK],
    incremental: true,
    incrementalFile: `${WORK}/${name}.incremental.json`,
    reporters: ["json", "progress-append-only"],
    jsonReporter: { fileName: report },
    allowEmpty: false,
  });
  await stryker.runMutationTest();
  return resultOf(readJson(report, strykerReport), commit);
}

/** @see PartResult.commit */
function commitNow(): string {
  const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();
  const changed = git("status", "--porcelain", "--", "src", "verify", "test", "model");
  return `${git("rev-parse", "--short=10", "HEAD")}${changed === "" ? "" : "+"}`;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof VerifyError)) throw error;
  console.error(error.format());
  process.exitCode = 2;
}
