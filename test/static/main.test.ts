/** The command of the static rules: what it prints, and its exit code. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../verify/model/paths.js";
import { temporaryDirectory } from "../support/temporary.js";
import { fixtureFiles } from "./fixtureProject.js";

const main = join(projectRoot, "dist/verify/static/main.js");
const directory = temporaryDirectory();

const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, [main, ...args], { encoding: "utf8" });

test("an unknown option is a coded error, and exit code 2", () => {
  const { status, stdout, stderr } = run("--frobnicate");
  expect(status).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toMatch(/^USAGE: .*--frobnicate/);
  expect(stderr).not.toContain("    at ");
});

test("a directory that is no project is a coded error, and exit code 2", () => {
  const { status, stderr } = run("--root", join(directory, "nothing here"));
  expect(status).toBe(2);
  expect(stderr).toMatch(/^FILE_UNREADABLE: /);
});

test("findings have place, rule and remedy, as text and as JSON, and exit code 1", () => {
  const root = join(directory, "project");
  for (const folder of ["src", "verify", "model/compiled", "docs"]) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  cpSync(join(projectRoot, "src/sync"), join(root, "src/sync"), { recursive: true });
  for (const [path, text] of fixtureFiles("single-read/fail")) {
    writeFileSync(join(root, path), text);
  }
  const text = run("--root", root);
  expect(text.status).toBe(1);
  expect(text.stdout).toContain("src/extra.ts:6:26: single-read: guest_vers (guestVers) is read");
  expect(text.stdout).toContain("\n  remedy: read it once and pass the value on\n");
  expect(text.stdout).toMatch(/static rules: \d+ files, \d+ rules, \d+ places, \d+ findings\n$/);
  expect(run("--root", root, "--write-docs").stdout).not.toContain("document-up-to-date");
  const json = JSON.parse(run("--root", root, "--json").stdout);
  expect(json.findings).toContainEqual(
    expect.objectContaining({ file: "src/extra.ts", line: 6, column: 26, rule: "single-read" }),
  );
});
