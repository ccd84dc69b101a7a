/** src/sync: what each fault says, in full, and the operations that have nothing to misuse. */
import { expect, test } from "vitest";
import {
  assertNever,
  DONE,
  execute,
  Layout,
  type Location,
  type OperationKind,
  RUNNING,
  SharedMemory,
} from "../../../src/sync/index.js";

const layout = new Layout(4);
const lock = layout.spinlock("lock", 1);
const cell = layout.cell("cell", 1, { values: [3, 5], guardedBy: lock });
const rwlock = layout.rwlock("rwlock", 0);
const counter = layout.counter("counter", 0, -1, 2);
const empty = layout.list("empty", 0, 0);
const list = layout.list("list", 0, 3);
const buffer = layout.buffer("buffer", 1, 8);
const domain = layout.domain("domain", 1, 2, 2);

type Step = readonly [Location, OperationKind, operand?: number, bytes?: number[]];

const run = (...steps: readonly Step[]): number => {
  const slots = Int32Array.from(layout.initialSlots);
  return steps
    .map(([at, kind, operand = 0, bytes]) => {
      const op = { label: "Step", kind, at: at.index, operand, ...(bytes && { bytes }) };
      return execute(layout, slots, op, 1);
    })
    .at(-1) as number;
};

const faults: readonly (readonly [string, ...Step[]])[] = [
  ["NOT_THE_HOLDER: lock of domain 1: Step (unlock): holder is 0", [lock, "unlock"]],
  [
    "NOT_THE_HOLDER: rwlock: Step (readUnlock): actor 1 does not hold it for reading",
    [rwlock, "readUnlock"],
  ],
  ["NOT_THE_HOLDER: rwlock: Step (writeUnlock): writer is 0", [rwlock, "writeUnlock"]],
  [
    "UNGUARDED_WRITE: cell of domain 1: Step (write): actor 1 does not hold lock of domain 1",
    [cell, "write", 5],
  ],
  [
    "VALUE_OUT_OF_RANGE: cell of domain 1: Step (write): one of 3, 5 expected, not 4",
    [lock, "lock"],
    [cell, "write", 4],
  ],
  ["VALUE_OUT_OF_RANGE: counter: Step (add): -1..2 expected, not 3", [counter, "add", 3]],
  ["VALUE_OUT_OF_RANGE: list: Step (append): 1..3 expected, not 4", [list, "append", 4]],
  [
    "ALREADY_LISTED: list: Step (append): member 2 is on the list",
    [list, "append", 2],
    [list, "append", 2],
  ],
  ["NOT_LISTED: list: Step (unlink): member 2 is not on the list", [list, "unlink", 2]],
  ["NOT_LISTED: list: Step (next): member 2 is not on the list", [list, "next", 2]],
  [
    "BUFFER_OVERRUN: buffer of domain 1: Step (writeBuffer): 2 bytes at 7",
    [buffer, "writeBuffer", 7, [1, 2]],
  ],
  [
    "BUFFER_OVERRUN: buffer of domain 1: Step (writeBuffer): 0 bytes at 9",
    [buffer, "writeBuffer", 9],
  ],
  [
    "VALUE_OUT_OF_RANGE: domain of domain 1: Step (enter): 2 vCPUs are inside already",
    [domain, "create", RUNNING],
    [domain, "enter"],
    [domain, "enter"],
    [domain, "enter"],
  ],
  ["WRONG_LIFE: domain of domain 1: Step (leave): no vCPU is inside", [domain, "leave"]],
  ["WRONG_LIFE: domain of domain 1: Step (start): it is not created", [domain, "start"]],
  ["NOT_THE_HOLDER: domain of domain 1: Step (letGo): actor 1 does not hold it", [domain, "letGo"]],
  ["WRONG_LIFE: domain of domain 1: Step (get): no reference is left", [domain, "get"]],
  ["WRONG_LIFE: domain of domain 1: Step (put): no reference is left", [domain, "put"]],
  [
    "VALUE_OUT_OF_RANGE: domain of domain 1: Step (get): more than 2 references",
    [domain, "create", RUNNING],
    [domain, "get"],
    [domain, "get"],
  ],
];

test.each(faults)("%s", (message, ...given) => {
  const steps = given as Step[];
  run(...steps.slice(0, -1));
  expect(() => run(...steps)).toThrow(message);
});

test("a location that is not there", () => {
  const op = { label: "Step", kind: "read", at: 99, operand: 0 } as const;
  const message = "WRONG_LOCATION: Step: no location 99";
  expect(() => execute(layout, new Int32Array(20), op, 1)).toThrow(message);
});

test("an operation that is none", () => {
  expect(() => run([cell, "other" as OperationKind])).toThrow("unexpected: other");
  expect(() => assertNever("x" as never)).toThrow("unexpected: x");
});

test("a list without places has no first member, whatever lies behind it", () => {
  expect(run([list, "append", 2], [empty, "next", 0])).toBe(0);
});

test("a write of no bytes changes none", () => {
  const memory = new SharedMemory(layout);
  const write = { label: "Write", kind: "writeBuffer", operand: 0 } as const;
  memory.execute({ ...write, at: buffer.index, bytes: [7] }, 1);
  expect(memory.execute({ ...write, at: buffer.index }, 1)).toBe(DONE);
  expect([...memory.bytes(buffer)]).toEqual([7, 0, 0, 0, 0, 0, 0, 0]);
  expect(memory.execute({ ...write, at: list.index }, 1)).toBe(DONE);
});

test("what is said of a layout and of a location without bytes", () => {
  const message = "ACTORS_OUT_OF_RANGE: layout: 1..30 actors expected, not 31";
  expect(() => new Layout(31)).toThrow(message);
  expect(() => new SharedMemory(layout).bytes(lock)).toThrow(
    "WRONG_LOCATION: lock of domain 1: is no buffer",
  );
});
