/**
 * src/sync/execute.ts: what each operation means, which fault each misuse is, and that an operation
 * that waits changes nothing.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ABSENT,
  BLOCKED,
  DONE,
  execute,
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
const list = layout.list("list", 0, 3);
const buffer = layout.buffer("buffer", 1, 8);
const domain = layout.domain("domain", 1, 2, 2);

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
  return { slots, take };
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
  test("starts at 0 and adds, in either direction", () => {
    const { take } = memory();
    expect(take(counter, "read")).toBe(0);
    expect(take(counter, "add", 1, 2)).toBe(DONE);
    expect(take(counter, "read")).toBe(2);
    take(counter, "add", 1, -3);
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

describe("domain", () => {
  test("vCPUs enter while it runs; it is paused when none is inside", () => {
    const { slots, take } = memory();
    expect(take(domain, "enter")).toBe(BLOCKED);
    expect(take(domain, "pause")).toBe(BLOCKED);
    expect(take(domain, "create")).toBe(DONE);
    expect(take(domain, "create")).toBe(BLOCKED);
    expect([1, 2].map((actor) => take(domain, "enter", actor))).toEqual([DONE, DONE]);
    expect(take(domain, "pause")).toBe(BLOCKED);
    take(domain, "leave", 1);
    expect(take(domain, "pause")).toBe(BLOCKED);
    take(domain, "leave", 2);
    expect(slots[domain.slot + INSIDE_SLOT]).toBe(0);
    expect(slots[domain.slot + LIFE_SLOT]).toBe(RUNNING);
    expect(take(domain, "pause")).toBe(DONE);
    expect(slots[domain.slot + LIFE_SLOT]).toBe(PAUSED);
    expect(take(domain, "enter")).toBe(BLOCKED);
    expect(take(domain, "create")).toBe(BLOCKED);
  });

  test("no more vCPUs are inside than there are, and none leaves that is not inside", () => {
    const { take } = memory();
    take(domain, "create");
    expect(() => take(domain, "leave")).toThrow(fault("WRONG_LIFE"));
    take(domain, "enter", 1);
    take(domain, "enter", 2);
    expect(() => take(domain, "enter", 3)).toThrow(fault("VALUE_OUT_OF_RANGE"));
  });

  test("references are counted, and without one there is none to take or to drop", () => {
    const { take } = memory();
    expect(() => take(domain, "get")).toThrow(fault("WRONG_LIFE"));
    expect(() => take(domain, "put")).toThrow(fault("WRONG_LIFE"));
    take(domain, "create");
    expect(take(domain, "get")).toBe(2);
    expect(() => take(domain, "get")).toThrow(fault("VALUE_OUT_OF_RANGE"));
    expect(take(domain, "put")).toBe(1);
  });

  test("the last reference gives back all that the domain owns, and nothing else", () => {
    const { slots, take } = memory();
    take(domain, "create");
    take(free, "write", 1, 9);
    take(other, "write", 1, 1);
    take(counter, "add", 1, 1);
    take(domain, "get");
    expect(take(domain, "put")).toBe(1);
    expect(take(free, "read")).toBe(9);
    expect(take(domain, "put")).toBe(0);
    expect(take(free, "read")).toBe(0);
    expect(take(other, "read")).toBe(1);
    expect(take(counter, "read")).toBe(1);
    expect(slots[domain.slot + LIFE_SLOT]).toBe(ABSENT);
    expect(slots[domain.slot + REFERENCE_SLOT]).toBe(0);
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
    at: fc.constantFrom(lock, free, guarded, rwlock, counter, list, domain),
    kind: fc.nat(),
    actor: fc.integer({ min: 1, max: ACTORS }),
    operand: fc.integer({ min: -2, max: 9 }),
  });
  const kinds: Readonly<Record<string, readonly OperationKind[]>> = {
    spinlock: ["lock", "tryLock", "unlock"],
    rwlock: ["readLock", "readUnlock", "writeLock", "writeUnlock"],
    cell: ["read", "write"],
    counter: ["read", "add"],
    list: ["append", "unlink", "next"],
    domain: ["create", "enter", "leave", "pause", "get", "put"],
  };
  fc.assert(
    fc.property(fc.array(anyOperation, { maxLength: 40 }), (operations) => {
      const { slots, take } = memory();
      for (const { at, kind, actor, operand } of operations) {
        const all = kinds[at.kind];
        const before = slots.slice();
        let result: number = BLOCKED;
        try {
          result = take(at, all[kind % all.length], actor, operand);
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
