/**
 * src/sharedMemory.ts: FFA_MEM_SHARE and FFA_MEM_RECLAIM (DEN0077A, of those names; C:
 * `ffa_handle_mem_share`, `ffa_handle_mem_reclaim`).
 */
import { describe, expect, test } from "vitest";
import { OK, REFUSALS } from "../../src/abi.js";
import { createMediator, type MediatorOptions } from "../../src/index.js";
import { encodeDescriptor } from "../../src/memoryDescriptor.js";
import { REFERENCE_SLOT } from "../../src/sync/index.js";
import { failed, STATUS, succeeded } from "../support/answers.js";
import { createBench } from "../support/steps.js";

const [V1_0, V1_1, V1_2] = [0x10000, 0x10001, 0x10002];
const SHARE = [0x84000073, 0xc4000073] as const;
const RECLAIM = 0x84000077;
const [SHARE_32] = SHARE;
const DENIED = failed(STATUS.DENIED);
const INVALID = failed(STATUS.INVALID_PARAMETERS);
const NOT_SUPPORTED = failed(STATUS.NOT_SUPPORTED);

/** A guest with a version, beside a secure world whose next answers are given. */
function guest(options: Partial<MediatorOptions> = {}, asked = V1_1) {
  const answers: number[] = [];
  const questions: (readonly [string, number])[] = [];
  const mediator = createMediator({ mappedAtStart: true, ...options }, ({ step, about }) => {
    questions.push([step, about]);
    return answers.shift() ?? OK;
  });
  const [vcpu] = mediator.createDomain({ id: 1, vcpus: 1 });
  const call = (...words: readonly number[]) => mediator.call(vcpu, words);
  call(0x84000063, asked);
  call(0x84000069);
  const descriptor = encodeDescriptor(asked, 2, 0x8001, 0x4000n, 3);
  const size = descriptor.length;
  const share = () => {
    mediator.tx(1).set(descriptor);
    return call(SHARE_32, size, size);
  };
  const reclaim = (handle: number, high = 0) => call(RECLAIM, handle, high);
  return { mediator, call, share, reclaim, descriptor, size, answers, questions };
}

/** The same, where the state can be looked at; no answer is given but by `answers`. */
function bench(options: Partial<MediatorOptions> = {}) {
  const answers: number[] = [];
  const all = createBench({ mappedAtStart: true, ...options }, () => answers.shift() ?? OK);
  all.bringUp(1, V1_1);
  const descriptor = encodeDescriptor(V1_1, 2, 0x8001, 0x4000n, 3);
  all.writeTx(1, descriptor);
  const ctx = all.context(1);
  return {
    bench: all,
    answers,
    share: () => all.call(1, SHARE_32, descriptor.length, descriptor.length),
    reclaim: (handle: number) => all.call(1, RECLAIM, handle),
    references: () => all.memory.slots[ctx.domain.slot + REFERENCE_SLOT],
    count: () => all.read(ctx.shmCount),
    linked: () => all.members(ctx.shmList),
    locks: () => [ctx.txLock, ctx.shmLock, all.state.spTxLock].map(all.read),
  };
}

describe.each([V1_0, V1_1, V1_2])("FFA_MEM_SHARE of a guest of version %i", (version) => {
  test.each(SHARE)("answers the handle in w2, low half first (%i)", (id) => {
    const { mediator, call, descriptor, size } = guest({ version: V1_2 }, version);
    mediator.tx(1).set(descriptor);
    expect([1, 2, 3].map(() => call(id, size, size))).toEqual([1, 2, 3].map((h) => succeeded(h)));
  });

  test("looks at as much as the fragment says, and at no byte more", () => {
    const { mediator, call, share, descriptor, size } = guest({ version: V1_2 }, version);
    mediator.tx(1).set(descriptor);
    expect(call(SHARE_32, size - 1, size - 1)).toEqual(INVALID);
    expect(call(SHARE_32, size + 1, size + 1)).toEqual(succeeded(1));
    expect(call(SHARE_32, 4096, 4096)).toEqual(succeeded(2));
    expect(share()).toEqual(succeeded(3));
  });

  test("is of the layout of that version", () => {
    const { mediator, call } = guest({ version: V1_2 }, version);
    const other = encodeDescriptor(version === V1_0 ? V1_1 : V1_0, 2, 0x8001, 0x4000n, 3);
    mediator.tx(1).fill(0).set(other);
    expect(call(SHARE_32, other.length, other.length)[0]).toBe(0x84000060);
  });
});

describe("the registers of FFA_MEM_SHARE", () => {
  const { mediator, call, descriptor, size, questions } = guest();
  mediator.tx(1).set(descriptor);

  test.each([
    ["another buffer than TX", [size, size, 0x1000, 1], NOT_SUPPORTED],
    ["another buffer, whatever the lengths are", [1, 2, 0x1000, 1], NOT_SUPPORTED],
    ["a fragment longer than the whole", [size, size + 1], INVALID],
    ["a fragment of more", [size + 1, size], NOT_SUPPORTED],
    ["a fragment beyond TX", [4097, 4097], DENIED],
    ["nothing", [0, 0], INVALID],
  ])("%s is refused, and nobody is asked", (_, words, expected) => {
    expect(call(SHARE_32, ...words)).toEqual(expected);
    expect(questions).toEqual([]);
    expect(call(SHARE_32, size, size)).toEqual(succeeded(1));
    expect(call(RECLAIM, 1)).toEqual(succeeded());
    questions.length = 0;
  });
});

test("without TX: DENIED, whatever the fixes are; and no lock stays", () => {
  for (const fixes of [[], createMediator().options.fixes]) {
    const { call, share } = guest({ fixes });
    call(0x84000067);
    expect([share(), share()]).toEqual([DENIED, DENIED]);
    call(0x84000066, 0x1000, 0x2000, 1);
    expect(share()).toEqual(succeeded(1));
  }
});

test("each refusal of the descriptor is answered, and leaves nothing behind", () => {
  const { bench: all, share, locks, count, references } = bench();
  const before = all.memory.slots.slice();
  const descriptor = encodeDescriptor(V1_1, 2, 0x8001, 0x4000n, 3);
  // From another, for another VM, and without pages.
  for (const [at, byte, status] of [
    [0, 3, STATUS.INVALID_PARAMETERS],
    [49, 0, STATUS.NOT_SUPPORTED],
    [64, 0, STATUS.INVALID_PARAMETERS],
  ]) {
    all.writeTx(1, descriptor.with(at, byte));
    expect(share().value).toEqual(failed(status));
    expect(all.memory.slots).toEqual(before);
  }
  expect([locks(), count(), references()]).toEqual([[0, 0, 0], 0, 1]);
});

describe("how many objects there can be", () => {
  test("32 as the mediator has it; the next one is NO_MEMORY until one is given back", () => {
    const { share, reclaim, questions } = guest();
    const handles = Array.from({ length: 32 }, (_, i) => i + 1);
    for (const handle of handles) expect(share()).toEqual(succeeded(handle));
    questions.length = 0;
    expect(share()).toEqual(failed(STATUS.NO_MEMORY));
    expect(questions).toEqual([]);
    expect(reclaim(17)).toEqual(succeeded());
    expect(share()).toEqual(succeeded(17));
    expect(share()).toEqual(failed(STATUS.NO_MEMORY));
  });

  test.each([0, 1, 2])("%i where a mediator is made so", (maxShm) => {
    const { share } = guest({ maxShm });
    for (let i = 1; i <= maxShm; i++) expect(share()).toEqual(succeeded(i));
    expect(share()).toEqual(failed(STATUS.NO_MEMORY));
  });

  test("of each domain for itself", () => {
    const { bench: all, share } = bench({ maxShm: 1 });
    all.bringUp(2, V1_1);
    all.writeTx(2, encodeDescriptor(V1_1, 3, 0x8001, 0x4000n, 3));
    share();
    expect(share().value).toEqual(failed(STATUS.NO_MEMORY));
    expect(all.call(2, SHARE_32, 96, 96).value).toEqual(succeeded(1));
  });
});

const COUNTED = ["LockShmToCount", "ReadShmCount"];
const ASKED = ["LockSpTx", "AskShare", "UnlockSpTx"];
const UNCOUNTED = ["LockShmToUncount", "DecShmCount", "UnlockShmUncounted"];
const LINKED = ["LockShmToLink", "LinkShm", "UnlockShmLinked"];
const TO_SHARE = ["StartCall", "ReadGuestVers", "TryLockTx", "ReadTxPages"];
const READ = [...TO_SHARE, "ReadShareVers", "ReadDescriptor"];
const END = ["UnlockTx", "ReturnFromCall"];

describe("the reference that keeps a domain while an SP has memory of it", () => {
  test("the first object takes it, and the last one drops it", () => {
    const { share, reclaim, references, count, linked } = bench();
    const first = share();
    const counted = ["IncShmCount", "UnlockShmCounted"];
    expect(first.labels).toEqual([
      ...[...READ, ...COUNTED, "GetDomainForShm", ...counted, ...ASKED, ...LINKED, ...END],
    ]);
    expect([references(), count(), linked()]).toEqual([2, 1, [1]]);
    expect(share().labels).toEqual([...READ, ...COUNTED, ...counted, ...ASKED, ...LINKED, ...END]);
    expect([references(), count(), linked()]).toEqual([2, 2, [1, 2]]);
    const entry = ["StartCall", "ReadGuestVers"];
    const unlinked = ["LockShmToUnlink", "FindShm", "UnlinkShm", "UnlockShmUnlinked"];
    expect(reclaim(1).labels).toEqual([
      ...[...entry, ...unlinked, "AskReclaim", ...UNCOUNTED, "ReturnFromCall"],
    ]);
    expect([references(), count(), linked()]).toEqual([2, 1, [2]]);
    expect(reclaim(2).labels).toEqual([
      ...[...entry, ...unlinked, "AskReclaim", ...UNCOUNTED, "PutDomainOfShm", "ReturnFromCall"],
    ]);
    expect([references(), count(), linked()]).toEqual([1, 0, []]);
  });

  test("no more than are allowed: one look, and the lock is released", () => {
    const { share, locks } = bench({ maxShm: 0 });
    expect(share().labels).toEqual([...READ, ...COUNTED, "UnlockShmFull", ...END]);
    expect(locks()).toEqual([0, 0, 0]);
  });
});

describe.each(REFUSALS)("the secure world answers %i", (status) => {
  test("to FFA_MEM_SHARE: so does the mediator, and nothing is left", () => {
    const { bench: all, answers, share, references, count, linked, locks } = bench();
    const before = all.memory.slots.slice();
    answers.push(status);
    const { labels, value } = share();
    expect(value).toEqual(failed(status));
    expect(labels.slice(-6)).toEqual([...UNCOUNTED, "PutDomainOfShm", ...END]);
    expect(all.memory.slots).toEqual(before);
    expect([references(), count(), linked(), locks()]).toEqual([1, 0, [], [0, 0, 0]]);
    share();
    answers.push(status);
    expect(share().labels).not.toContain("PutDomainOfShm");
    expect([references(), count(), linked()]).toEqual([2, 1, [1]]);
  });

  test("to FFA_MEM_RECLAIM: so does the mediator, and the object is linked again", () => {
    const { answers, share, reclaim, references, count, linked, locks } = bench();
    for (let i = 0; i < 3; i++) share();
    answers.push(status);
    const { labels, value } = reclaim(2);
    expect(value).toEqual(failed(status));
    expect(labels.slice(-5)).toEqual(["AskReclaim", ...LINKED, "ReturnFromCall"]);
    expect([references(), count(), linked(), locks()]).toEqual([2, 3, [1, 3, 2], [0, 0, 0]]);
    expect(reclaim(2).value).toEqual(succeeded());
    expect(linked()).toEqual([1, 3]);
  });
});

describe("FFA_MEM_RECLAIM", () => {
  test("of no handle that was given out: INVALID_PARAMETERS, and nobody is asked", () => {
    const { share, reclaim, questions } = guest();
    share();
    share();
    questions.length = 0;
    for (const handle of [0, 3, 33, 2 ** 31 + 1, 2 ** 32 - 1]) {
      expect(reclaim(handle), `${handle}`).toEqual(INVALID);
    }
    expect(reclaim(1, 1)).toEqual(INVALID);
    expect(reclaim(1, 2 ** 31)).toEqual(INVALID);
    expect(reclaim(0, 1)).toEqual(INVALID);
    expect(questions).toEqual([]);
    expect([reclaim(1), reclaim(1), reclaim(2)]).toEqual([succeeded(), INVALID, succeeded()]);
    expect(questions).toEqual([
      ["AskReclaim", 1],
      ["AskReclaim", 2],
    ]);
  });

  test("of another domain's handle: INVALID_PARAMETERS", () => {
    const { bench: all, share } = bench();
    share();
    all.bringUp(2, V1_1);
    expect(all.call(2, RECLAIM, 1).value).toEqual(INVALID);
    expect(all.call(1, RECLAIM, 1).value).toEqual(succeeded());
  });

  test("needs no TX", () => {
    const { call, share, reclaim } = guest();
    share();
    call(0x84000067);
    expect(reclaim(1)).toEqual(succeeded());
  });
});

describe("beside another vCPU", () => {
  test("who shares while a sibling does is told BUSY", () => {
    const { bench: all } = bench();
    const one = all.beginCall(1, 0, SHARE_32, 96, 96).until("AskShare");
    const sibling = all.beginCall(1, 1, SHARE_32, 96, 96).end();
    expect(sibling.labels).toEqual([...TO_SHARE.slice(0, 3), "ReturnFromCall"]);
    expect(sibling.value).toEqual(failed(STATUS.BUSY));
    expect(one.end().value).toEqual(succeeded(1));
  });

  test("one domain at a time uses the mediator's own TX buffer", () => {
    const { bench: all } = bench();
    all.bringUp(2, V1_1);
    all.writeTx(2, encodeDescriptor(V1_1, 3, 0x8001, 0x4000n, 3));
    const one = all.beginCall(1, 0, SHARE_32, 96, 96).until("AskShare");
    const other = all.beginCall(2, 0, SHARE_32, 96, 96).until("LockSpTx");
    expect(() => other.step()).toThrow("LockSpTx waits");
    one.end();
    expect(other.end().value).toEqual(succeeded(1));
  });

  test("what is asked for back is nobody else's to ask for", () => {
    const { bench: all, share } = bench();
    share();
    const one = all.beginCall(1, 0, RECLAIM, 1).until("AskReclaim");
    expect(all.beginCall(1, 1, RECLAIM, 1).end().value).toEqual(INVALID);
    expect(one.end().value).toEqual(succeeded());
  });

  test("a descriptor that changes behind the copy is shared as it was", () => {
    const { bench: all } = bench();
    const one = all.beginCall(1, 0, SHARE_32, 96, 96).until("LockShmToCount");
    all.writeTx(1, new Uint8Array(96));
    expect(one.end().value).toEqual(succeeded(1));
  });
});
