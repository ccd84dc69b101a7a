/**
 * src/teardownRound.ts: rounds of a teardown, and the timer that goes on with them (C:
 * `ffa_domain_teardown_continue`, `ffa_teardown_timer_callback`, `ffa_shm_domain_destroy`). H4, H5.
 */
import { describe, expect, test } from "vitest";
import { OK, REFUSALS } from "../../src/abi.js";
import { toolstackActor } from "../../src/context.js";
import { destroyDomain } from "../../src/domainTeardown.js";
import { designs, type Fix } from "../../src/fixes.js";
import { encodeDescriptor } from "../../src/memoryDescriptor.js";
import { ABSENT, DROPPED, LIFE_SLOT, PAUSED, REFERENCE_SLOT } from "../../src/sync/index.js";
import { createBench } from "../support/steps.js";

const V1_1 = 0x10001;
const [DENIED, RETRY] = [-6, -7];
const SUBSCRIBER = { id: 0x8001, executionContexts: 1, properties: 0x60 };
const FOR_GOOD = REFUSALS.filter((status) => status !== DENIED);

interface Had {
  readonly fixes?: readonly Fix[];
  readonly objects?: number;
  readonly isTold?: boolean;
  readonly maxDomains?: number;
}

/** Domains that shared memory; `answers` has what is said to a question, by its handle or SP. */
function sharing({ fixes = designs.hardened, objects = 3, isTold = false, maxDomains = 1 }: Had) {
  const answers = new Map<string, number>();
  const asked: string[] = [];
  const bench = createBench(
    { fixes, maxDomains, mappedAtStart: true, securePartitions: isTold ? [SUBSCRIBER] : [] },
    ({ label, operand }) => {
      if (label === "AskReclaimTorn") asked.push(`${operand}`);
      if (label === "TellDestroyed") asked.push("SP");
      return answers.get(label === "AskReclaimTorn" ? `${operand}` : label) ?? OK;
    },
  );
  const descriptor = (id: number) => encodeDescriptor(V1_1, id + 1, 0x8001, 0x4000n, 1);
  for (let id = 1; id <= maxDomains; id++) {
    bench.bringUp(id, V1_1);
    bench.writeTx(id, descriptor(id));
    for (let i = 0; i < objects; i++) bench.call(id, 0x84000073, 96, 96);
  }
  const slotOf = (id: number, slot: number) =>
    bench.memory.slots[bench.context(id).domain.slot + slot];
  return {
    bench,
    answers,
    /** What was asked since the last look. */
    take: () => asked.splice(0),
    life: (id = 1) => slotOf(id, LIFE_SLOT),
    references: (id = 1) => slotOf(id, REFERENCE_SLOT),
    linked: (id = 1) => bench.members(bench.context(id).shmList),
    count: (id = 1) => bench.read(bench.context(id).shmCount),
    waiting: () => bench.members(bench.state.retries.domains),
    isSet: () => bench.memory.slots[bench.state.retries.timer.slot] === 1,
  };
}

describe.each(Object.entries(designs))("%s", (_, fixes) => {
  test("what is given back is counted down, and the last one drops the reference", () => {
    const { bench, take, life, linked, count, isSet } = sharing({ fixes });
    const labels = bench.destroy(1);
    expect(take()).toEqual(["1", "2", "3"]);
    expect([linked(), count(), life(), isSet()]).toEqual([[], 0, DROPPED, false]);
    expect(labels.filter((label) => label === "DecShmCount")).toHaveLength(3);
    expect(labels.filter((label) => label === "PutDomainOfShm")).toHaveLength(1);
    expect(labels.at(-1)).toBe("DropDomain");
  });

  test("what is denied stays, and is asked for again when the timer fires", () => {
    const { bench, answers, take, life, linked, count, waiting, isSet } = sharing({ fixes });
    for (const handle of ["1", "3"]) answers.set(handle, DENIED);
    bench.destroy(1);
    expect(take()).toEqual(["1", "2", "3"]);
    expect([linked(), count(), waiting(), isSet()]).toEqual([[1, 3], 2, [1], true]);
    expect(life()).toBe(PAUSED);
    answers.delete("1");
    bench.fireTimer();
    expect(take()).toEqual(["1", "3"]);
    expect([linked(), count(), waiting(), isSet()]).toEqual([[3], 1, [1], true]);
    answers.clear();
    bench.fireTimer();
    expect(take()).toEqual(["3"]);
    expect([linked(), count(), waiting(), isSet()]).toEqual([[], 0, [], false]);
    expect(life()).toBe(DROPPED);
    bench.free(1);
    expect(life()).toBe(ABSENT);
  });

  test.each(FOR_GOOD)(
    "what is refused with %i is never asked for again, and kept for ever",
    (status) => {
      const { bench, answers, take, life, linked, count, references } = sharing({ fixes });
      answers.set("2", status);
      bench.destroy(1);
      expect(take()).toEqual(["1", "2", "3"]);
      expect([linked(), count(), life()]).toEqual([[], 1, PAUSED]);
      // The reference of the object that is lost.
      expect(references()).toBe(1);
      expect(() => bench.free(1)).toThrow("FreeDomain waits");
    },
  );

  test("the timer takes the first that waits, and is set for the next one", () => {
    const { bench, answers, take, waiting, isSet, life } = sharing({
      ...{ fixes, maxDomains: 3, objects: 1 },
    });
    answers.set("1", DENIED);
    for (const id of [2, 3, 1]) bench.destroy(id);
    expect(waiting()).toEqual([2, 3, 1]);
    take();
    bench.fireTimer();
    expect([take(), waiting(), isSet()]).toEqual([["1"], [3, 1, 2], true]);
    answers.clear();
    bench.fireTimer();
    expect([waiting(), isSet(), life(3)]).toEqual([[1, 2], true, DROPPED]);
    bench.fireTimer();
    bench.fireTimer();
    expect([waiting(), isSet(), life(1), life(2)]).toEqual([[], false, DROPPED, DROPPED]);
  });

  test("a timer that finds nobody does nothing", () => {
    const { bench } = sharing({ fixes });
    bench.memory.slots[bench.state.retries.timer.slot] = 1;
    const labels = ["FireTimer", "LockRetryToPop", "PopRetry", "UnlockRetryPopped"];
    expect(bench.fireTimer()).toEqual(labels);
    expect(bench.read(bench.state.retries.retryLock)).toBe(0);
  });

  test("every way leaves the lock of the list and that of the objects free", () => {
    const { bench, answers } = sharing({ fixes });
    const locks = [bench.state.retries.retryLock, bench.context(1).shmLock];
    for (const handle of ["1", "2"]) answers.set(handle, DENIED);
    bench.destroy(1);
    expect(locks.map(bench.read)).toEqual([0, 0]);
    answers.clear();
    bench.fireTimer();
    expect(locks.map(bench.read)).toEqual([0, 0]);
  });
});

describe("RetryOnlyLeft: what the next round waits for (H5)", () => {
  const without = designs.hardened.filter((fix) => fix !== "RetryOnlyLeft");

  test("with it, nothing for an object that is lost", () => {
    const { bench, answers, waiting, isSet } = sharing({});
    answers.set("2", -2);
    bench.destroy(1);
    expect([waiting(), isSet()]).toEqual([[], false]);
  });

  test("without it, for ever", () => {
    const { bench, answers, take, waiting, isSet } = sharing({ fixes: without });
    answers.set("2", -2);
    bench.destroy(1);
    take();
    for (let i = 0; i < 3; i++) bench.fireTimer();
    expect([take(), waiting(), isSet()]).toEqual([[], [1], true]);
  });

  test("what is denied beside it is waited for with it too", () => {
    const { bench, answers, waiting } = sharing({});
    answers.set("2", -2).set("3", DENIED);
    bench.destroy(1);
    expect(waiting()).toEqual([1]);
    answers.clear();
    bench.fireTimer();
    expect(waiting()).toEqual([]);
  });
});

describe("TeardownHoldsDomain: a teardown that waits for an SP alone (H4)", () => {
  const without = designs.hardened.filter((fix) => fix !== "TeardownHoldsDomain");
  const waitingForSp = (fixes: readonly Fix[]) => {
    const all = sharing({ fixes, objects: 0, isTold: true });
    all.answers.set("TellDestroyed", RETRY);
    all.bench.destroy(1);
    return all;
  };

  test("with it, the context is there until the SP has heard", () => {
    const { bench, answers, life, waiting, references } = waitingForSp(designs.hardened);
    expect([life(), waiting(), references()]).toEqual([PAUSED, [1], 1]);
    expect(() => bench.free(1)).toThrow("FreeDomain waits");
    answers.clear();
    expect(bench.fireTimer().at(-1)).toBe("PutDomainOfTeardown");
    expect([life(), waiting()]).toEqual([DROPPED, []]);
  });

  test("without it, it is freed while it is on the list, and nobody is told any more", () => {
    const { bench, life, waiting, take } = waitingForSp(without);
    expect([life(), waiting()]).toEqual([DROPPED, [1]]);
    bench.free(1);
    expect(waiting()).toEqual([1]);
    take();
    bench.fireTimer();
    expect(take()).toEqual([]);
  });
});

describe("TimerInLock", () => {
  test("without it, another takes the list between its end and the timer's set", () => {
    for (const [fixes, waits] of [
      [designs.hardened, true],
      [designs.hardened.filter((fix) => fix !== "TimerInLock"), false],
    ] as const) {
      const { bench, answers } = sharing({ fixes, maxDomains: 2, objects: 1 });
      answers.set("1", DENIED);
      const code = destroyDomain(bench.state, bench.context(1));
      const one = bench.begin(code, toolstackActor(bench.state.options, 1));
      one.until("SetTimer");
      expect(bench.read(bench.state.retries.retryLock) !== 0).toBe(waits);
      if (waits) expect(() => bench.destroy(2)).toThrow("LockRetry waits");
      else expect(bench.destroy(2)).toContain("SetTimer");
      one.end();
    }
  });
});
