/** src/context.ts: the shared state as it is declared (C: `struct ffa_ctx` and the statics). */
import { describe, expect, test } from "vitest";
import {
  declareMediator,
  RX_FILLING,
  RX_FREE,
  RX_TAKEN,
  timerActor,
  toolstackActor,
  vcpuActor,
} from "../../src/context.js";
import { defaultOptions, type MediatorOptions } from "../../src/options.js";
import { INSIDE_SLOT, REFERENCE_SLOT } from "../../src/sync/index.js";

const options = { ...defaultOptions, maxDomains: 2, maxVcpus: 3 };
const { layout, contexts, contextList, spRxLock, spTxLock, retries } = declareMediator(options);

test("actors are the vCPUs of each domain in turn, a toolstack task for each, and the timer", () => {
  const vcpus = [1, 2].flatMap((id) => [0, 1, 2].map((vcpu) => vcpuActor(options, id, vcpu)));
  const toolstack = [1, 2].map((id) => toolstackActor(options, id));
  expect([...vcpus, ...toolstack, timerActor(options)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(layout.actors).toBe(9);
});

test("a context has its own locations, with the names of the C fields", () => {
  for (const id of [1, 2]) {
    const context = contexts[id];
    expect(context.ffaId).toBe(id + 1);
    const own = layout.locations.filter(({ owner }) => owner === id);
    expect(own.map(({ name }) => name).sort()).toEqual([
      "domain",
      "guest_vers",
      "guest_vers_lock",
      "guest_vers_tmp",
      "is_dying",
      "lock",
      "page_count",
      "rx",
      "rx_is_free",
      "rx_lock",
      "secure world",
      "shm_count",
      "shm_list",
      "tx",
      "tx_lock",
      "vm_destroy_bitmap",
    ]);
    expect(own).toContain(context.guestVers);
  }
  expect(contexts[1].guestVers).not.toBe(contexts[2].guestVers);
});

test("guest_vers is accessed as a whole, and stored with guest_vers_lock held", () => {
  const { guestVers, guestVersTmp, guestVersLock } = contexts[1];
  expect(guestVers).toMatchObject({ accessOnce: true, guardedBy: guestVersLock.index });
  expect(guestVersTmp).toMatchObject({ accessOnce: false, guardedBy: guestVersLock.index });
  expect(guestVers.values?.[0]).toBe(0);
});

test("the list has room for every domain, and the count is never negative", () => {
  expect(contextList.members.slots).toBe(2);
  expect(contextList.vmCount).toMatchObject({ low: 0, high: 2, owner: 0 });
});

test("the locks of the mediator's own RX and TX buffers are there once, and in no context", () => {
  expect(spRxLock).toMatchObject({ kind: "spinlock", name: "ffa_rx_buffer_lock", owner: 0 });
  expect(spTxLock).toMatchObject({ kind: "spinlock", name: "ffa_tx_buffer_lock", owner: 0 });
});

test("there is one timer, and every domain may wait for it", () => {
  expect(retries.timer).toMatchObject({ kind: "timer", owner: 0 });
  expect(retries.domains).toMatchObject({ kind: "list", owner: 0, slots: 2 });
  expect(retries.retryLock).toMatchObject({ kind: "spinlock", owner: 0 });
});

test("a domain has a reference of its creation, of its memory objects and of its teardown", () => {
  const { domain } = contexts[1];
  const ofVcpus = options.maxVcpus + 1;
  const limits = layout.slotLimits.slice(domain.slot, domain.slot + domain.slots);
  expect([limits[INSIDE_SLOT], limits[REFERENCE_SLOT]]).toEqual([ofVcpus, 3 + 1]);
});

test("as many memory objects are counted and linked as there can be handles", () => {
  const { shmCount, shmList, secureWorld } = declareMediator({ ...options, maxShm: 3 }).contexts[2];
  expect(shmCount).toMatchObject({ low: 0, high: 3 });
  expect(shmList).toMatchObject({ slots: 3, high: 3 });
  expect(secureWorld).toMatchObject({ high: 3, values: options.secureAnswers });
});

test("the mask of who is to be told has a bit for each SP that is told of VMs, and no other", () => {
  const partition = { id: 0x8001, executionContexts: 1 };
  const all = [0x60, 0x20, 0x40, 0x7fffffff, 0].map((properties) => ({ ...partition, properties }));
  const masksOf = (securePartitions: MediatorOptions["securePartitions"]) =>
    declareMediator({ ...options, securePartitions }).contexts[1].toTell.values;
  expect(masksOf([])).toEqual([0]);
  expect(masksOf(all)).toEqual([0, 1, 2, 3]);
});

describe("RX", () => {
  const declared = (more: Partial<MediatorOptions>) =>
    declareMediator({ ...options, fixes: [], ...more }).contexts[1];

  test("has bytes that are no part of a state", () => {
    expect(contexts[1].rx).toMatchObject({ slots: 0, high: options.rxBytes });
  });

  test("is free where it is mapped at the start; else nobody may take it", () => {
    const { pageCount, rxState } = declared({ mappedAtStart: true });
    expect([pageCount.values?.[0], rxState.values?.[0]]).toEqual([1, RX_FREE]);
    const absent = declared({ mappedAtStart: false });
    expect([absent.pageCount.values?.[0], absent.rxState.values?.[0]]).toEqual([0, RX_TAKEN]);
  });

  test("can be said to be filled with FillerOwnsRx", () => {
    expect(declared({}).rxState.values).not.toContain(RX_FILLING);
    expect(declared({ fixes: ["FillerOwnsRx"] }).rxState.values).toContain(RX_FILLING);
  });

  test("is written with rx_lock held, which is enforced where mapping and teardown hold it", () => {
    for (const fixes of [[], ["MapInRxLock"], ["UnmapInRxLock"]] as const) {
      const { pageCount, rxState } = declared({ fixes });
      expect([pageCount.guardedBy, rxState.guardedBy]).toEqual([undefined, undefined]);
    }
    const fixed = declared({ fixes: ["MapInRxLock", "UnmapInRxLock"] });
    const lock = fixed.rxLock.index;
    expect([fixed.pageCount.guardedBy, fixed.rxState.guardedBy]).toEqual([lock, lock]);
  });
});

test("guest_vers can hold what stands for an early end, where there is one", () => {
  const early = { ...options, choices: { ...options.choices, early: "closed" as const } };
  expect(declareMediator(early).contexts[1].guestVers.values).toContain(0xffffffff);
  expect(contexts[1].guestVers.values).not.toContain(0xffffffff);
});

test("guest_vers_tmp begins with the version in force", () => {
  const oldest = { ...options, choices: { ...options.choices, initial: "oldest" as const } };
  const { guestVers, guestVersTmp } = declareMediator(oldest).contexts[1];
  expect([guestVersTmp.values?.[0], guestVers.values?.[0]]).toEqual([0x10000, 0]);
});
