/** src/sync: operations whose result the environment chooses, and what each choice does. */
import { describe, expect, test } from "vitest";
import {
  answersTo,
  choicesOf,
  execute,
  Layout,
  type Location,
  memReclaim,
  memShare,
  type OperationKind,
  type Protocol,
  RUNNING,
  SharedMemory,
  tellSp,
} from "../../../src/sync/index.js";

const BUSY = -4;
const INVALID = -2;

const layout = new Layout(2);
const lock = layout.spinlock("lock", 1);
const domain = layout.domain("domain", 1, 1, 1);
const world = layout.secureWorld("sp", 1, [0, BUSY, INVALID], 3);
const silent = layout.secureWorld("silent", 1, [0], 30);
const cell = layout.cell("cell", 1, { values: [0, 1] });

const operation = (at: Location, kind: OperationKind, operand = 0) => {
  return { label: "Ask", kind, at: at.index, operand };
};

function memory() {
  const slots = Int32Array.from(layout.initialSlots);
  const take = (at: Location, kind: OperationKind, choice?: number, operand = 0) =>
    execute(layout, slots, operation(at, kind, operand), 1, choice);
  /** Bit n-1 stands for handle n; a slot has 16 of them. */
  const held = (at = world) =>
    [...slots.slice(at.slot, at.slot + at.slots)].reduce(
      (sum, bits, i) => sum + bits * 2 ** (16 * i),
      0,
    );
  return { slots, take, held };
}

const ASKING = ["tell", "share", "reclaim"] as const;

describe("how many results there are to choose from", () => {
  test.each(ASKING)("of %s: the answers that are declared, and they are these", (kind) => {
    expect(choicesOf(layout, operation(world, kind))).toBe(3);
    expect(answersTo(layout, operation(world, kind))).toEqual([0, BUSY, INVALID]);
    expect(choicesOf(layout, operation(silent, kind))).toBe(1);
  });

  test("of anything else, or anywhere else: one, and nobody answers", () => {
    for (const of of [operation(cell, "read"), operation(world, "read"), operation(cell, "tell")]) {
      expect(choicesOf(layout, of)).toBe(1);
      expect(answersTo(layout, of)).toBeUndefined();
    }
    expect(choicesOf(layout, { ...operation(cell, "tell"), at: 99 })).toBe(1);
  });

  test.each([
    [world, "tell", 3, "0..2"],
    [world, "share", -1, "0..2"],
    [world, "reclaim", 0.5, "0..2"],
    [silent, "tell", 1, "0..0"],
    [lock, "lock", 1, "0..0"],
  ] as const)("$name, %s: %d is none, and nothing changes", (at, kind, choice, range) => {
    const { slots, take } = memory();
    const before = slots.slice();
    const what = `CHOICE_OUT_OF_RANGE: ${at.name} of domain 1: Ask (${kind})`;
    expect(() => take(at, kind, choice)).toThrow(
      `${what}: choice ${range} expected, not ${choice}`,
    );
    expect(slots).toEqual(before);
  });
});

describe("tell", () => {
  test.each([0, 1, 2])("answer %i is the result, and nothing else happens", (choice) => {
    const { slots, take } = memory();
    expect(take(world, "tell", choice, 0x8001)).toBe(choice);
    expect([...slots]).toEqual(layout.initialSlots);
  });

  test("it is OK where nobody says otherwise", () => {
    expect(memory().take(world, "tell")).toBe(0);
  });
});

describe("share", () => {
  test("OK takes the smallest handle that is free, and a refusal none", () => {
    const { take, held } = memory();
    expect(take(world, "share", 0)).toBe(1);
    expect(take(world, "share", 1)).toBe(4);
    expect(take(world, "share", 2)).toBe(5);
    expect(held()).toBe(0b001);
    expect(take(world, "share", 0)).toBe(2);
    expect(take(world, "share", 0)).toBe(3);
    expect(held()).toBe(0b111);
    expect(take(world, "reclaim", 0, 2)).toBe(0);
    expect(take(world, "share", 0)).toBe(2);
  });

  test("OK for more objects than there are handles is a fault, and a refusal is none", () => {
    const { take, held } = memory();
    for (let i = 0; i < 3; i++) take(world, "share", 0);
    expect(() => take(world, "share", 0)).toThrow(
      "VALUE_OUT_OF_RANGE: sp of domain 1: Ask (share): more than 3 memory objects",
    );
    expect(take(world, "share", 2)).toBe(5);
    expect(held()).toBe(0b111);
  });

  test("30 objects fit into two slots", () => {
    const { take, held } = memory();
    for (let handle = 1; handle <= 30; handle++) expect(take(silent, "share")).toBe(handle);
    expect(held(silent)).toBe(2 ** 30 - 1);
    expect(take(silent, "reclaim", 0, 30)).toBe(0);
    expect(held(silent)).toBe(2 ** 29 - 1);
    expect(take(silent, "reclaim", 0, 17)).toBe(0);
    expect(held(silent)).toBe(2 ** 29 - 1 - 2 ** 16);
    expect(take(silent, "share")).toBe(17);
  });
});

describe("reclaim", () => {
  test("OK gives back that object alone, and a refusal none", () => {
    const { take, held } = memory();
    take(world, "share", 0);
    take(world, "share", 0);
    expect(take(world, "reclaim", 1, 1)).toBe(1);
    expect(take(world, "reclaim", 2, 1)).toBe(2);
    expect(held()).toBe(0b011);
    expect(take(world, "reclaim", 0, 1)).toBe(0);
    expect(held()).toBe(0b010);
  });

  test.each([
    ["was given back", 1],
    ["is not a handle", 0],
    ["is below all handles", -1],
    ["is beyond all handles", 4],
    ["has a bit that another one has in the slot before", 18],
    // A shift by 33 is one by 1.
    ["has a bit that another one has when it is shifted", 34],
  ])("of an object that %s, OK is the last answer, and each other one itself", (_, handle) => {
    const { take, held } = memory();
    take(world, "share", 0);
    take(world, "share", 0);
    take(world, "reclaim", 0, 1);
    const results = [0, 1, 2].map((choice) => take(world, "reclaim", choice, handle));
    expect(results).toEqual([2, 1, 2]);
    expect(held()).toBe(0b010);
  });

  test("of an object that is not held, where OK is all that can be said", () => {
    expect(memory().take(silent, "reclaim", 0, 7)).toBe(0);
  });
});

test.each(ASKING)("%s anywhere else is a fault", (kind) => {
  expect(() => memory().take(cell, kind)).toThrow(
    `WRONG_LOCATION: cell of domain 1: Ask (${kind}): is no secure world`,
  );
});

test("what is held is not in the context, and stays when that is freed", () => {
  const { take, held } = memory();
  take(domain, "create", 0, RUNNING);
  take(cell, "write", 0, 1);
  take(world, "share");
  take(domain, "put");
  take(domain, "free");
  expect(take(cell, "read")).toBe(0);
  expect(held()).toBe(0b001);
});

describe("the answers of a library's user", () => {
  function* asking(): Protocol<readonly number[]> {
    const told = yield* tellSp(world, 0x8001, "Tell");
    const handle = yield* memShare(world, "Share");
    const back = yield* memReclaim(world, 1, "Reclaim");
    const heard = yield* tellSp(silent, 0x8002, "Tell");
    return [told, handle, back, heard];
  }

  test("are OK where none are given", () => {
    expect(new SharedMemory(layout).run(asking(), 1)).toEqual([0, 1, 0, 0]);
  });

  test("are asked for with the operation and the location, in order", () => {
    const memory = new SharedMemory(layout);
    const asked: unknown[] = [];
    const results = memory.run(asking(), 1, (op, at) => {
      asked.push([op.label, op.operand, at.name]);
      return [1, 0, 2, 0][asked.length - 1];
    });
    expect(results).toEqual([1, 1, 2, 0]);
    expect(asked).toEqual([
      ["Tell", 0x8001, "sp"],
      ["Share", 0, "sp"],
      ["Reclaim", 1, "sp"],
      ["Tell", 0x8002, "silent"],
    ]);
    expect(memory.slots[world.slot]).toBe(0b001);
  });

  test("are not asked for where the environment has no say", () => {
    const never = () => {
      throw new Error("asked");
    };
    const memory = new SharedMemory(layout);
    function* plain(): Protocol<number> {
      return yield operation(cell, "read");
    }
    expect(memory.run(plain(), 1, never)).toBe(0);
  });

  test("that are none of those declared are a fault", () => {
    const run = () => new SharedMemory(layout).run(asking(), 1, () => 3);
    expect(run).toThrow(
      "CHOICE_OUT_OF_RANGE: sp of domain 1: Tell (tell): choice 0..2 expected, not 3",
    );
  });
});

describe("a secure world is declared with", () => {
  const declare = (answers: readonly number[], objects: number) => () =>
    new Layout(1).secureWorld("sp", 1, answers, objects);

  test.each([
    ["no answers", [], ""],
    ["answers that do not begin with OK", [-1, 0], "-1, 0"],
    ["an answer above OK", [0, 5], "0, 5"],
    ["an answer that is no integer", [0, -1.5], "0, -1.5"],
    ["OK twice", [0, 0], "0, 0"],
    ["an answer twice", [0, -1, -1], "0, -1, -1"],
  ])("%s: a fault", (_, answers, text) => {
    const what = "VALUE_OUT_OF_RANGE: sp: 0, then statuses below 0, each once, expected";
    expect(declare(answers, 1)).toThrow(`${what}, not ${text}`);
  });

  test.each([-1, 1.5, Number.NaN])("%d objects: a fault", (objects) => {
    expect(declare([0], objects)).toThrow(
      `VALUE_OUT_OF_RANGE: sp: 0 objects or more expected, not ${objects}`,
    );
  });

  test.each([
    [1, [2]],
    [16, [2 ** 16]],
    [17, [2 ** 16, 2]],
    [32, [2 ** 16, 2 ** 16]],
  ])("%d objects, which are bits of slots of 16", (objects, limits) => {
    const some = new Layout(1);
    const expected = { kind: "secureWorld", high: objects, values: [0] };
    expect(some.secureWorld("sp", 1, [0], objects)).toMatchObject(expected);
    expect(some.slotLimits).toEqual(limits);
  });

  test("none at the least", () => {
    const none = new Layout(1);
    const at = none.secureWorld("sp", 1, [0, -1], 0);
    expect(none.slotLimits).toEqual([]);
    const op = operation(at, "share");
    expect(execute(none, Int32Array.of(0), op, 1, 1)).toBe(1);
    expect(() => execute(none, Int32Array.of(0), op, 1)).toThrow("more than 0 memory objects");
  });
});
