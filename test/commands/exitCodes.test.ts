/** What each command ends with, and says in JSON, is what its comparisons say; run in process. */
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseValue } from "tla2tools-runner";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { checkCommand } from "../../verify/commands/check.js";
import { conformCommand } from "../../verify/commands/conform.js";
import { exploreCommand } from "../../verify/commands/explore.js";
import { replayCommand } from "../../verify/commands/replay.js";
import { writeTraceFile } from "../../verify/commands/traceFile.js";
import { verifyCommand } from "../../verify/commands/verify.js";
import { systemOf } from "../../verify/mediator/createSystem.js";
import type { ManifestEntry } from "../../verify/model/manifestEntry.js";
import { createMachine } from "../../verify/replay/machine.js";
import { graphLines, writeDump } from "../support/graphDump.js";
import { temporaryDirectory } from "../support/temporary.js";
import { tinyModel, writeManifest } from "../support/tinyModels.js";

const directory = temporaryDirectory();
const model = await tinyModel(directory);
const models = dirname(model.cfgPath);
const [entry] = JSON.parse(readFileSync(join(models, "manifest.json"), "utf8"))
  .models as readonly ManifestEntry[];
const { distinct = 0 } = entry.expect;

const asPinned = entry;
const otherCount = { ...entry, expect: { ...entry.expect, distinct: distinct + 1 } };
const otherVerdict: ManifestEntry = { ...entry, expect: { verdict: "deadlock", traceLength: 5 } };

let said = "";
beforeEach(() => {
  said = "";
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    said += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  writeManifest(models, [entry]);
});

/** The exit code of a command, and the same of its JSON: `ok` is nothing but exit code 0. */
async function exitOf(run: (json: boolean) => Promise<number>): Promise<number> {
  const exit = await run(false);
  said = "";
  expect(await run(true)).toBe(exit);
  const document = JSON.parse(said);
  const ok =
    document.ok ?? document.models.every(({ expected }: { expected: boolean }) => expected);
  expect(ok).toBe(exit === 0);
  return exit;
}

const given = (json: boolean) => ({ json, models, engine: "embedded" });

describe("check and verify", () => {
  test.each<[string, ManifestEntry, number]>([
    ["what the manifest pins", asPinned, 0],
    ["another count", otherCount, 2],
    ["another verdict", otherVerdict, 1],
  ])("%s", async (_, changed, exit) => {
    writeManifest(models, [changed]);
    expect(await exitOf((json) => checkCommand([], given(json)))).toBe(exit);
    expect(await exitOf((json) => verifyCommand(given(json)))).toBe(exit);
  });

  test("verify: a finding in one model weighs more than a wrong count in another", async () => {
    for (const all of [
      [otherCount, otherVerdict],
      [otherVerdict, otherCount],
    ]) {
      writeManifest(models, all);
      expect(await exitOf((json) => checkCommand([], given(json)))).toBe(1);
      expect(await exitOf((json) => verifyCommand(given(json)))).toBe(1);
    }
  });

  test("verify: the counts of the next larger model alone, which TLC does not check", async () => {
    // With so many states it is for TLC, and only explored here.
    const pins = { ...entry.expect, generated: 1_000_000 };
    const larger = { ...entry, name: "MCLarger", expect: pins };
    writeFileSync(join(models, "MCLarger.cfg"), readFileSync(model.cfgPath));
    for (const [of, exit] of [
      [{ ...larger, expect: entry.expect }, 0],
      [larger, 2],
    ] as const) {
      writeManifest(models, [{ ...entry, larger: larger.name }, of]);
      expect(await exitOf((json) => verifyCommand(given(json)))).toBe(exit);
    }
  });
});

describe("explore", () => {
  test.each<[string, ManifestEntry, object, number]>([
    ["what the manifest pins", asPinned, {}, 0],
    ["another count", otherCount, {}, 2],
    ["another verdict", otherVerdict, {}, 1],
    ["an end before all was seen", asPinned, { states: "10" }, 2],
    ["other bounds, with nothing to compare", otherCount, { bounds: "1x2" }, 0],
  ])("%s", async (_, changed, options, exit) => {
    writeManifest(models, [changed]);
    const run = (json: boolean) => exploreCommand([entry.name], { ...given(json), ...options });
    expect(await exitOf(run)).toBe(exit);
  });
});

test("conform: a graph that is equal, and one without its last edge", async () => {
  const lines = graphLines(systemOf(model));
  for (const [kept, exit] of [
    [lines, 0],
    [lines.slice(0, -1), 1],
  ] as const) {
    const dump = writeDump(join(directory, "graph.dot"), kept);
    const run = (json: boolean) => conformCommand([entry.name], { dump, json, models });
    expect(await exitOf(run)).toBe(exit);
  }
});

test("conform: a graph with an action that the manifest rules out", async () => {
  const dump = writeDump(join(directory, "graph.dot"), graphLines(systemOf(model)));
  writeManifest(models, [{ ...entry, neverTaken: [...(entry.neverTaken ?? []), "StartCall"] }]);
  const run = (json: boolean) => conformCommand([entry.name], { dump, json, models });
  expect(await exitOf(run)).toBe(1);
  await run(false);
  expect(said).toContain("StartCall: none expected, steps found");
});

test("replay: a trace that is taken, and one with another last state", async () => {
  const machine = createMachine(systemOf(model));
  const states = [machine.initial];
  for (const branch of [0, -1]) {
    const [step] = machine.enabledSteps().filter((each) => each.branch === branch);
    machine.take(step ?? machine.enabledSteps()[0]);
    states.push(machine.stateText());
  }
  const file = join(directory, "trace.itf.json");
  for (const [last, exit] of [
    [{}, 0],
    [{ vmCount: "1" }, 1],
  ] as const) {
    const changed = new Map([...(states.at(-1) ?? []), ...Object.entries(last)]);
    const values = [...states.slice(0, -1), changed].map(
      (state) => new Map([...state].map(([name, text]) => [name, parseValue(text)])),
    );
    writeTraceFile(file, { model: entry.name, states: values, loop: undefined });
    expect(await exitOf((json) => replayCommand(file, { json, models }))).toBe(exit);
  }
});
