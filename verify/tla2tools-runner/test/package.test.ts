import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { beforeAll, expect, it } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import { logOf } from "./logs/recorded.js";
import { successes } from "./logs/successes.js";
import { Sandbox } from "./support/sandbox.js";

const ROOT = join(import.meta.dirname, "..");
const box = new Sandbox();
const installed = join(box.path, "node_modules/tla2tools-runner");

/** Where a package of this project lies: the nearest `node_modules` that has it. */
function directoryOf(name: string): string {
  const folders = createRequire(join(ROOT, "package.json")).resolve.paths(name) ?? [];
  const found = folders.find((folder) => {
    try {
      return readdirSync(join(folder, name)).includes("package.json");
    } catch {
      return false;
    }
  });
  if (found === undefined) throw new Error(`${name} is not installed`);
  return join(found, name);
}

// Beside the package lie the dependencies that it names, and nothing else.
beforeAll(async () => {
  const flags = ["--ignore-scripts", "--offline", "--pack-destination", box.path];
  await execa("npm", ["pack", ...flags], { cwd: ROOT });
  const [tarball = ""] = readdirSync(box.path).filter((name) => name.endsWith(".tgz"));
  mkdirSync(installed, { recursive: true });
  await execa("tar", ["-xzf", join(box.path, tarball), "-C", installed, "--strip-components=1"]);
  for (const name of Object.keys(packageJson.dependencies)) {
    const link = join(dirname(installed), name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(directoryOf(name), link);
  }
});

it("works in an empty folder, from its tarball and the dependencies that it names", async () => {
  const [holds] = successes;
  const program = `
    import { readTlcLog, runTlc } from "tla2tools-runner";
    import about from "tla2tools-runner/package.json" with { type: "json" };
    const { verdict } = await readTlcLog({ log: ${JSON.stringify(holds && logOf(holds))} });
    const code = await runTlc({ specs: "" }).catch((error) => error.hint);
    console.log(JSON.stringify([verdict.kind, code, about.name]));`;
  const { stdout } = await execa(process.execPath, ["--input-type=module", "-e", program], {
    cwd: box.path,
  });
  expect(JSON.parse(stdout)).toEqual(["holds", "Did you mean `spec`?", "tla2tools-runner"]);
});

it("has types, its licence and sources for its maps, and nothing of its tests", () => {
  const files = readdirSync(installed, { recursive: true, encoding: "utf8" });
  expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "dist/index.d.ts"]));
  expect(files.filter((name) => /test|tsbuildinfo|^src/.test(name))).toEqual([]);
  const maps = files.filter((name) => name.endsWith(".js.map"));
  expect(maps.length).toBeGreaterThan(100);
  for (const name of maps) {
    const { sources, sourcesContent } = JSON.parse(readFileSync(join(installed, name), "utf8"));
    expect([name, sourcesContent?.length]).toEqual([name, sources.length]);
  }
});
