/** verify/conform/dumpStates.ts: what is kept grows with the states, not with the file. */
import { expect, test } from "vitest";
import { DumpStates, MOST_STEPS } from "../../verify/conform/dumpStates.js";
import { StateTable } from "../../verify/engine/stateTable.js";

/** Every typed array that the object holds, in bytes. */
const kept = (states: DumpStates): number =>
  Object.values(states)
    .flatMap((value) => (value instanceof StateTable ? Object.values(value) : [value]))
    .filter((value): value is Int32Array => ArrayBuffer.isView(value))
    .reduce((sum, { byteLength }) => sum + byteLength, 0);

const WORDS = 3;
/** The packed state, two places of its index, the parent, the depth, the mark, and the steps. */
const BYTES_A_STATE = WORDS * 4 + 2 * 4 + 4 + 2 + 1 + MOST_STEPS / 8;

test("at most twice the bytes of its states, however many steps are matched", () => {
  const states = new DumpStates(WORDS);
  const state = new Int32Array(WORDS);
  for (let i = 0; i < 10_000; i++) states.add(state.fill(i), i - 1);
  const before = kept(states);
  expect(before).toBeLessThanOrEqual(2 * 10_000 * BYTES_A_STATE);
  for (let i = 0; i < 10_000; i++) for (let s = 0; s < MOST_STEPS; s++) states.match(i, s);
  expect(kept(states)).toBe(before);
});

test("a state keeps its words, its parent, its depth and its marks while the arrays grow", () => {
  const states = new DumpStates(2);
  for (let i = 0; i < 5000; i++) {
    expect(states.add(Int32Array.of(i, -i), i === 0 ? -1 : i >> 1)).toBe(true);
    states.match(i, i % MOST_STEPS);
  }
  for (let i = 1; i < 5000; i++) {
    expect([...states.arena.subarray(i * 2, i * 2 + 2)]).toEqual([i, -i]);
    expect(states.parents[i]).toBe(i >> 1);
    expect(states.depths[i]).toBe(states.depths[i >> 1] + 1);
    expect(states.isMatched(i, i % MOST_STEPS)).toBe(true);
    expect(states.isMatched(i, (i + 1) % MOST_STEPS)).toBe(false);
  }
});

test("a state that is there is not added again", () => {
  const states = new DumpStates(2);
  expect(states.add(Int32Array.of(1, 2), -1)).toBe(true);
  expect(states.add(Int32Array.of(1, 3), 0)).toBe(true);
  expect(states.add(Int32Array.of(1, 2), 1)).toBe(false);
  expect(states.size).toBe(2);
  expect(states.parents[0]).toBe(-1);
});
