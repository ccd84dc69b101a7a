/**
 * src/partitionInfo.ts: what FFA_PARTITION_INFO_GET answers and writes into RX (DEN0077A, of that
 * name; C: `ffa_handle_partition_info_get`). Its steps are in fixes.test.ts. H1, H8: the count.
 */
import { describe, expect, test } from "vitest";
import {
  createMediator,
  decodeEntry,
  designs,
  FFA_ID_GET,
  FFA_PARTITION_INFO_GET,
  FFA_RX_RELEASE,
  FFA_VERSION,
  type Fix,
  type Mediator,
  type MediatorOptions,
  registers,
  type Vcpu,
} from "../../src/index.js";
import { failed, STATUS, succeeded } from "../support/answers.js";
import { createBench } from "../support/steps.js";

const [V1_0, V1_1, V1_2] = [0x10000, 0x10001, 0x10002];
const COUNT = [FFA_PARTITION_INFO_GET, 0, 0, 0, 0, 1];
const SP = { id: 0x8001, executionContexts: 3, properties: 0x31 };
const VM_64 = 0x10e;
const VM_32 = 0x00e;

/** Three domains; 1 and 2 negotiate 1.1, 3 negotiates 1.0 and is a 32-bit guest. */
function threeGuests(options: Partial<MediatorOptions> = {}) {
  const mediator = createMediator({ securePartitions: [SP], mappedAtStart: true, ...options });
  const shapes = [
    { id: 1, vcpus: 2 },
    { id: 2, vcpus: 4 },
    { id: 3, vcpus: 1, is64bit: false },
  ];
  const guests = shapes.map((shape) => mediator.createDomain(shape)[0]);
  // Not in the order of their IDs: the list has the order of publication.
  for (const i of [1, 0, 2]) {
    mediator.call(guests[i], registers(FFA_VERSION, i === 2 ? V1_0 : V1_1));
    mediator.call(guests[i], registers(FFA_ID_GET));
  }
  return { mediator, guests };
}

const ask = (mediator: Mediator, guest: Vcpu, flags = 0) =>
  mediator.call(guest, registers(FFA_PARTITION_INFO_GET, 0, 0, 0, 0, flags));
const release = (mediator: Mediator, guest: Vcpu) =>
  mediator.call(guest, registers(FFA_RX_RELEASE));

const entries = (mediator: Mediator, id: number, count: number, size: number) =>
  Array.from({ length: count }, (_, i) => decodeEntry(mediator.rx(id), i * size));

describe.each(Object.entries(designs))("FFA_PARTITION_INFO_GET (%s)", (design, fixes) => {
  const countAnswer = (count: number) => succeeded(count, design === "posted" ? 24 : 0);

  test("lists the SPs, then each VM but the caller in the order of publication", () => {
    const { mediator, guests } = threeGuests({ fixes });
    expect(ask(mediator, guests[0])).toEqual(succeeded(3, 24));
    expect(entries(mediator, 1, 3, 24)).toEqual([
      SP,
      { id: 3, executionContexts: 4, properties: VM_64 },
      { id: 4, executionContexts: 1, properties: VM_32 },
    ]);
  });

  test("gives a 1.0 caller entries of 8 bytes, and writes nothing behind them", () => {
    const { mediator, guests } = threeGuests({ fixes });
    expect(ask(mediator, guests[2])).toEqual(succeeded(3, 8));
    expect(entries(mediator, 3, 3, 8).map(({ id }) => id)).toEqual([0x8001, 3, 2]);
    expect([...mediator.rx(3).subarray(24)].every((byte) => byte === 0)).toBe(true);
  });

  test("counts SPs and VMs without the caller; flags are for callers behind 1.0", () => {
    const { mediator, guests } = threeGuests({ fixes });
    expect(ask(mediator, guests[0], 1)).toEqual(countAnswer(3));
    for (const flags of [2, 3, 0x80000000]) {
      expect(ask(mediator, guests[0], flags)).toEqual(failed(STATUS.INVALID_PARAMETERS));
    }
    for (const flags of [1, 2]) {
      expect(ask(mediator, guests[2], flags)).toEqual(failed(STATUS.INVALID_PARAMETERS));
    }
  });

  test("leaves RX with the guest on success: BUSY until FFA_RX_RELEASE, DENIED twice", () => {
    const { mediator, guests } = threeGuests({ fixes });
    expect(release(mediator, guests[0])).toEqual(failed(STATUS.DENIED));
    ask(mediator, guests[0]);
    const before = mediator.rx(1).slice();
    expect(ask(mediator, guests[0])).toEqual(failed(STATUS.BUSY));
    expect(mediator.rx(1)).toEqual(before);
    expect(release(mediator, guests[0])).toEqual(succeeded());
    expect(ask(mediator, guests[0])).toEqual(succeeded(3, 24));
  });

  test("is DENIED a listing without an RX buffer; a count needs none", () => {
    const { mediator, guests } = threeGuests({ fixes, mappedAtStart: false });
    expect(ask(mediator, guests[0])).toEqual(failed(STATUS.DENIED));
    expect(mediator.rx(1).every((byte) => byte === 0)).toBe(true);
    expect(ask(mediator, guests[0], 1)).toEqual(countAnswer(3));
  });

  test.each([
    ["the VMs do not fit", { rxBytes: 71 }],
    ["not even the SPs fit", { rxBytes: 47, securePartitions: [SP, SP] }],
  ])("answers NO_MEMORY and releases RX when %s", (_, options) => {
    const { mediator, guests } = threeGuests({ fixes, ...options });
    for (let i = 0; i < 2; i++) {
      expect(ask(mediator, guests[0])).toEqual(failed(STATUS.NO_MEMORY));
    }
    expect(release(mediator, guests[0])).toEqual(failed(STATUS.DENIED));
  });

  test("entries that fill RX to its last byte fit", () => {
    const { mediator, guests } = threeGuests({ fixes, rxBytes: 72 });
    expect(ask(mediator, guests[0])).toEqual(succeeded(3, 24));
    expect(decodeEntry(mediator.rx(1), 48).id).toBe(4);
  });

  test("tells of SPs alone without VM-to-VM", () => {
    const { mediator, guests } = threeGuests({ fixes, vmToVm: false });
    expect(ask(mediator, guests[0])).toEqual(succeeded(1, 24));
    expect(ask(mediator, guests[0], 1)).toEqual(countAnswer(1));
  });

  test("forgets a VM that was destroyed, and one that starts again before it negotiates", () => {
    const { mediator, guests } = threeGuests({ fixes });
    mediator.destroyDomain(2);
    expect(ask(mediator, guests[0], 1)).toEqual(countAnswer(2));
    const [again] = mediator.createDomain({ id: 2, vcpus: 1 });
    mediator.call(again, registers(FFA_VERSION, V1_1));
    expect(ask(mediator, guests[0])).toEqual(succeeded(2, 24));
    mediator.call(again, registers(FFA_ID_GET));
    release(mediator, guests[0]);
    expect(ask(mediator, guests[0])).toEqual(succeeded(3, 24));
    expect(entries(mediator, 1, 3, 24).map(({ id }) => id)).toEqual([0x8001, 4, 3]);
  });
});

test("a caller of 1.2 gets the entries of 1.1", () => {
  const mediator = createMediator({ version: V1_2, securePartitions: [SP], mappedAtStart: true });
  const [guest] = mediator.createDomain({ id: 1, vcpus: 1 });
  mediator.call(guest, registers(FFA_VERSION, V1_2));
  expect(ask(mediator, guest)).toEqual(succeeded(1, 24));
});

describe("the ways out of a listing that finds no room", () => {
  const TAKE = ["LockRxToAcquire", "ReadPagesToAcquire", "ReadRxToAcquire", "TakeRx"];
  const SPS = ["UnlockRxTaken", "LockSpRx", "WriteSpEntries"];
  const WALK = ["ReadLockList", "NextContext", "NextContext", "WriteEntry", "NextContext"];
  const LOOK = ["LockRxToRelease", "ReadPagesToRelease", "ReadRxToRelease"];
  const GIVE = [...LOOK, "GiveRx", "UnlockRxGiven"];

  test.each(Object.entries(designs))("%s: each lock is released on the way", (_, fixes) => {
    const options = { fixes, mappedAtStart: true, rxBytes: 24 };
    const walking = createBench({ ...options, maxDomains: 3 });
    for (const id of [1, 2, 3]) walking.bringUp(id, V1_1);
    const walked = [...TAKE, ...SPS, "UnlockSpRx", ...WALK, "ReadUnlockNoRoom", ...GIVE];
    expect(walking.call(1, FFA_PARTITION_INFO_GET).labels.slice(3, -1)).toEqual(walked);

    const full = createBench({ ...options, securePartitions: [SP, SP] });
    full.bringUp(1, V1_1);
    const atOnce = [...TAKE, ...SPS, "UnlockSpRxGivenUp", ...GIVE];
    expect(full.call(1, FFA_PARTITION_INFO_GET).labels.slice(3, -1)).toEqual(atOnce);
    for (const { state, read } of [walking, full]) {
      const { lock } = state.contextList;
      expect([read(state.spRxLock), read(lock)]).toEqual([0, 0]);
    }
  });

  test("what fits of the SPs is written all the same, and never a part of an entry", () => {
    const mediator = createMediator({
      rxBytes: 47,
      securePartitions: [SP, SP],
      mappedAtStart: true,
    });
    const [guest] = mediator.createDomain({ id: 1, vcpus: 1 });
    mediator.call(guest, registers(FFA_VERSION, V1_1));
    expect(ask(mediator, guest)).toEqual(failed(STATUS.NO_MEMORY));
    expect(decodeEntry(mediator.rx(1), 0)).toEqual(SP);
    expect(
      mediator
        .rx(1)
        .subarray(24)
        .every((byte) => byte === 0),
    ).toBe(true);
  });
});

describe("beside another vCPU", () => {
  test("the mediator's own RX buffer is used by one listing at a time", () => {
    const bench = createBench({ mappedAtStart: true });
    for (const id of [1, 2]) bench.bringUp(id, V1_1);
    const first = bench.beginCall(1, 0, FFA_PARTITION_INFO_GET).until("WriteSpEntries");
    const second = bench.beginCall(2, 0, FFA_PARTITION_INFO_GET).until("LockSpRx");
    expect(() => second.step()).toThrow("LockSpRx waits");
    first.end();
    expect(second.end().value).toEqual(succeeded(1, 24));
  });

  /** Domain 1 publishes on its first vCPU up to `label`; the second asks for the count. */
  function countDuring(fix: "posted" | "hardened", label: string) {
    const bench = createBench({ fixes: designs[fix], securePartitions: [SP] });
    bench.create(1);
    bench.call(1, FFA_VERSION, V1_1);
    const publishing = bench.beginCall(1, 0, FFA_ID_GET).until(label);
    return { publishing, counting: bench.beginCall(1, 1, ...COUNT) };
  }

  test("posted: a sibling's count comes from a count without the caller (H1)", () => {
    const { counting } = countDuring("posted", "IncVmCount");
    // One SP and no other VM: the answer is one less than that.
    expect(counting.end().value).toEqual(succeeded(0, 24));
  });

  test("hardened: who sees the version waits until the VM is counted and listed (H1)", () => {
    const { publishing, counting } = countDuring("hardened", "WriteUnlockList");
    counting.until("ReadLockList");
    expect(() => counting.step()).toThrow("ReadLockList waits");
    publishing.end();
    expect(counting.end().value).toEqual(succeeded(1));
  });
});

describe("FFA_PARTITION_INFO_GET for a UUID (DEN0077A; as Xen of August 2026 answers)", () => {
  const one = { id: 0x8001, executionContexts: 2, properties: 7, uuid: [1, 2, 3, 4] } as const;
  const two = { id: 0x8002, executionContexts: 1, properties: 0xff, uuid: [5, 6, 7, 8] } as const;
  const bare = { id: 0x8003, executionContexts: 1, properties: 1 };
  const options = { securePartitions: [one, two, bare], mappedAtStart: true };

  function callers(fixes: readonly Fix[] = designs.hardened, version = 0x10001) {
    const mediator = createMediator({ ...options, fixes });
    for (const id of [1, 2]) {
      const [vcpu] = mediator.createDomain({ id, vcpus: 1 });
      mediator.call(vcpu, [FFA_VERSION, version]);
      mediator.call(vcpu, [FFA_ID_GET]);
      if (id === 2) {
        const call = (...words: readonly number[]) => mediator.call(vcpu, words);
        return { call, rx: mediator.rx(id) };
      }
    }
    throw new Error("two domains were made");
  }
  const INVALID_PARAMETERS = failed(STATUS.INVALID_PARAMETERS);

  test.each([0, 1])("nobody has it: INVALID_PARAMETERS, flags %i, and RX is free", (flags) => {
    for (const fixes of Object.values(designs)) {
      const { call } = callers(fixes);
      const before = call(FFA_PARTITION_INFO_GET, 1, 1, 1, 1, flags);
      expect(before).toEqual(INVALID_PARAMETERS);
      expect(call(FFA_RX_RELEASE)).toEqual(failed(STATUS.DENIED));
      expect(call(FFA_PARTITION_INFO_GET)[0]).toBe(0x84000061);
    }
  });

  test.each([0x10001, 0x10000])("of one SP: it alone, without its UUID, after %i", (version) => {
    const { call, rx } = callers(designs.hardened, version);
    const size = version === 0x10000 ? 8 : 24;
    expect(call(FFA_PARTITION_INFO_GET, ...two.uuid)).toEqual(succeeded(1, size));
    const told = { ...two, properties: size === 8 ? 7 : 0xff, uuid: [0, 0, 0, 0] };
    const { uuid, ...oldest } = told;
    expect(decodeEntry(rx, 0, size)).toEqual(size === 8 ? oldest : told);
    expect(call(FFA_RX_RELEASE)).toEqual(succeeded());
  });

  test("the count is of SPs alone, and a flag that does not exist is refused first", () => {
    const { call } = callers();
    expect(call(FFA_PARTITION_INFO_GET, ...one.uuid, 1)).toEqual(succeeded(1));
    expect(call(FFA_PARTITION_INFO_GET, ...one.uuid, 2)).toEqual(INVALID_PARAMETERS);
    expect(call(FFA_PARTITION_INFO_GET, 1, 2, 3, 5, 1)).toEqual(INVALID_PARAMETERS);
  });

  test("Nil lists all, with UUIDs from 1.1 on", () => {
    const { call, rx } = callers();
    expect(call(FFA_PARTITION_INFO_GET)).toEqual(succeeded(4, 24));
    const uuids = [0, 1, 2, 3].map((i) => decodeEntry(rx, 24 * i, 24).uuid);
    expect(uuids).toEqual([one.uuid, two.uuid, [0, 0, 0, 0], [0, 0, 0, 0]]);
  });

  test("posted: every VM is listed and counted beside the SP (H10)", () => {
    const { call, rx } = callers(designs.posted);
    expect(call(FFA_PARTITION_INFO_GET, ...one.uuid, 1)).toEqual(succeeded(2, 24));
    expect(call(FFA_PARTITION_INFO_GET, ...one.uuid)).toEqual(succeeded(2, 24));
    expect([0, 24].map((at) => decodeEntry(rx, at).id)).toEqual([one.id, 2]);
  });

  test("each word of the UUID is looked at", () => {
    const { call } = callers();
    for (const w of [0, 1, 2, 3]) {
      const other = one.uuid.map((word, i) => (i === w ? word + 0x80000000 : word));
      expect(call(FFA_PARTITION_INFO_GET, ...other)).toEqual(INVALID_PARAMETERS);
    }
  });
});
