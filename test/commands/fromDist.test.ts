/** Each command as a user runs it, from `dist/`; other tests call the same as a function. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { systemOf } from "../../verify/mediator/createSystem.js";
import { ffaVerify, spawnFfaVerify } from "../support/cli.js";
import { graphLines, writeDump } from "../support/graphDump.js";
import { temporaryDirectory } from "../support/temporary.js";
import { tinyModel } from "../support/tinyModels.js";

const directory = temporaryDirectory();
const model = await tinyModel(directory);
const dump = writeDump(join(directory, "graph.dot"), graphLines(systemOf(model)));
const models = ["--models", join(model.cfgPath, "..")];
const embedded = ["--engine", "embedded", "--json"];

/** What was measured differs from run to run. */
const withoutMeasures = (stdout: string): string =>
  stdout.replace(/("\w*(?:seconds?|ProcessBytes)"): [\d.e+-]+/gi, "$1: 0");

describe("from dist/, a command answers and ends as the function does", () => {
  test.each([
    [["verify", ...models, ...embedded], /^\{\n {2}"command": "verify",\n {2}"ok": true/],
    [["check", model.name, ...models, ...embedded], /^\{\n {2}"command": "check"/],
    [["conform", model.name, ...models, "--dump", dump, "--json"], /"conforms": true/],
    [["explore", model.name, ...models, "--json"], /^\{\n {2}"command": "explore"/],
    [["replay", "--model", model.name, ...models, "--schedule", "2:0,1:0"], /takes all 2 steps/],
  ])("%j", async (args, said) => {
    const spawned = spawnFfaVerify(args);
    expect(spawned.code).toBe(0);
    expect(spawned.stdout).toMatch(said);
    const called = await ffaVerify(args);
    const [found, expected] = [spawned, called].map((run) => {
      const stderr = run.stderr.replace(/ in [\d.]+ s\b/g, "");
      return { ...run, stdout: withoutMeasures(run.stdout), stderr };
    });
    expect(found).toEqual(expected);
  });

  // What these two answer depends on the machine, and the bench takes minutes.
  test.each([[["tools"]], [["bench", "--growth-seconds", "soon"]]])("%j", async (args) => {
    const spawned = spawnFfaVerify(args);
    expect(spawned).toEqual(await ffaVerify(args));
    expect(spawned.stdout + spawned.stderr).toMatch(/^(Java \d|TLC_NO_JA|USAGE: --growth-seconds)/);
  });
});
