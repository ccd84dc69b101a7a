/** verify/conform/stateReader.ts: the values that make up a profile are kept apart, or refused. */
import { expect, test } from "vitest";
import { ROOM, StateReader } from "../../verify/conform/stateReader.js";
import { Stepper } from "../../verify/engine/stepper.js";
import { variablesOf } from "../../verify/graph/dumpText.js";
import { createSystem } from "../../verify/mediator/createSystem.js";
import {
  type DumpLine,
  dumpText,
  graphLines,
  isState,
  tinyOptions,
  tinySystem,
} from "../support/graphDump.js";

/** States as they stand in the file. */
function textsOf(all: readonly DumpLine[]): readonly string[] {
  const labels = dumpText(all.filter(isState)).matchAll(/\[label="(.*)"[\],]/g);
  return [...labels].map(([, label]) => label);
}

const lines = graphLines(tinySystem());
const texts = textsOf(lines);

/** How many values a variable has in the states. */
const valuesIn = (all: readonly string[], variable: string): number =>
  new Set(all.map((text) => new Map(variablesOf(text)).get(variable) ?? "")).size;
const valuesOf = (variable: string): number => valuesIn(texts, variable);

const readAll = (room?: Readonly<Record<string, number>>) => {
  const reader = new StateReader(new Stepper(tinySystem()), room);
  return texts.map((text) => reader.read(text));
};

test("numbers of profiles are exact", () => {
  const profiles = Object.values(ROOM).reduce((all, some) => all * some, 1);
  expect(profiles).toBeLessThanOrEqual(Number.MAX_SAFE_INTEGER);
});

test.each(["call", "work", "answer"])(
  "more values of %s than have room are refused",
  (variable) => {
    // One vCPU is one element, so that there are as many texts as elements.
    const values = valuesOf(variable);
    expect(values).toBeGreaterThan(1);
    expect(readAll({ ...ROOM, [variable]: values })).toHaveLength(lines.filter(isState).length);
    const error = { code: "TOO_MANY_VALUES", expected: `at most ${values - 1}` };
    expect(() => readAll({ ...ROOM, [variable]: values - 1 })).toThrow(
      expect.objectContaining(error),
    );
  },
);

test("profiles are kept apart with no room to spare", () => {
  // Calls that between them have many values of each part, for vCPUs whose parts mix.
  const calls = ["PARTITION_INFO_GET", "VERSION", "RXTX_MAP", "RX_RELEASE"].map((name) => {
    return { name, argument: name === "VERSION" ? 101 : 0 };
  });
  const system = createSystem(tinyOptions, calls);
  const stepper = new Stepper(system);
  const all = textsOf(graphLines(system, stepper));
  const room = Object.fromEntries(Object.keys(ROOM).map((name) => [name, valuesIn(all, name)]));
  const [exact, ample] = [new StateReader(stepper, room), new StateReader(stepper)];
  for (const text of all) {
    expect([exact.read(text), ample.read(text)]).toEqual([true, true]);
    expect(exact.bits).toEqual(ample.bits);
  }
});
