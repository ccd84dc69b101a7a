/** A trace whose file names no model: the one model that it fits, or how to give it. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createItf, formatItf, parseValue, type TlaState } from "tla2tools-runner";
import { describe, expect, test } from "vitest";
import { modelOfTrace } from "../../verify/commands/modelOfTrace.js";
import { systemOf } from "../../verify/mediator/createSystem.js";
import { loadModel } from "../../verify/mediator/loadModel.js";
import { findEntry, readManifest } from "../../verify/model/manifest.js";
import { machineAfter } from "../../verify/replay/machine.js";
import { parseSchedule } from "../../verify/replay/schedule.js";
import { ffaVerify } from "../support/cli.js";
import { temporaryDirectory } from "../support/temporary.js";

const SCHEDULE = "3:0,1:1,1,1,1,1,1,1,1:2,1,1,1,1,1,2:3,2,2,2,2";
const temporary = temporaryDirectory();
const model = await loadModel(findEntry(readManifest(), "MCH1"));
const { states: texts } = machineAfter(systemOf(model), parseSchedule(SCHEDULE));
const states = texts.map(
  (text): TlaState => new Map([...text].map(([name, value]) => [name, parseValue(value)])),
);

/** With other values of some variables in one state. */
const withValues = (index: number, values: Readonly<Record<string, number>>): readonly TlaState[] =>
  states.map((state, i) => {
    const changed = Object.entries(values).map(([name, value]) => {
      return [name, { type: "int", value } as const] as const;
    });
    return i === index ? new Map([...state, ...changed]) : state;
  });

const find = (states: readonly TlaState[]) =>
  modelOfTrace("a.itf.json", { states, loop: undefined }, undefined);
const refusal = (states: readonly TlaState[]) => find(states).catch((error: unknown) => error);

describe("a trace that names no model", () => {
  test("is of the only model that takes all its steps", async () => {
    expect((await find(states)).name).toBe("MCH1");
  });

  test("with a variable more is of a model that has that one, or else of one without it", async () => {
    const more = states.map((state) => new Map([...state, ["more", state.get("vmCount")]]));
    expect((await find(more as readonly TlaState[])).name).toBe("MCH1");
    // The same steps with a monitor beside them are of the model that has the monitor's variable.
    const [first] = states;
    const told = [new Map([...first, ["told", { type: "int", value: 0 } as const]])];
    expect(await refusal(told)).toMatchObject({ found: "no model starts in its first state" });
  });

  test.each([
    [
      "fits several",
      states.slice(0, 1),
      /^all its steps: MC1x2, .*MCH1, /,
      /replay "a\.itf\.json" --model MC1x2$/,
    ],
    [
      "ends early on all",
      withValues(5, { vmCount: 7 }),
      /^no model takes all its steps; as far as state 5 of 20: .*MCH1/,
      /--model MC/,
    ],
    [
      "begins elsewhere",
      withValues(0, { vmCount: 7 }),
      /starts in its first state$/,
      /--model NAME/,
    ],
    [
      "has other variables",
      [new Map([["x", { type: "int", value: 1 } as const]])],
      /^no model has its variables, which are x$/,
      /--model NAME/,
    ],
  ])("and %s: how to name it", async (_, states, found, hint) => {
    expect(await refusal(states)).toMatchObject({
      code: "USAGE",
      message: expect.stringContaining("names no model; give it with --model"),
      where: "a.itf.json",
      found: expect.stringMatching(found),
      hint: expect.stringMatching(hint),
    });
  });

  test("is replayed, and which model was taken is told", async () => {
    // As other tools write it: with a head of their own.
    const path = join(temporary, "other.itf.json");
    const write = (meta: Readonly<Record<string, unknown>>) =>
      writeFileSync(path, formatItf(createItf(states, { meta })));
    write({ format: "ITF", source: "a.qnt" });
    const run = await ffaVerify(["replay", path]);
    expect(run.stdout).toMatch(/^the file names no model: of all, MCH1 alone has its variables/);
    expect(run.code).toBe(0);
    const answer = JSON.parse((await ffaVerify(["replay", path, "--json"])).stdout);
    expect(answer).toMatchObject({ model: "MCH1", modelFrom: "trace", schedule: SCHEDULE });
    const named = JSON.parse(
      (await ffaVerify(["replay", path, "--json", "--model", "MCH1"])).stdout,
    );
    expect(named).toEqual({ ...answer, modelFrom: "option" });
    write({ model: "MCH1" });
    const inFile = JSON.parse((await ffaVerify(["replay", path, "--json"])).stdout);
    expect(inFile).toEqual({ ...answer, modelFrom: "file" });
  });
});
