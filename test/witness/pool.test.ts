/** What a property is asked about: what a behavior has itself, and what is one cell away. */
import { Theory } from "tla2tools-runner";
import { expect, test } from "vitest";
import { behaviors } from "../../verify/witness/behaviors.js";
import { loadBehavior } from "../../verify/witness/loadBehavior.js";
import { neighbours } from "../../verify/witness/neighbours.js";
import { Pool, type Sample } from "../../verify/witness/pool.js";
import { SeenValues } from "../../verify/witness/seenValues.js";

const [behavior] = await Promise.all(
  behaviors.filter(({ name }) => name === "compared").map((each) => loadBehavior(each)),
);
const theory = new Theory(behavior.spec);
const { states, actions } = behavior;
const pool = new Pool(theory, states, actions, new SeenValues(states));

const changedIn = (from: Sample["before"], to: Sample["before"]): readonly string[] =>
  theory.variables.filter((_, i) => from[i] !== to[i]);

/** The sample of the same place with nothing changed. */
const ownOf = (samples: readonly Sample[], { at }: Sample): Sample => {
  const own = samples.find((sample) => sample.at === at && sample.cell === "");
  if (own === undefined) throw new Error(`nothing stands at ${at}`);
  return own;
};

test("a state is changed in the variable that is named, and in no other", () => {
  const samples = [...pool.samples("states", ["versLock", "listReaders"])];
  for (const sample of samples) {
    const own = ownOf(samples, sample);
    const changed = sample.cell === "" ? [] : [sample.variable];
    expect(changedIn(own.before, sample.before)).toEqual(changed);
    expect(sample.after).toBe(sample.before);
  }
  const first = samples.filter(({ at, variable }) => at === 1 && variable === "versLock");
  expect(first.map(({ cell, value }) => `${cell} := ${value}`)).toEqual([
    "versLock[1] := 2",
    "versLock[1] := -1",
    "versLock[1] := 1",
  ]);
});

test("a step is changed before, behind, or on both sides", () => {
  const samples = [...pool.samples("steps", ["guestVers"])];
  const sides = new Map<string, Set<string>>();
  for (const sample of samples.filter(({ cell }) => cell !== "")) {
    const own = ownOf(samples, sample);
    const side = [changedIn(own.before, sample.before), changedIn(own.after, sample.after)];
    sides.set(sample.cell, (sides.get(sample.cell) ?? new Set()).add(side.join(" and ")));
  }
  expect([...sides].map(([cell, found]) => [cell, ...found])).toEqual([
    ["guestVers[1]", "guestVers and "],
    ["guestVers[1]'", " and guestVers"],
    ["guestVers[1], guestVers[1]'", expect.stringContaining("and guestVers"), expect.anything()],
  ]);
});

test("each action and each label is looked at", () => {
  const steps = [...pool.samples("steps", [])].map(({ at }) => actions[at - 2]);
  expect(steps).toEqual([...new Set(actions)]);
  expect([...pool.samples("states", [])].length).toBeGreaterThan(steps.length);
});

const untyped = { type: "model", name: "untyped" } as const;
const int = (value: number) => ({ type: "int", value }) as const;

test.each([
  ["a number", int(3), [int(2), int(4)]],
  ["a boolean", { type: "boolean", value: true }, [{ type: "boolean", value: false }, untyped]],
  ["a string", { type: "string", value: "idle" }, [untyped]],
  ["no part", { type: "set", elements: [] }, [{ type: "set", elements: [int(0)] }]],
  [
    "a part",
    { type: "tuple", elements: [int(7)] },
    [[], [int(6)], [int(8)], [int(7), int(0)], [int(7), int(7)]].map((elements) => ({
      type: "tuple",
      elements,
    })),
  ],
] as const)("neighbours of %s", (_, value, expected) => {
  expect(neighbours(value)).toEqual(expected);
});
