/** `npm run compile` and the part of `npm run check` that compares what it wrote. */
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { projectRoot } from "../../verify/model/paths.js";
import { temporaryDirectory } from "../support/temporary.js";
import { describeWithTlc } from "../support/tlc.js";

const main = join(projectRoot, "dist/verify/model/compile.js");
const root = temporaryDirectory();

function run(args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    encoding: "utf8",
    env,
  });
  return { status, stdout, stderr };
}

/** Two modules, one of which extends the other. */
function models(): string {
  const directory = mkdtempSync(join(root, "models "));
  writeFileSync(join(directory, "Low.tla"), "---- MODULE Low ----\nlow == 1\n====\n");
  writeFileSync(
    join(directory, "High.tla"),
    "---- MODULE High ----\nEXTENDS Low\nhigh == low\n====\n",
  );
  return directory;
}

const compiledOf = (directory: string, name: string): string =>
  join(directory, "compiled", `${name}.json`);

describeWithTlc("compile", () => {
  test("writes one file for each module, removes others, and --check is content with those alone", () => {
    const directory = models();
    mkdirSync(join(directory, "compiled"));
    writeFileSync(compiledOf(directory, "Gone"), "");
    expect(run([directory])).toMatchObject({
      status: 0,
      stdout: "compiled forms: 2 modules written\n",
    });
    expect(readdirSync(join(directory, "compiled"))).toEqual(["High.json", "Low.json"]);
    expect(readFileSync(compiledOf(directory, "High"), "utf8")).toContain('"module": "High"');
    expect(run(["--check", directory])).toMatchObject({
      status: 0,
      stdout: "compiled forms: 2 modules, 0 differ\n",
    });

    // Another content is found, and stays as it is.
    const path = compiledOf(directory, "Low");
    const forged = readFileSync(path, "utf8").replace(/,1\]\]\n/, ",2]]\n");
    writeFileSync(path, forged);
    const { status, stdout } = run(["--check", directory]);
    expect(status).toBe(1);
    expect(stdout).toContain("Low.json:1:1: is not what its module compiles to");
    expect(stdout).toContain("remedy: npm run compile");
    expect(stdout).toContain("2 modules, 1 differ");
    expect(readFileSync(path, "utf8")).toBe(forged);
  });

  test("a module that cannot be parsed is a coded error, and nothing is written", () => {
    const directory = models();
    writeFileSync(join(directory, "Low.tla"), "---- MODULE Low ----\nlow == none\n====\n");
    const { status, stderr } = run([directory]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^TLA_SEMANTIC_ERROR: /);
    expect(stderr).not.toContain("    at ");
    expect(existsSync(join(directory, "compiled"))).toBe(false);
  });

  test("the compiled forms of the project are what its modules compile to", () => {
    expect(run(["--check"]).stdout).toMatch(/^compiled forms: \d+ modules, 0 differ\n$/);
  });
});

describe("compile without Java", () => {
  const env: NodeJS.ProcessEnv = { ...process.env, PATH: "", JAVA_HOME: "", CI: "" };

  test("--check says that it compared nothing; in CI that is a failure", () => {
    const { status, stdout } = run(["--check"], env);
    expect(status).toBe(0);
    expect(stdout).toContain("only the hashes are checked, without Java: TLC_NO_JAVA");
    expect(run(["--check"], { ...env, CI: "true" }).status).toBe(2);
  });

  test("it writes nothing and says what is missing", () => {
    const directory = models();
    const { status, stderr } = run([directory], env);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^TLC_NO_JAVA: /);
    expect(existsSync(join(directory, "compiled"))).toBe(false);
  });

  test.each([[["--wrong"]], [["one", "two"]]])("%j is a coded error", (args) => {
    const { status, stderr } = run(args, env);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^USAGE: /);
  });
});
