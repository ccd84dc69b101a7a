/** src/sync/layout.ts: slots and their ranges follow from the declarations alone. */
import { describe, expect, test } from "vitest";
import { describeLocation, Layout } from "../../../src/sync/index.js";

describe("the slots of each kind", () => {
  test.each<readonly [string, (layout: Layout) => unknown, readonly number[], readonly number[]]>([
    ["spinlock: its holder", (l) => l.spinlock("x", 1), [4], [0]],
    ["rwlock: its writer, its readers as bits", (l) => l.rwlock("x", 0), [4, 16], [0, 0]],
    ["cell: which of its values", (l) => l.cell("x", 1, { values: [5, 6, 7] }), [3], [0]],
    ["counter: from its lowest value", (l) => l.counter("x", 0, -2, 3), [6], [2]],
    ["list: its members in order", (l) => l.list("x", 0, 3), [4, 4, 4], [0, 0, 0]],
    ["buffer: none", (l) => l.buffer("x", 1, 64), [], []],
    ["secure world: what it holds as bits", (l) => l.secureWorld("x", 1, [0], 2), [4], [0]],
    ["guest's page: none", (l) => l.guestPage("x", 1, 3, 64), [], []],
    ["timer: whether it is set", (l) => l.timer("x", 0), [2], [0]],
    [
      "domain: inside, life, holders as bits, references",
      (l) => l.domain("x", 1, 2, 1),
      [3, 5, 16, 2],
      [0, 0, 0, 0],
    ],
  ])("%s", (_, declare, limits, initial) => {
    const layout = new Layout(3);
    declare(layout);
    expect(layout.slotLimits).toEqual(limits);
    expect(layout.initialSlots).toEqual(initial);
  });
});

test("locations are numbered, and their slots lie one behind the other", () => {
  const layout = new Layout(2);
  const all = [layout.rwlock("a", 0), layout.buffer("b", 1, 8), layout.spinlock("c", 1)];
  expect(all.map(({ index }) => index)).toEqual([0, 1, 2]);
  expect(all.map(({ slot, slots }) => [slot, slots])).toEqual([
    [0, 2],
    [2, 0],
    [2, 1],
  ]);
});

test("a guard is the index of a spinlock; a cell that must be read as a whole says so", () => {
  const layout = new Layout(2);
  const lock = layout.spinlock("lock", 1);
  const cell = layout.cell("cell", 1, { values: [2, 9], accessOnce: true, guardedBy: lock });
  expect(cell).toMatchObject({ guardedBy: lock.index, accessOnce: true, low: 2, high: 9 });
  expect(layout.cell("plain", 1, { values: [0] })).toMatchObject({ accessOnce: false });
  const unenforced = layout.cell("x", 1, { values: [0], guardedBy: lock, enforced: false });
  expect(unenforced.guardedBy).toBe(undefined);
});

test.each([0, 31, 1.5, Number.NaN])("%d actors are a fault", (actors) => {
  expect(() => new Layout(actors)).toThrow(/^ACTORS_OUT_OF_RANGE/);
});

test("30 actors fit, and the last of them into the readers' bits", () => {
  const layout = new Layout(30);
  layout.rwlock("x", 0);
  expect(layout.slotLimits).toEqual([31, 2 ** 31]);
});

test("a location is named with its domain, if it has one", () => {
  const layout = new Layout(1);
  expect(describeLocation(layout.spinlock("rx_lock", 2))).toBe("rx_lock of domain 2");
  expect(describeLocation(layout.counter("ffa_vm_count", 0, 0, 1))).toBe("ffa_vm_count");
});
