/**
 * verify/engine/stateCheck.ts, stepCheck.ts: whatever a clause reads and whichever clauses stand
 * beside it, the explorer ends with the first state or step that breaks it, as a plain search does.
 */
import { describe, expect, it } from "vitest";
import type { Checkable, StateClause, StateView, StepClause } from "../../verify/engine/clause.js";
import type { Explorable } from "../../verify/engine/explorable.js";
import { explore } from "../../verify/engine/explore.js";
import { createScriptedSystem, type ScriptStep } from "../../verify/engine/scripted.js";
import { StateTable } from "../../verify/engine/stateTable.js";
import { Stepper } from "../../verify/engine/stepper.js";

const HIGHEST = 3;

/** `actors` count to HIGHEST and down again, each by itself, in counters that could hold more. */
function counters(actors: number, high: number, hidden: readonly number[] = []): Explorable {
  const step = (at: number, result: number, by: number): readonly ScriptStep[] => [
    { kind: "read", at, operand: 0, branch: { result, skip: 1 } },
    { kind: "add", at, operand: by },
  ];
  return createScriptedSystem({
    locations: Array.from({ length: actors }, () => ({ kind: "counter", owner: 0, low: 0, high })),
    actors: Array.from({ length: actors }, (_, a) => [step(a, HIGHEST, 1), step(a, 0, -1)]),
    hidden,
  });
}

/** How many states a shortest behavior has that shows a broken clause; 0 when there is none. */
function shortest(system: Explorable, { states, steps }: Checkable): number {
  const stepper = new Stepper(system);
  const { words } = stepper.packing;
  const table = new StateTable(words);
  const depths = [1];
  table.add(stepper.initial);
  const lengths: number[] = [];
  for (let from = 0; from < table.size; from++) {
    const before = table.arena.slice(from * words, (from + 1) * words);
    const view = stepper.viewAt(before, 0);
    if (states.some((clause) => !clause.holds(view))) lengths.push(depths[from]);
    stepper.forEachStep(before, 0, (_, __, after) => {
      const next = stepper.viewAt(after.slice(), 0);
      if (steps.some((clause) => !clause.holds(view, next))) lengths.push(depths[from] + 1);
      table.add(after);
      if (table.added) depths.push(depths[from] + 1);
    });
  }
  return lengths.length === 0 ? 0 : Math.min(...lengths);
}

async function found(system: Explorable, checkable: Checkable, sample?: number): Promise<number> {
  const checking = { ...system, checkable: () => checkable };
  const invariants = [checkable.name];
  const more = sample === undefined ? {} : { sample };
  const { outcome } = await explore(checking, { invariants, deadlock: false, ...more });
  if (outcome.kind !== "violation") return 0;
  expect(outcome.violation.name).toBe(checkable.name);
  return outcome.violation.length;
}

const slotsFrom = (...slots: readonly number[]) => slots.map((slot) => ({ slot, mask: 4095 }));
const never = (slots: readonly number[], codes: readonly number[]): StateClause => ({
  actors: [],
  slots: slotsFrom(...slots),
  holds: (state) => !slots.every((slot, i) => state.code(slot) === codes[i]),
});
/** The counter of `slot` does not go from one value to another while `beside` has a third. */
const neverGoes = (slot: number, from: number, to: number, beside: number): StepClause => ({
  actors: [],
  slots: slotsFrom(0, 2),
  changes: { actors: [], slots: slotsFrom(slot) },
  holds: (before, after) =>
    !(before.code(slot) === from && after.code(slot) === to && after.code(2 - slot) === beside),
});
const always: StepClause = {
  actors: [],
  slots: slotsFrom(0),
  changes: { actors: [], slots: slotsFrom(0, 2) },
  holds: () => true,
};

describe("a clause that one state or step breaks", () => {
  // What is between the two counters that clauses read keeps them from being one field.
  const grid = counters(3, HIGHEST);
  const values = Array.from({ length: HIGHEST + 1 }, (_, value) => value);
  const pairs = values.flatMap((a) => values.map((b): readonly [number, number] => [a, b]));

  it("of a state, among others", async () => {
    for (const pair of pairs) {
      const states = [never([0], [HIGHEST + 1]), never([2, 0], pair), never([2], [HIGHEST + 1])];
      const checkable = { name: "Never", states, steps: [] };
      const length = shortest(grid, checkable);
      expect(length, String(pair)).toBeGreaterThan(0);
      expect(await found(grid, checkable), String(pair)).toBe(length);
    }
  });

  it("of a step, behind others that it does not break", async () => {
    for (const [from, beside] of pairs) {
      for (const slot of [0, 2]) {
        const to = from === HIGHEST ? from - 1 : from + 1;
        const steps = [always, neverGoes(slot, from, to, beside)];
        const checkable = { name: "NeverGoes", states: [], steps };
        const length = shortest(grid, checkable);
        expect(length, `${slot} ${from} ${beside}`).toBeGreaterThan(0);
        expect(await found(grid, checkable), `${slot} ${from} ${beside}`).toBe(length);
      }
    }
  });

  it("of a step that moves an actor and changes no memory, and of any step", async () => {
    for (const changes of [{ actors: [2], slots: [] }, "any"] as const) {
      const beginning: StepClause = {
        actors: [2],
        slots: slotsFrom(1),
        changes,
        holds: (before, after) =>
          before.profile(2).key === after.profile(2).key || after.code(1) !== HIGHEST,
      };
      const checkable = { name: "Begins", states: [], steps: [beginning] };
      const length = shortest(grid, checkable);
      expect(length).toBeGreaterThan(2);
      expect(await found(grid, checkable)).toBe(length);
    }
  });

  it("that reads more than a table has room for", async () => {
    const wide = counters(3, 4095);
    for (const codes of pairs) {
      for (const checkable of [
        { name: "Wide", states: [never([0, 2], codes)], steps: [] },
        {
          name: "Wide",
          states: [],
          steps: [always, neverGoes(2, codes[0], codes[0] + 1, codes[1])],
        },
      ]) {
        expect(await found(wide, checkable), String(codes)).toBe(shortest(wide, checkable));
      }
    }
  });
});

it.each([1, 2])(
  "states that a model does not tell apart count once, with %i workers",
  async (workers) => {
    const hidden = counters(3, HIGHEST, [1]);
    const { distinct, mappedDistinct } = await explore(hidden, { workers });
    const plain = await explore(counters(3, HIGHEST));
    expect(distinct).toBe(plain.distinct);
    expect(plain.mappedDistinct).toBe(plain.distinct);

    const stepper = new Stepper(hidden);
    const { words } = stepper.packing;
    const table = new StateTable(words);
    const mapped = new Set<string>();
    table.add(stepper.initial);
    for (let at = 0; at < table.size; at++) {
      const view = stepper.viewAt(table.arena, at * words);
      const nodes = hidden.actors.map(({ number }) => view.profile(number).key);
      mapped.add([...nodes, view.code(0), view.code(2)].join());
      stepper.forEachStep(table.arena, at * words, (_, __, after) => table.add(after));
    }
    expect(mappedDistinct).toBe(mapped.size);
    expect(mappedDistinct).toBeLessThan(distinct);
  },
);

describe("clauses that see some of what an actor does", () => {
  const grid = counters(3, HIGHEST);
  const IDLE = grid.idle.key;
  /** Whether an actor is idle is all that is seen of it. */
  const idleAt = (actor: number, state: StateView) => String(state.profile(actor).key === IDLE);
  const busyAt = (actors: readonly number[], slot: number, code: number): StateClause => ({
    actors,
    slots: slotsFrom(slot),
    classOf: idleAt,
    holds: (state) =>
      state.code(slot) !== code || actors.some((actor) => idleAt(actor, state) === "true"),
  });
  /** It sees one step of one program. */
  const stepAt = (actor: number, key: string): StateClause => ({
    actors: [actor],
    slots: [],
    holds: (state) => state.profile(actor).key !== key,
  });

  // With a small sample most nodes are met when the groups have been formed.
  it.each([[undefined], [1]])("beside each other, with a sample of %s", async (sample) => {
    for (const actors of [[1], [2, 3], [1, 2, 3]]) {
      for (const code of [0, HIGHEST]) {
        const never = busyAt([2], 1, HIGHEST + 1);
        const others = [never, stepAt(3, "none"), busyAt([1, 2], 0, HIGHEST + 1)];
        const states = [...others, busyAt(actors, 2, code)];
        const checkable = { name: "Busy", states, steps: [] };
        const length = shortest(grid, checkable);
        expect(length, `${actors} ${code}`).toBeGreaterThan(1);
        expect(await found(grid, checkable, sample), `${actors} ${code}`).toBe(length);
      }
    }
  });

  it("are looked at again at each node that was not there when they were put together", async () => {
    // Some thousand states, in which one actor comes to its nodes late.
    const steps = Array.from({ length: 3 * HIGHEST }, (): ScriptStep => {
      return { kind: "read", at: 2, operand: 0 };
    });
    const locations = counters(3, 15).layout.locations.map(() => {
      return { kind: "counter" as const, owner: 0, low: 0, high: 15 };
    });
    const add = (at: number): ScriptStep => ({ kind: "add", at, operand: 1 });
    const once = (at: number): readonly ScriptStep[] => [
      { kind: "read", at, operand: 0, branch: { result: 15, skip: 1 } },
      add(at),
    ];
    const late = createScriptedSystem({
      locations,
      actors: [[once(0)], [once(1)], [[...steps, ...steps]]],
    });
    const key = "program 0: 0,0,0,0,0,0,0,0,0,0";
    const checkable = { name: "Late", states: [busyAt([3], 1, 16), stepAt(3, key)], steps: [] };
    const length = shortest(late, checkable);
    expect(length).toBeGreaterThan(5);
    expect(await found(late, checkable, 1)).toBe(length);
  });
});
