/** src/sync/primitives.ts: each primitive is one operation, as plain data, and passes its result on. */
import { describe, expect, test } from "vitest";
import * as sync from "../../../src/sync/index.js";

const layout = new sync.Layout(2);
const at = layout.list("x", 0, 2);

const primitives: readonly (readonly [sync.Protocol<number>, sync.OperationKind, number])[] = [
  [sync.spinLock(at, "S"), "lock", 0],
  [sync.spinTryLock(at, "S"), "tryLock", 0],
  [sync.spinUnlock(at, "S"), "unlock", 0],
  [sync.readLock(at, "S"), "readLock", 0],
  [sync.readUnlock(at, "S"), "readUnlock", 0],
  [sync.writeLock(at, "S"), "writeLock", 0],
  [sync.writeUnlock(at, "S"), "writeUnlock", 0],
  [sync.accessOnce(at, "S"), "read", 0],
  [sync.storeOnce(at, 7, "S"), "write", 7],
  [sync.readCell(at, "S"), "read", 0],
  [sync.writeCell(at, 7, "S"), "write", 7],
  [sync.atomicRead(at, "S"), "read", 0],
  [sync.atomicAdd(at, -1, "S"), "add", -1],
  [sync.listAddTail(at, 2, "S"), "append", 2],
  [sync.listDel(at, 2, "S"), "unlink", 2],
  [sync.listNext(at, 1, "S"), "next", 1],
  [sync.listContains(at, 2, "S"), "contains", 2],
  [sync.listPop(at, "S"), "pop", 0],
  [sync.copyFromGuest(at, "S"), "copy", 0],
  [sync.createDomainStep(at, sync.CREATED, "S"), "create", sync.CREATED],
  [sync.startDomain(at, "S"), "start", 0],
  [sync.enterHypervisor(at, "S"), "enter", 0],
  [sync.leaveHypervisor(at, "S"), "leave", 0],
  [sync.domainPause(at, "S"), "pause", 0],
  [sync.getDomain(at, "S"), "get", 0],
  [sync.putDomain(at, "S"), "put", 0],
  [sync.holdDomain(at, "S"), "hold", 0],
  [sync.letGoDomain(at, "S"), "letGo", 0],
  [sync.raiseInterrupt(at, "S"), "raise", 0],
  [sync.freeDomainStep(at, "S"), "free", 0],
  [sync.setTimer(at, 2, "S"), "set", 2],
  [sync.fireTimer(at, "S"), "fire", 0],
  [sync.tellSp(at, 0x8001, "S"), "tell", 0x8001],
  [sync.memShare(at, "S"), "share", 0],
  [sync.memReclaim(at, 3, "S"), "reclaim", 3],
];

describe("one step, then its result", () => {
  test.each(primitives.map(([code, kind, operand]) => ({ code, kind, operand })))(
    "$kind $operand",
    ({ code, kind, operand }) => {
      expect(code.next()).toEqual({
        done: false,
        value: { label: "S", kind, at: at.index, operand },
      });
      expect(code.next(42)).toEqual({ done: true, value: 42 });
    },
  );
});

test("a write to a buffer carries its bytes as numbers", () => {
  const code = sync.writeBuffer(at, 3, Uint8Array.of(1, 200), "S");
  const value = { label: "S", kind: "writeBuffer", at: at.index, operand: 3, bytes: [1, 200] };
  expect(code.next()).toEqual({ done: false, value });
});

test("an operation outlives being stored and sent as text", () => {
  for (const [, kind, operand] of primitives) {
    const operation = sync.perform("S", kind, at.index, operand).next().value;
    expect(JSON.parse(JSON.stringify(operation))).toEqual(operation);
  }
});
