/** What a shell does to a command: pipes that close, signals, working directories, odd paths. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseValue } from "tla2tools-runner";
import { describe, expect, test } from "vitest";
import { checkCommand } from "../../verify/commands/check.js";
import { replayCommand } from "../../verify/commands/replay.js";
import { writeTraceFile } from "../../verify/commands/traceFile.js";
import { systemOf } from "../../verify/mediator/createSystem.js";
import { loadModel } from "../../verify/mediator/loadModel.js";
import { findEntry, readManifest } from "../../verify/model/manifest.js";
import { modelDirectory } from "../../verify/model/paths.js";
import { machineAfter } from "../../verify/replay/machine.js";
import { parseSchedule } from "../../verify/replay/schedule.js";
import { wantsColors } from "../../verify/report/screen.js";
import { cli, spawnFfaVerify } from "../support/cli.js";
import { temporaryDirectory } from "../support/temporary.js";
import { describeWithTlc } from "../support/tlc.js";

const temporary = temporaryDirectory();
const scratch = (): string => mkdtempSync(join(temporary, "with blanks "));

/** A trace of MCH1 that diverges on MC2x1: an answer with exit code 1, without Java. */
async function divergingTrace(path: string): Promise<readonly string[]> {
  const model = await loadModel(findEntry(readManifest(), "MCH1"));
  const { states } = machineAfter(systemOf(model), parseSchedule("3:0,1:1,1"));
  const values = states.map(
    (state) => new Map([...state].map(([name, value]) => [name, parseValue(value)])),
  );
  writeTraceFile(path, { model: "MCH1", states: values, loop: undefined });
  return ["replay", path, "--model", "MC2x1"];
}

describe("a stream that closes", () => {
  test.each(["stdout", "stderr"] as const)("%s: the exit code is the answer's", async (stream) => {
    const args = await divergingTrace(join(temporary, "pipe.itf.json"));
    const command = stream === "stdout" ? args : ["chek"];
    const child = spawn(process.execPath, [cli, ...command]);
    child[stream].destroy();
    const other = stream === "stdout" ? child.stderr : child.stdout;
    const texts: string[] = [];
    other.on("data", (text) => texts.push(String(text)));
    const [code] = await once(child, "close");
    expect(texts.join("")).toBe("");
    expect(code).toBe(stream === "stdout" ? 1 : 2);
  });

  test.skipIf(!existsSync("/dev/full"))("a device without room is an error with a code", () => {
    const full = openSync("/dev/full", "w");
    const run = spawnSync(
      process.execPath,
      [cli, "replay", "--model", "MCH1", "--schedule", "3:0"],
      {
        stdio: ["ignore", full, "pipe"],
        encoding: "utf8",
      },
    );
    closeSync(full);
    expect(run.stderr).toMatch(/^FILE_UNWRITABLE: the answer cannot be written: ENOSPC.*\n$/);
    expect(run.status).toBe(2);
  });
});

describe("colours", () => {
  test.each([
    [true, {}, true],
    [true, { NO_COLOR: "" }, true],
    [true, { NO_COLOR: "1" }, false],
    [true, { TERM: "dumb" }, false],
    [false, {}, false],
  ])("on a terminal: %s, with %j: %s", (isTTY, env, wanted) => {
    expect(wantsColors({ isTTY }, env)).toBe(wanted);
  });
});

describe("a working directory of one's own", () => {
  test("with blanks in its path, and paths from there", async () => {
    const here = scratch();
    mkdirSync(join(here, "the models"));
    cpSync(modelDirectory, join(here, "the models"), { recursive: true });
    await divergingTrace(join(here, "a trace.json"));
    const models = ["--models", "the models"];
    const out = ["--itf", "an other.json"];
    const run = spawnFfaVerify(["replay", "a trace.json", ...models, ...out], {}, here);
    expect(run.stdout).toMatch(/^CreateDomain +the models\/DomainTeardown\.tla:\d+ /m);
    expect(run.code).toBe(0);
    expect(readdirSync(here).sort()).toEqual(["a trace.json", "an other.json", "the models"]);
    const explored = spawnFfaVerify(["explore", "MCPkvm", ...models, "--json"], {}, here);
    expect(JSON.parse(explored.stdout)).toMatchObject({ command: "explore", ok: true });
    expect(explored).toMatchObject({ code: 0, stderr: "" });
  });

  test("that is there no more", () => {
    const here = scratch();
    const command = [cli, "check", "--models", "models"];
    const code = `
      require("node:fs").rmdirSync(${JSON.stringify(here)});
      const command = ${JSON.stringify(command)};
      const run = require("node:child_process").spawnSync(process.execPath, command);
      process.stderr.write(run.stderr);
      process.exitCode = run.status;`;
    const options = { cwd: here, encoding: "utf8" } as const;
    const run = spawnSync(process.execPath, ["--eval", code], options);
    expect(run.stderr).toMatch(/^FILE_UNREADABLE: the working directory .*\n +hint: .*\n$/);
    expect(run.status).toBe(2);
  });
});

describe("a trace that cannot be written", () => {
  test.each([
    ["into a directory that is not there", "nowhere/trace.json"],
    ["over a directory", "."],
  ])("%s is refused before the run", async (_, name) => {
    const path = join(scratch(), name);
    const refused = expect.objectContaining({ code: "FILE_UNWRITABLE", where: path });
    const check = checkCommand(["MC1x2"], { engine: "embedded", itf: path });
    await expect(check).rejects.toEqual(refused);
    // The model is looked for later than the file.
    await expect(replayCommand(undefined, { schedule: "1", itf: path })).rejects.toEqual(refused);
  });
});

describeWithTlc("TLC", () => {
  test("in a working directory that is read alone leaves nothing there", () => {
    const here = scratch();
    chmodSync(here, 0o555);
    expect(spawnFfaVerify(["check", "MCH6", "--json"], {}, here).code).toBe(0);
    expect(readdirSync(here)).toEqual([]);
    chmodSync(here, 0o755);
  });

  test("SIGINT leaves no process and no directory", async () => {
    const here = scratch();
    const processes = (): readonly string[] =>
      spawnSync("ps", ["-eo", "args"], { encoding: "utf8" })
        .stdout.split("\n")
        .filter((line) => line.includes(here) && !line.startsWith("ps "));
    const env = { ...process.env, TMPDIR: here };
    const child = spawn(process.execPath, [cli, "check", "MC2x1"], { env, stdio: "ignore" });
    const ended = once(child, "close");
    while (processes().length === 0 && child.exitCode === null) await sleep(50);
    expect(readdirSync(here)).not.toEqual([]);
    child.kill("SIGINT");
    expect(await ended).toEqual([null, "SIGINT"]);
    while (processes().length > 0) await sleep(50);
    expect(readdirSync(here)).toEqual([]);
  });
});
