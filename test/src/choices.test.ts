/** src/choices.ts: the values of each choice. What each does is in the tests of negotiation. */
import { expect, test } from "vitest";
import { CHOICES } from "../../src/choices.js";
import { presets } from "../../src/presets.js";

const chosen = Object.values(presets).map(({ choices }) => new Map(Object.entries(choices)));

test("the posted design's value is the first of each", () => {
  const first = Object.entries(CHOICES).map(([name, values]) => [name, values[0]]);
  expect(presets["xen-posted"].choices).toEqual(Object.fromEntries(first));
});

test.each(Object.entries(CHOICES))(
  "%s: each value is there once, and some mediator has it",
  (...of) => {
    const [name, values] = of;
    expect(new Set(values).size).toBe(values.length);
    expect(new Set(chosen.map((choices) => choices.get(name)))).toEqual(new Set(values));
  },
);
