/**
 * src/contextList.ts: what a reader finds between the steps of joining and leaving. The order of
 * the steps is in fixes.test.ts; here is what it is good for. (H1, H7, H8)
 */
import { describe, expect, test } from "vitest";
import { FFA_ID_GET, FFA_VERSION } from "../../src/abi.js";
import { leave } from "../../src/contextList.js";
import type { Fix } from "../../src/fixes.js";
import { fixSets } from "../support/fixSets.js";
import { type Bench, createBench } from "../support/steps.js";

const V1_1 = 0x10001;

/** What shared memory says of domain 1. */
interface Moment {
  readonly published: boolean;
  readonly counted: boolean;
  readonly listed: boolean;
  /** Whether a reader of the list has to wait. */
  readonly locked: boolean;
}

function look({ read, members, context, state: { contextList } }: Bench): Moment {
  return {
    published: read(context(1).guestVers) !== 0,
    counted: read(contextList.vmCount) === 1,
    listed: members(contextList.members).includes(1),
    locked: read(contextList.lock) !== 0,
  };
}

/** After each step of the call that ends negotiation, and of leaving. */
function momentsOf(fixes: readonly Fix[]) {
  const bench = createBench({ fixes });
  bench.create(1);
  bench.call(1, FFA_VERSION, V1_1);
  const joining: Moment[] = [];
  bench.beginCall(1, 0, FFA_ID_GET).end(() => joining.push(look(bench)));
  const leaving: Moment[] = [];
  bench.begin(leave(bench.state, bench.context(1))).end(() => leaving.push(look(bench)));
  return { joining, leaving };
}

describe("whatever else is fixed", () => {
  test("whoever sees a version finds the VM counted and listed, just with PublishLast (H1, H7)", () => {
    for (const fixes of fixSets) {
      const { joining } = momentsOf(fixes);
      const isNever = joining.every((at) => !at.published || (at.counted && at.listed));
      expect(isNever, fixes.join()).toBe(fixes.includes("PublishLast"));
    }
  });

  test("whoever may read the list finds it as long as the count, just with CountInWriteLock (H8)", () => {
    for (const fixes of fixSets) {
      const { joining, leaving } = momentsOf(fixes);
      for (const moments of [joining, leaving]) {
        const agrees = moments.every((at) => at.locked || at.counted === at.listed);
        expect(agrees, fixes.join()).toBe(fixes.includes("CountInWriteLock"));
      }
    }
  });

  test("the list and the version change in the lock of the list, or the version before it", () => {
    for (const fixes of fixSets) {
      const { joining } = momentsOf(fixes);
      const first = (of: keyof Moment) => joining.findIndex((at) => at[of]);
      expect(joining[first("listed")].locked, fixes.join()).toBe(true);
      expect(joining[first("published")].locked).toBe(fixes.includes("PublishLast"));
    }
  });

  test("in the end the VM is published, counted and listed; then neither counted nor listed", () => {
    for (const fixes of fixSets) {
      const { joining, leaving } = momentsOf(fixes);
      const all = { published: true, counted: true, listed: true, locked: false };
      expect(joining.at(-1)).toEqual(all);
      expect(leaving.at(-1)).toEqual({ ...all, counted: false, listed: false });
    }
  });
});

test("the list has the order in which versions were published", () => {
  const bench = createBench({ maxDomains: 3 });
  const { members, vmCount } = bench.state.contextList;
  for (const id of [2, 3, 1]) bench.bringUp(id, V1_1);
  expect(bench.members(members)).toEqual([2, 3, 1]);
  bench.destroy(3);
  expect(bench.members(members)).toEqual([2, 1]);
  bench.free(3);
  bench.bringUp(3, V1_1);
  expect(bench.members(members)).toEqual([2, 1, 3]);
  expect(bench.read(vmCount)).toBe(3);
});

test("who joins waits while another reads the list, and who reads waits while another joins", () => {
  const bench = createBench();
  bench.bringUp(1, V1_1);
  bench.create(2);
  bench.call(2, FFA_VERSION, V1_1);
  const count = [0x84000068, 0, 0, 0, 0, 1];
  const reader = bench.beginCall(1, 0, ...count).until("ReadVmCount");
  const joining = bench.beginCall(2, 0, FFA_ID_GET).until("WriteLockList");
  expect(() => joining.step()).toThrow("WriteLockList waits");
  reader.end();
  joining.until("AppendContext");
  const another = bench.beginCall(1, 1, ...count).until("ReadLockList");
  expect(() => another.step()).toThrow("ReadLockList waits");
  joining.end();
  expect(another.end().value.slice(2, 4)).toEqual([1, 0]);
});
