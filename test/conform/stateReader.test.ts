/** verify/conform/stateReader.ts: the values that make up a profile are kept apart, or refused. */
import { expect, test } from "vitest";
import { ROOM, StateReader } from "../../verify/conform/stateReader.js";
import { Stepper } from "../../verify/engine/stepper.js";
import { variablesOf } from "../../verify/graph/dumpText.js";
import { dumpText, graphLines, isState, tinySystem } from "../support/graphDump.js";

const lines = graphLines(tinySystem());
const labels = dumpText(lines.filter(isState)).matchAll(/\[label="(.*)"[\],]/g);
const texts = [...labels].map(([, label]) => label);

/** How many values the elements of a variable have in the graph. */
const valuesOf = (variable: string): number => {
  const of = texts.map((text) => new Map(variablesOf(text)).get(variable) ?? "");
  return new Set(of).size;
};

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
