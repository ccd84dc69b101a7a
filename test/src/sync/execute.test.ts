/**
 * src/sync/execute.ts: what each operation means, which fault each misuse is, and that an operation
 * that waits changes nothing.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ABSENT,
  BLOCKED,
  CREATED,
  choicesOf,
  DONE,
  DROPPED,
  execute,
  HOLDERS_SLOT,
  INSIDE_SLOT,
  Layout,
  LIFE_SLOT,
  type Location,
  type OperationKind,
  PAUSED,
  REFERENCE_SLOT,
  RUNNING,
  SyncFault,
} from "../../../src/sync/index.js";

const ACTORS = 4;
const layout = new Layout(ACTORS);
const lock = layout.spinlock("lock", 1);
const free = layout.cell("free", 1, { values: [0, 7, 9] });
const guarded = layout.cell("guarded", 1, { values: [3, 5], guardedBy: lock });
const other = layout.cell("other", 2, { values: [0, 1] });
const rwlock = layout.rwlock("rwlock", 0);
const counter = layout.counter("counter", 0, -1, 2);
const tally = layout.counter("tally", 0, 0, 2);
const list = layout.list("list", 0, 3);
const buffer = layout.buffer("buffer", 1, 8);
const domain = layout.domain("domain", 1, 2, 2);
const timer = layout.timer("timer", 0);
const page = layout.guestPage("tx", 1, 3, 8);

const initial = Int32Array.from(layout.initialSlots);

/** Memory with a way to take an operation as an actor. */
function memory() {
  const slots = Int32Array.from(layout.initialSlots);
  const take = (at: Location, kind: OperationKind, actor = 1, operand = 0, bytes?: number[]) =>
    execute(
      layout,
      slots,
      { label: "Step", kind, at: at.index, operand, ...(bytes && { bytes }) },
      actor,
    );
  const create = (life = RUNNING) => take(domain, "create", 1, life);
  const life = () => slots[domain.slot + LIFE_SLOT];
  return { slots, take, create, life };
}

const fault = (code: string) => expect.objectContaining({ name: "SyncFault", code });

describe("spinlock", () => {
  test("one actor holds it; others wait, or are told when they try", () => {
    const { take } = memory();
    expect(take(lock, "lock", 2)).toBe(DONE);
    expect(take(lock, "lock", 1)).toBe(BLOCKED);
    expect(take(lock, "lock", 2)).toBe(BLOCKED);
    expect(take(lock, "tryLock", 1)).toBe(0);
    expect(take(lock, "unlock", 2)).toBe(DONE);
    expect(take(lock, "tryLock", 1)).toBe(1);
    expect(take(lock, "lock", 2)).toBe(BLOCKED);
  });

  test("only its holder releases it", () => {
    const { take } = memory();
    expect(() => take(lock, "unlock")).toThrow(fault("NOT_THE_HOLDER"));
    take(lock, "lock", 1);
    expect(() => take(lock, "unlock", 2)).toThrow(fault("NOT_THE_HOLDER"));
  });
});

describe("read-write lock", () => {
  test("many readers, and no writer beside them", () => {
    const { take } = memory();
    expect(take(rwlock, "readLock", 1)).toBe(DONE);
    expect(take(rwlock, "readLock", ACTORS)).toBe(DONE);
    expect(take(rwlock, "writeLock", 2)).toBe(BLOCKED);
    expect(take(rwlock, "readUnlock", 1)).toBe(DONE);
    expect(take(rwlock, "writeLock", 2)).toBe(BLOCKED);
    expect(take(rwlock, "readUnlock", ACTORS)).toBe(DONE);
    expect(take(rwlock, "writeLock", 2)).toBe(DONE);
  });

  test("one writer, and nobody beside it", () => {
    const { take } = memory();
    take(rwlock, "writeLock", 3);
    expect(take(rwlock, "writeLock", 1)).toBe(BLOCKED);
    expect(take(rwlock, "readLock", 1)).toBe(BLOCKED);
    expect(take(rwlock, "writeUnlock", 3)).toBe(DONE);
    expect(take(rwlock, "readLock", 1)).toBe(DONE);
  });

  test("only a holder releases it, and as what it holds it", () => {
    const { take } = memory();
    expect(() => take(rwlock, "readUnlock")).toThrow(fault("NOT_THE_HOLDER"));
    expect(() => take(rwlock, "writeUnlock")).toThrow(fault("NOT_THE_HOLDER"));
    take(rwlock, "readLock", 1);
    expect(() => take(rwlock, "writeUnlock", 1)).toThrow(fault("NOT_THE_HOLDER"));
    expect(() => take(rwlock, "readUnlock", 2)).toThrow(fault("NOT_THE_HOLDER"));
  });
});

describe("cell", () => {
  test("starts with its first value and keeps what is written", () => {
    const { take } = memory();
    expect(take(guarded, "read")).toBe(3);
    expect(take(free, "write", 1, 9)).toBe(DONE);
    expect(take(free, "read", 2)).toBe(9);
  });

  test("a value that was not declared is a fault", () => {
    const { take } = memory();
    expect(() => take(free, "write", 1, 8)).toThrow(fault("VALUE_OUT_OF_RANGE"));
  });

  test("with a guard, only the holder of that lock writes; anybody reads", () => {
    const { take } = memory();
    expect(() => take(guarded, "write", 1, 5)).toThrow(fault("UNGUARDED_WRITE"));
    take(lock, "lock", 2);
    expect(() => take(guarded, "write", 1, 5)).toThrow(fault("UNGUARDED_WRITE"));
    expect(take(guarded, "write", 2, 5)).toBe(DONE);
    expect(take(guarded, "read", 1)).toBe(5);
  });
});

describe("counter", () => {
  test("starts at 0 and adds, in either direction; the result is the new value", () => {
    const { take } = memory();
    expect(take(counter, "read")).toBe(0);
    expect(take(counter, "add", 1, 2)).toBe(2);
    expect(take(counter, "read")).toBe(2);
    expect(take(counter, "add", 1, -3)).toBe(-1);
    expect(take(counter, "read")).toBe(-1);
  });

  test.each([3, -2])("leaving its range by %i is a fault", (amount) => {
    const { take } = memory();
    expect(() => take(counter, "add", 1, amount)).toThrow(fault("VALUE_OUT_OF_RANGE"));
  });
});

describe("list", () => {
  test("members come in the order in which they were appended", () => {
    const { take } = memory();
    expect(take(list, "next")).toBe(0);
    for (const member of [2, 3, 1]) expect(take(list, "append", 1, member)).toBe(DONE);
    expect([0, 2, 3, 1].map((member) => take(list, "next", 1, member))).toEqual([2, 3, 1, 0]);
    expect(take(list, "unlink", 1, 3)).toBe(DONE);
    expect([0, 2, 1].map((member) => take(list, "next", 1, member))).toEqual([2, 1, 0]);
  });

  test("a member is listed once, and only a member is unlinked or walked from", () => {
    const { take } = memory();
    take(list, "append", 1, 2);
    expect(() => take(list, "append", 1, 2)).toThrow(fault("ALREADY_LISTED"));
    expect(() => take(list, "unlink", 1, 1)).toThrow(fault("NOT_LISTED"));
    expect(() => take(list, "next", 1, 1)).toThrow(fault("NOT_LISTED"));
  });

  test.each([0, 4])("%i is no member", (member) => {
    const { take } = memory();
    expect(() => take(list, "append", 1, member)).toThrow(fault("VALUE_OUT_OF_RANGE"));
  });

  test("what it contains is what is on it, full or not; 0 and strangers never are", () => {
    const { take } = memory();
    const contained = () => [-1, 0, 1, 2, 3, 4].filter((of) => take(list, "contains", 1, of) === 1);
    expect(contained()).toEqual([]);
    for (const member of [3, 1]) take(list, "append", 1, member);
    expect(contained()).toEqual([1, 3]);
    take(list, "append", 1, 2);
    expect(contained()).toEqual([1, 2, 3]);
    expect(take(list, "contains", 1, 2)).toBe(1);
    expect(take(list, "contains", 1, 4)).toBe(0);
  });

  test("the first is popped, until there is none", () => {
    const { slots, take } = memory();
    for (const member of [3, 1]) take(list, "append", 1, member);
    expect(take(list, "pop")).toBe(3);
    expect([...slots.slice(list.slot, list.slot + list.slots)]).toEqual([1, 0, 0]);
    expect([take(list, "pop"), take(list, "pop")]).toEqual([1, 0]);
    expect(slots).toEqual(initial);
  });

  test("does what an array does", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 3 }))), (changes) => {
        const { take } = memory();
        let members: number[] = [];
        for (const [append, member] of changes) {
          if (append === members.includes(member)) continue;
          take(list, append ? "append" : "unlink", 1, member);
          members = append ? [...members, member] : members.filter((each) => each !== member);
          const walked = [];
          for (let at = take(list, "next"); at !== 0; at = take(list, "next", 1, at)) {
            walked.push(at);
          }
          expect(walked).toEqual(members);
        }
      }),
    );
  });
});

describe("buffer", () => {
  test("bytes fit between its start and its end", () => {
    const { take } = memory();
    expect(take(buffer, "writeBuffer", 1, 0, [1, 2, 3, 4, 5, 6, 7, 8])).toBe(DONE);
    expect(take(buffer, "writeBuffer", 1, 8, [])).toBe(DONE);
    expect(() => take(buffer, "writeBuffer", 1, 1, [1, 2, 3, 4, 5, 6, 7, 8])).toThrow(
      fault("BUFFER_OVERRUN"),
    );
    expect(() => take(buffer, "writeBuffer", 1, -1, [1])).toThrow(fault("BUFFER_OVERRUN"));
  });
});

describe("a page of the guest's", () => {
  test("is copied with one of its contents, as the environment chooses", () => {
    const { slots } = memory();
    const copy = { label: "Step", kind: "copy", at: page.index, operand: 0 } as const;
    expect(choicesOf(layout, copy)).toBe(3);
    for (const choice of [0, 1, 2]) expect(execute(layout, slots, copy, 1, choice)).toBe(choice);
    const strange = () => execute(layout, slots, copy, 1, 3);
    expect(strange).toThrow(fault("CHOICE_OUT_OF_RANGE"));
    expect(slots).toEqual(initial);
  });
});

describe("timer", () => {
  test("fires once it was set, and only once, however often it was", () => {
    const { slots, take } = memory();
    expect(take(timer, "fire")).toBe(BLOCKED);
    expect([take(timer, "set", 1, 2), take(timer, "set", 2, 1)]).toEqual([DONE, DONE]);
    expect(slots[timer.slot]).toBe(1);
    expect(take(timer, "fire", 3)).toBe(DONE);
    expect(slots[timer.slot]).toBe(0);
    expect(take(timer, "fire", 3)).toBe(BLOCKED);
  });
});

describe("domain", () => {
  test("vCPUs enter while it runs; it is paused when none is inside", () => {
    const { slots, take, create, life } = memory();
    expect(take(domain, "enter")).toBe(BLOCKED);
    expect(take(domain, "pause")).toBe(BLOCKED);
    expect(create()).toBe(DONE);
    expect(create()).toBe(BLOCKED);
    expect([1, 2].map((actor) => take(domain, "enter", actor))).toEqual([DONE, DONE]);
    expect(take(domain, "pause")).toBe(BLOCKED);
    take(domain, "leave", 1);
    expect(take(domain, "pause")).toBe(BLOCKED);
    take(domain, "leave", 2);
    expect(slots[domain.slot + INSIDE_SLOT]).toBe(0);
    expect(life()).toBe(RUNNING);
    expect(take(domain, "pause")).toBe(DONE);
    expect(life()).toBe(PAUSED);
    expect(take(domain, "enter")).toBe(BLOCKED);
    expect(create()).toBe(BLOCKED);
  });

  test("one that is created is there for nobody until it is started, once", () => {
    const { take, create, life } = memory();
    expect(() => take(domain, "start")).toThrow(fault("WRONG_LIFE"));
    expect(create(CREATED)).toBe(DONE);
    expect(life()).toBe(CREATED);
    expect([take(domain, "enter"), take(domain, "pause")]).toEqual([BLOCKED, BLOCKED]);
    expect(take(domain, "hold")).toBe(0);
    expect(take(domain, "start")).toBe(DONE);
    expect(life()).toBe(RUNNING);
    expect(() => take(domain, "start")).toThrow(fault("WRONG_LIFE"));
    expect(take(domain, "hold")).toBe(1);
  });

  test("is held by whoever finds it while it is there; only they let go of it, once", () => {
    const { slots, take, create } = memory();
    const holders = () => slots[domain.slot + HOLDERS_SLOT];
    expect(take(domain, "hold")).toBe(0);
    create();
    expect(take(domain, "hold", 1)).toBe(1);
    take(domain, "pause");
    expect(take(domain, "hold", ACTORS)).toBe(1);
    expect(holders()).toBe((1 << 1) | (1 << ACTORS));
    expect(() => take(domain, "letGo", 2)).toThrow(fault("NOT_THE_HOLDER"));
    expect(take(domain, "letGo", 1)).toBe(DONE);
    expect(() => take(domain, "letGo", 1)).toThrow(fault("NOT_THE_HOLDER"));
    expect(holders()).toBe(1 << ACTORS);
    take(domain, "put");
    expect(take(domain, "hold", 1)).toBe(0);
    expect(take(domain, "letGo", ACTORS)).toBe(DONE);
    expect(holders()).toBe(0);
  });

  test("an interrupt is raised, whatever its life is", () => {
    const { slots, take } = memory();
    expect(take(domain, "raise")).toBe(DONE);
    expect(slots).toEqual(initial);
  });

  test("no more vCPUs are inside than there are, and none leaves that is not inside", () => {
    const { take, create } = memory();
    create();
    expect(() => take(domain, "leave")).toThrow(fault("WRONG_LIFE"));
    take(domain, "enter", 1);
    take(domain, "enter", 2);
    expect(() => take(domain, "enter", 3)).toThrow(fault("VALUE_OUT_OF_RANGE"));
  });

  test("references are counted, and without one there is none to take or to drop", () => {
    const { take, create } = memory();
    expect(() => take(domain, "get")).toThrow(fault("WRONG_LIFE"));
    expect(() => take(domain, "put")).toThrow(fault("WRONG_LIFE"));
    create();
    expect(take(domain, "get")).toBe(2);
    expect(() => take(domain, "get")).toThrow(fault("VALUE_OUT_OF_RANGE"));
    expect(take(domain, "put")).toBe(1);
  });

  test("with the last reference it is dropped: nothing is given back, and nobody finds it", () => {
    const { slots, take, create, life } = memory();
    create();
    take(free, "write", 1, 9);
    take(domain, "get");
    expect([take(domain, "put"), life()]).toEqual([1, RUNNING]);
    expect([take(domain, "put"), life()]).toEqual([0, DROPPED]);
    expect(slots[domain.slot + REFERENCE_SLOT]).toBe(0);
    expect(take(free, "read")).toBe(9);
    const all = [take(domain, "enter"), take(domain, "pause"), create(), take(domain, "hold")];
    expect(all).toEqual([BLOCKED, BLOCKED, BLOCKED, 0]);
  });

  test("freed when it is dropped and nobody holds it: all that it owns is given back", () => {
    const { slots, take, create, life } = memory();
    expect(take(domain, "free")).toBe(BLOCKED);
    create();
    take(free, "write", 1, 9);
    take(other, "write", 1, 1);
    take(counter, "add", 1, 1);
    take(lock, "lock", 2);
    take(domain, "hold", 3);
    expect(take(domain, "free")).toBe(BLOCKED);
    take(domain, "put");
    expect(take(domain, "free")).toBe(BLOCKED);
    take(domain, "letGo", 3);
    expect(take(domain, "free")).toBe(DONE);
    expect(life()).toBe(ABSENT);
    expect([take(free, "read"), take(lock, "tryLock")]).toEqual([0, 1]);
    expect([take(other, "read"), take(counter, "read")]).toEqual([1, 1]);
    expect(slots[domain.slot + REFERENCE_SLOT]).toBe(0);
    expect(create()).toBe(DONE);
  });
});

test("a location that is not there is a fault", () => {
  const op = { label: "Step", kind: "read" as const, at: 99, operand: 0 };
  expect(() => execute(layout, Int32Array.from(layout.initialSlots), op, 1)).toThrow(
    fault("WRONG_LOCATION"),
  );
});

test("a fault names its code, the location with its domain, the step and the reason", () => {
  const { take } = memory();
  expect(() => take(lock, "unlock")).toThrow(
    new SyncFault("NOT_THE_HOLDER", "lock of domain 1", "Step (unlock): holder is 0"),
  );
});

test("what waits or faults changes nothing, and what is done stays in range", () => {
  const anyOperation = fc.record({
    at: fc.constantFrom(lock, free, guarded, rwlock, tally, list, domain, timer, page),
    kind: fc.nat(),
    actor: fc.integer({ min: 1, max: ACTORS }),
    operand: fc.integer({ min: -2, max: 9 }),
  });
  const kinds: Readonly<Record<string, readonly OperationKind[]>> = {
    spinlock: ["lock", "tryLock", "unlock"],
    rwlock: ["readLock", "readUnlock", "writeLock", "writeUnlock"],
    cell: ["read", "write"],
    counter: ["read", "add"],
    list: ["append", "unlink", "next", "contains", "pop"],
    domain: [
      ...(["create", "start", "enter", "leave", "pause", "get", "put"] as const),
      ...(["hold", "letGo", "raise", "free"] as const),
    ],
    timer: ["set", "fire"],
    guestPage: ["copy"],
  };
  fc.assert(
    fc.property(fc.array(anyOperation, { maxLength: 40 }), (operations) => {
      const { slots, take } = memory();
      for (const { at, kind, actor, operand } of operations) {
        const all = kinds[at.kind];
        const before = slots.slice();
        let result: number = BLOCKED;
        try {
          const chosen = all[kind % all.length];
          result = take(at, chosen, actor, chosen === "create" ? RUNNING : operand);
        } catch (error) {
          expect(error).toBeInstanceOf(SyncFault);
        }
        if (result === BLOCKED) expect(slots).toEqual(before);
        for (const [i, limit] of layout.slotLimits.entries()) {
          expect(slots[i]).toBeGreaterThanOrEqual(0);
          expect(slots[i]).toBeLessThan(limit);
        }
      }
    }),
  );
});
