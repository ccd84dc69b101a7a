/**
 * verify/engine/stateCheck.ts: what it says of a state is what its clauses say, whenever the groups
 * were formed and whatever it has looked at before.
 */
import { expect, test } from "vitest";
import type { StateClause, StateView } from "../../verify/engine/clause.js";
import { createScriptedSystem, type ScriptStep } from "../../verify/engine/scripted.js";
import { StateCheck } from "../../verify/engine/stateCheck.js";
import { StateTable } from "../../verify/engine/stateTable.js";
import { Stepper } from "../../verify/engine/stepper.js";

const HIGH = 5;

/** Each actor counts its counter up, in several steps, and may begin to read another one. */
const countUp = (at: number): readonly ScriptStep[] => [
  { kind: "read", at, operand: 0, branch: { result: HIGH, skip: 1 } },
  { kind: "add", at, operand: 1 },
  { kind: "read", at, operand: 0 },
];
const system = createScriptedSystem({
  locations: [0, 1, 2].map(() => ({ kind: "counter", owner: 0, low: 0, high: HIGH })),
  actors: [0, 1, 2].map((a) => [countUp(a), [{ kind: "read", at: (a + 1) % 3, operand: 0 }]]),
});

function everyState(stepper: Stepper): { readonly arena: Int32Array; readonly size: number } {
  const { words } = stepper.packing;
  const table = new StateTable(words);
  table.add(stepper.initial);
  for (let from = 0; from < table.size; from++) {
    const before = table.arena.slice(from * words, (from + 1) * words);
    stepper.forEachStep(before, 0, (_, __, after) => void table.add(after));
  }
  return { arena: table.arena, size: table.size };
}

const slotsFrom = (...slots: readonly number[]) => slots.map((slot) => ({ slot, mask: 7 }));
const keyOf = (actor: number, state: StateView) => state.profile(actor).key;

/** Clauses that see nodes in full, in part, one, two or three of them, and memory beside them. */
const stepsOf = [1, 2, 3].flatMap((actor) =>
  ["program 0: 3", "program 0: 3,1", "program 0: 0", "none"].map((key): StateClause => {
    return { actors: [actor], slots: [], holds: (state) => keyOf(actor, state) !== key };
  }),
);
const isBusy = (actor: number, state: StateView) => String(keyOf(actor, state) !== "");
const lengthOf = (actor: number, state: StateView) => String(keyOf(actor, state).length);
const endOf = (actor: number, state: StateView) => keyOf(actor, state).slice(-1);
const pairs: readonly StateClause[] = [
  {
    actors: [1, 2],
    slots: [],
    classOf: lengthOf,
    holds: (state) => lengthOf(1, state) !== lengthOf(2, state),
  },
  {
    actors: [2, 3],
    slots: slotsFrom(0),
    classOf: lengthOf,
    holds: (state) => Number(lengthOf(2, state)) + Number(lengthOf(3, state)) !== state.code(0) * 6,
  },
  {
    actors: [1, 2, 3],
    slots: slotsFrom(0, 1, 2),
    classOf: isBusy,
    holds: (state) => ![1, 2, 3].every((actor) => state.code(actor - 1) === actor),
  },
  {
    actors: [1],
    slots: slotsFrom(1),
    classOf: lengthOf,
    holds: (state) => Number(lengthOf(1, state)) < 14,
  },
  { actors: [1], slots: slotsFrom(1), classOf: endOf, holds: (state) => endOf(1, state) !== "4" },
  { actors: [], slots: slotsFrom(1, 2), holds: (state) => state.code(1) + state.code(2) < 9 },
];

const sets: readonly (readonly [string, readonly StateClause[]])[] = [
  ...[...stepsOf, ...pairs].map((clause, i) => [`clause ${i} alone`, [clause]] as const),
  ["two that see different things of one actor", pairs.slice(-3, -1)],
  ["all together", [...stepsOf, ...pairs]],
];

test.each(sets)("%s", (_, clauses) => {
  const checkables = clauses.map((clause, i) => ({
    name: `Clause${i}`,
    states: [clause],
    steps: [],
  }));
  const stepper = new Stepper(system);
  // Only what an actor is at first is known of the nodes.
  const early = new StateCheck(stepper.table, checkables);
  const { arena, size } = everyState(stepper);
  const late = new StateCheck(stepper.table, checkables);
  const { words } = stepper.packing;
  const expected = Array.from({ length: size }, (_, i) => {
    const state = stepper.viewAt(arena, i * words);
    return clauses.findIndex((clause) => !clause.holds(state));
  });
  for (const check of [early, late, late, early, early]) {
    const found = expected.map((_, i) => check.findBroken(arena, i, i + 1) === i);
    expect(found).toEqual(expected.map((broken) => broken >= 0));
    expect(check.findBroken(arena, 0, size)).toBe(expected.findIndex((broken) => broken >= 0));
  }
  const first = expected.findIndex((broken) => broken >= 0);
  if (first >= 0) {
    expect(late.brokenIn(arena, first * words)).toBe(`Clause${expected[first]}`);
  }
});
