/**
 * src/partitionInfo.ts: the bytes of an entry, and what FFA_PARTITION_INFO_GET answers and writes
 * (DEN0077A, partition information descriptor; C: `ffa_handle_partition_info_get`).
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  createMediator,
  designs,
  FFA_ID_GET,
  FFA_PARTITION_INFO_GET,
  FFA_RX_RELEASE,
  FFA_VERSION,
  type Mediator,
  type MediatorOptions,
  registers,
  type Vcpu,
} from "../../src/index.js";
import {
  decodeEntry,
  ENTRY_SIZE_1_0,
  ENTRY_SIZE_1_1,
  encodeEntry,
} from "../../src/partitionEntry.js";
import { word32 } from "../support/arbitraries.js";
import { createBench } from "../support/steps.js";

const V1_0 = 0x10000;
const V1_1 = 0x10001;
const SUCCESS = 0x84000061;
const ERROR = 0x84000060;
const status = (code: number): number => code + 2 ** 32;

describe("an entry", () => {
  const entry = { id: 0x1234, executionContexts: 0x5678, properties: 0x9abcdef0 };
  const first8 = [0x34, 0x12, 0x78, 0x56, 0xf0, 0xde, 0xbc, 0x9a];

  test("of FF-A 1.0 has 8 bytes: ID, execution contexts, properties, little-endian", () => {
    expect([...encodeEntry(entry, ENTRY_SIZE_1_0)]).toEqual(first8);
  });

  test("of FF-A 1.1 has 16 bytes of UUID behind them, all zero", () => {
    expect(ENTRY_SIZE_1_1).toBe(24);
    expect([...encodeEntry(entry, ENTRY_SIZE_1_1)]).toEqual([...first8, ...Array(16).fill(0)]);
  });

  test("is read back from any offset", () => {
    const u16 = fc.integer({ min: 0, max: 0xffff });
    const info = fc.record({ id: u16, executionContexts: u16, properties: word32 });
    const size = fc.constantFrom(ENTRY_SIZE_1_0, ENTRY_SIZE_1_1);
    fc.assert(
      fc.property(info, size, fc.nat({ max: 40 }), (each, bytes, offset) => {
        // RX may itself be a part of something larger.
        const rx = new Uint8Array(offset + bytes + 5).fill(0xff).subarray(5);
        rx.set(encodeEntry(each, bytes), offset);
        expect(decodeEntry(rx, offset)).toEqual(each);
      }),
    );
  });
});

const SP = { id: 0x8001, executionContexts: 3, properties: 0x31 };

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
  mediator.call(guest, registers(FFA_PARTITION_INFO_GET, 0, 0, 0, 0, flags)).slice(0, 4);

const entries = (mediator: Mediator, id: number, count: number, size: number) =>
  Array.from({ length: count }, (_, i) => decodeEntry(mediator.rx(id), i * size));

describe.each(["posted", "hardened"] as const)("FFA_PARTITION_INFO_GET (%s)", (design) => {
  const fixes = designs[design];
  const VM_64 = 0x10e;
  const VM_32 = 0x00e;
  /** Posted: a count carries the size of an entry. */
  const counted = design === "posted" ? 24 : 0;

  test("lists the SPs, then each VM but the caller in the order of publication", () => {
    const { mediator, guests } = threeGuests({ fixes });
    expect(ask(mediator, guests[0])).toEqual([SUCCESS, 0, 3, 24]);
    expect(entries(mediator, 1, 3, 24)).toEqual([
      SP,
      { id: 3, executionContexts: 4, properties: VM_64 },
      { id: 4, executionContexts: 1, properties: VM_32 },
    ]);
  });

  test("gives a 1.0 caller entries of 8 bytes, and writes nothing behind them", () => {
    const { mediator, guests } = threeGuests({ fixes });
    expect(ask(mediator, guests[2])).toEqual([SUCCESS, 0, 3, 8]);
    expect(entries(mediator, 3, 3, 8).map(({ id }) => id)).toEqual([0x8001, 3, 2]);
    expect(
      mediator
        .rx(3)
        .subarray(24)
        .every((byte) => byte === 0),
    ).toBe(true);
  });

  test("counts SPs and VMs without the caller; flags are for callers behind 1.0", () => {
    const { mediator, guests } = threeGuests({ fixes });
    expect(ask(mediator, guests[0], 1)).toEqual([SUCCESS, 0, 3, counted]);
    for (const flags of [2, 3, 0x80000000]) {
      expect(ask(mediator, guests[0], flags)).toEqual([ERROR, 0, status(-2), 0]);
    }
    for (const flags of [1, 2]) {
      expect(ask(mediator, guests[2], flags)).toEqual([ERROR, 0, status(-2), 0]);
    }
  });

  test("leaves RX with the guest on success: BUSY until FFA_RX_RELEASE, DENIED twice", () => {
    const { mediator, guests } = threeGuests({ fixes });
    const release = () => mediator.call(guests[0], registers(FFA_RX_RELEASE)).slice(0, 3);
    expect(release()).toEqual([ERROR, 0, status(-6)]);
    ask(mediator, guests[0]);
    const before = mediator.rx(1).slice();
    expect(ask(mediator, guests[0])).toEqual([ERROR, 0, status(-4), 0]);
    expect(mediator.rx(1)).toEqual(before);
    expect(release()).toEqual([SUCCESS, 0, 0]);
    expect(ask(mediator, guests[0])).toEqual([SUCCESS, 0, 3, 24]);
  });

  test.each([
    ["the VMs do not fit", 71, [SP]],
    ["not even the SPs fit", 47, [SP, SP]],
  ])("answers NO_MEMORY and releases RX when %s", (_, rxBytes, securePartitions) => {
    const { mediator, guests } = threeGuests({ fixes, rxBytes, securePartitions });
    for (let i = 0; i < 2; i++) {
      expect(ask(mediator, guests[0])).toEqual([ERROR, 0, status(-3), 0]);
    }
    const released = mediator.call(guests[0], registers(FFA_RX_RELEASE));
    expect(released.slice(0, 3)).toEqual([ERROR, 0, status(-6)]);
    // A count needs no room.
    const all = securePartitions.length + 2;
    expect(ask(mediator, guests[0], 1)).toEqual([SUCCESS, 0, all, counted]);
  });

  test("entries that fill RX to its last byte fit", () => {
    const { mediator, guests } = threeGuests({ fixes, rxBytes: 72 });
    expect(ask(mediator, guests[0])).toEqual([SUCCESS, 0, 3, 24]);
  });

  test("tells of SPs alone without VM-to-VM", () => {
    const { mediator, guests } = threeGuests({ fixes, vmToVm: false });
    expect(ask(mediator, guests[0])).toEqual([SUCCESS, 0, 1, 24]);
    expect(ask(mediator, guests[0], 1)).toEqual([SUCCESS, 0, 1, counted]);
  });

  test("forgets a VM that was destroyed, and one that starts again before it negotiates", () => {
    const { mediator, guests } = threeGuests({ fixes });
    mediator.destroyDomain(2);
    expect(ask(mediator, guests[0], 1)).toEqual([SUCCESS, 0, 2, counted]);
    const [again] = mediator.createDomain({ id: 2, vcpus: 1 });
    mediator.call(again, registers(FFA_VERSION, V1_1));
    expect(ask(mediator, guests[0])).toEqual([SUCCESS, 0, 2, 24]);
    mediator.call(again, registers(FFA_ID_GET));
    mediator.call(guests[0], registers(FFA_RX_RELEASE));
    expect(ask(mediator, guests[0])).toEqual([SUCCESS, 0, 3, 24]);
    expect(entries(mediator, 1, 3, 24).map(({ id }) => id)).toEqual([0x8001, 4, 3]);
  });
});

describe("the steps of a count (H1, H8)", () => {
  const steps = (design: "posted" | "hardened") => {
    const bench = createBench({ fixes: designs[design] });
    bench.create(1);
    bench.call(1, FFA_VERSION, V1_1);
    bench.call(1, FFA_ID_GET);
    return bench.call(1, FFA_PARTITION_INFO_GET, 0, 0, 0, 0, 1).labels.slice(2, -1);
  };

  test("posted: the version is read twice, and the count without a lock", () => {
    expect(steps("posted")).toEqual(["ReadEntryVers", "ReadFlagVers", "ReadVmCount"]);
  });

  test("hardened: the count is read with the list locked", () => {
    const locked = ["ReadLockList", "ReadVmCount", "ReadUnlockList"];
    expect(steps("hardened")).toEqual(["ReadEntryVers", "ReadFlagVers", ...locked]);
  });
});

describe("the steps of a listing (H9)", () => {
  const steps = (design: "posted" | "hardened", rxBytes = 4096) => {
    const bench = createBench({ fixes: designs[design], securePartitions: [SP, SP], rxBytes });
    bench.create(1);
    bench.call(1, FFA_VERSION, V1_1);
    bench.call(1, FFA_ID_GET);
    return bench.call(1, FFA_PARTITION_INFO_GET).labels.slice(2, -1);
  };
  const ACQUIRE = ["LockRxToAcquire", "ReadPagesToAcquire", "ReadRxToAcquire", "TakeRx"];
  const FILL = ["ReadEntryVers", ...ACQUIRE, "UnlockRxTaken", "LockSpRx", "WriteSpEntries"];
  // The caller's own context is all that is on the list.
  const WALK = ["ReadLockList", "NextContext", "NextContext", "ReadUnlockList"];

  test("posted: whoever took the buffer has no more to do with it", () => {
    expect(steps("posted")).toEqual([...FILL, "UnlockSpRx", ...WALK]);
  });

  test("hardened: the filled buffer is handed over", () => {
    const handOver = ["LockRxToHandOver", "HandOverRx", "UnlockRxHandedOver"];
    expect(steps("hardened")).toEqual([...FILL, "UnlockSpRx", ...WALK, ...handOver]);
  });

  test("a listing without room gives the buffer back", () => {
    const back = ["LockRxToRelease", "ReadPagesToRelease", "ReadRxToRelease", "GiveRx"];
    const expected = [...FILL, "UnlockSpRxNoRoom", ...back, "UnlockRxGiven"];
    for (const design of ["posted", "hardened"] as const) {
      expect(steps(design, 24)).toEqual(expected);
    }
  });
});
