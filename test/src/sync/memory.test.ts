/** src/sync/memory.ts: protocol code run straight through, alone. */
import { expect, test } from "vitest";
import {
  accessOnce,
  Layout,
  type Protocol,
  SharedMemory,
  spinLock,
  spinUnlock,
  storeOnce,
  writeBuffer,
} from "../../../src/sync/index.js";

const layout = new Layout(2);
const lock = layout.spinlock("lock", 0);
const cell = layout.cell("cell", 0, { values: [0, 5, 6] });
const buffer = layout.buffer("buffer", 1, 4);

function* increment(): Protocol<number> {
  yield* spinLock(lock, "Lock");
  const value = yield* accessOnce(cell, "Read");
  yield* storeOnce(cell, value === 0 ? 5 : 6, "Write");
  yield* spinUnlock(lock, "Unlock");
  return value;
}

test("code gets the result of each operation, and its value is what it returns", () => {
  const memory = new SharedMemory(layout);
  expect([1, 2, 1].map((actor) => memory.run(increment(), actor))).toEqual([0, 5, 6]);
  expect([...memory.slots]).toEqual([0, 2]);
});

test("code that would wait for ever is a fault that names the step and the location", () => {
  const memory = new SharedMemory(layout);
  memory.run(spinLock(lock, "Lock"), 1);
  expect(() => memory.run(increment(), 2)).toThrow(
    "WOULD_BLOCK: lock: Lock waits and nobody else runs",
  );
});

test("a buffer has its bytes where they were written, and is in no slot", () => {
  const memory = new SharedMemory(layout);
  const before = memory.slots.slice();
  memory.run(writeBuffer(buffer, 1, Uint8Array.of(7, 255), "Write"), 1);
  expect([...memory.bytes(buffer)]).toEqual([0, 7, 255, 0]);
  expect(memory.slots).toEqual(before);
});

test("bytes that do not fit are not written", () => {
  const memory = new SharedMemory(layout);
  const run = () => memory.run(writeBuffer(buffer, 3, Uint8Array.of(7, 8), "Write"), 1);
  expect(run).toThrow(/^BUFFER_OVERRUN: buffer of domain 1/);
  expect([...memory.bytes(buffer)]).toEqual([0, 0, 0, 0]);
});

test("only a buffer has bytes", () => {
  expect(() => new SharedMemory(layout).bytes(lock)).toThrow(/^WRONG_LOCATION/);
});

test("two memories of one layout share nothing", () => {
  const [one, two] = [new SharedMemory(layout), new SharedMemory(layout)];
  one.run(increment(), 1);
  one.run(writeBuffer(buffer, 0, Uint8Array.of(1), "Write"), 1);
  expect([...two.slots]).toEqual(layout.initialSlots);
  expect([...two.bytes(buffer)]).toEqual([0, 0, 0, 0]);
});
