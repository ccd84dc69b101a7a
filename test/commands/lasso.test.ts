/** `replay` of a lasso: gone round, said so, and written as one. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createItf, formatItf, statesEqual } from "tla2tools-runner";
import { expect, test } from "vitest";
import { readTraceFile } from "../../verify/commands/traceFile.js";
import { systemOf } from "../../verify/mediator/createSystem.js";
import { loadModel } from "../../verify/mediator/loadModel.js";
import { readManifest } from "../../verify/model/manifest.js";
import { ffaVerify } from "../support/cli.js";
import { lassoOf } from "../support/lasso.js";
import { temporaryDirectory } from "../support/temporary.js";

const [entry] = readManifest().filter(({ name }) => name === "MCH6");
const { states, loop, steps } = lassoOf(systemOf(await loadModel(entry)));
const directory = temporaryDirectory();

function fileOf(name: string, start: number): string {
  const path = join(directory, name);
  // Each state twice, as TLC has it where it stutters, and a byte order mark before it all.
  const twice = states.flatMap((state) => [state, state]);
  const trace = createItf(twice, { meta: { model: "MCH6" }, loop: 2 * start });
  writeFileSync(path, `\uFEFF${formatItf(trace)}`);
  return path;
}

test("a lasso that the implementation goes round is written as one", async () => {
  const written = join(directory, "written.itf.json");
  const run = await ffaVerify([
    "replay",
    fileOf("lasso.itf.json", loop),
    "--json",
    "--itf",
    written,
  ]);
  expect(run.code).toBe(0);
  expect(JSON.parse(run.stdout)).toMatchObject({ ok: true, loop, divergence: null });
  expect(JSON.parse(run.stdout).steps).toHaveLength(steps.length);
  const file = readTraceFile(written);
  expect(file).toMatchObject({ model: "MCH6", loop });
  expect(file.states.map((state, i) => statesEqual(state, states[i]))).toEqual(
    states.map(() => true),
  );
});

test("a lasso that comes back to another state differs, and the answer says where", async () => {
  const run = await ffaVerify(["replay", fileOf("other.itf.json", loop + 1), "--json"]);
  expect(run.code).toBe(1);
  const { divergence } = JSON.parse(run.stdout);
  expect(divergence).toMatchObject({ back: true, state: 2 * (loop + 1) + 1 });
});

test("the text says what the loop comes back to", async () => {
  const run = await ffaVerify(["replay", fileOf("lasso.itf.json", loop)]);
  expect(run.stdout).toMatch(
    `takes all ${steps.length} steps, and comes back to state ${loop + 1}`,
  );
});
