/** src/negotiateVersion.ts and src/contextList.ts: the steps of negotiation (C: `ffa_negotiate_version`). */
import { describe, expect, test } from "vitest";
import { FFA_FEATURES, FFA_ID_GET, FFA_VERSION } from "../../src/abi.js";
import { designs, FIXES, type Fix } from "../../src/fixes.js";
import { presets } from "../../src/presets.js";
import { SyncFault } from "../../src/sync/index.js";
import { createBench } from "../support/steps.js";

const V1_0 = 0x10000;
const V1_1 = 0x10001;
const BIT_31 = 2 ** 31;
const NOT_SUPPORTED = [0x84000060, 0, 0xffffffff, 0, 0, 0, 0, 0];

const REQUEST = ["StartCall", "ReadGuestVers", "LockGuestVers", "RereadGuestVers"];
const BACK = ["UnlockToReturn", "ReturnFromCall"];

describe.each(["posted", "hardened"] as const)("before a version is published (%s)", (design) => {
  test("FFA_VERSION notes what it settles on, and answers with the mediator's version", () => {
    const bench = createBench({ fixes: designs[design] });
    bench.create(1);
    const { labels, value } = bench.call(1, FFA_VERSION, V1_0);
    expect(labels).toEqual([...REQUEST, "WriteVersTmp", ...BACK]);
    expect(value[0]).toBe(V1_1);
  });

  test("any other call gets NOT_SUPPORTED and changes nothing", () => {
    const bench = createBench({ fixes: designs[design] });
    bench.create(1);
    const before = bench.memory.slots.slice();
    const { labels, value } = bench.call(1, FFA_ID_GET);
    expect(labels).toEqual([...REQUEST, "ReadVersTmp", ...BACK]);
    expect(value).toEqual(NOT_SUPPORTED);
    expect(bench.memory.slots).toEqual(before);
  });

  test("FFA_VERSION may be called again: the last request counts", () => {
    const bench = createBench({ fixes: designs[design] });
    bench.create(1);
    for (const word of [V1_1, 0x20000, V1_0]) {
      expect(bench.call(1, FFA_VERSION, word).value[0]).toBe(V1_1);
    }
    bench.call(1, FFA_ID_GET);
    const { guestVers } = bench.context(1);
    expect(guestVers.values?.[bench.memory.slots[guestVers.slot]]).toBe(V1_0);
  });
});

const PUBLISH = {
  posted: ["PublishGuestVers", "IncVmCount", "WriteLockList", "AppendContext", "WriteUnlockList"],
  hardened: ["WriteLockList", "IncVmCount", "AppendContext", "PublishGuestVers", "WriteUnlockList"],
};

describe.each(["posted", "hardened"] as const)("the call that ends negotiation (%s)", (design) => {
  test("publishes, counts and lists, and goes on to dispatch (H1, H7: the order)", () => {
    const bench = createBench({ fixes: designs[design] });
    bench.create(1);
    bench.call(1, FFA_VERSION, V1_1);
    const { labels, value } = bench.call(1, FFA_ID_GET);
    const steps = ["ReadVersTmp", ...PUBLISH[design], "UnlockToDispatch", "ReturnFromCall"];
    expect(labels).toEqual([...REQUEST, ...steps]);
    expect(value.slice(0, 4)).toEqual([0x84000061, 0, 2, 0]);
  });

  test("without VM-to-VM there is no count and no list", () => {
    const bench = createBench({ fixes: designs[design], vmToVm: false });
    bench.create(1);
    bench.call(1, FFA_VERSION, V1_1);
    const { labels } = bench.call(1, FFA_ID_GET);
    const steps = ["ReadVersTmp", "PublishGuestVers", "UnlockToDispatch", "ReturnFromCall"];
    expect(labels).toEqual([...REQUEST, ...steps]);
  });

  test("from then on one read of guest_vers is all", () => {
    const bench = createBench({ fixes: designs[design] });
    bench.create(1);
    bench.call(1, FFA_VERSION, V1_1);
    bench.call(1, FFA_ID_GET);
    const steps = ["StartCall", "ReadGuestVers", "ReturnFromCall"];
    expect(bench.call(1, FFA_FEATURES, FFA_ID_GET).labels).toEqual(steps);
    expect(bench.call(1, FFA_VERSION, V1_0).labels).toEqual(steps);
  });
});

test("hardened: bit 31 is refused and nothing is noted (H6)", () => {
  const bench = createBench();
  bench.create(1);
  const { labels, value } = bench.call(1, FFA_VERSION, BIT_31 + V1_1);
  expect(labels).toEqual([...REQUEST, ...BACK]);
  expect(value).toEqual([0xffffffff, 0, 0, 0, 0, 0, 0, 0]);
  expect(bench.call(1, FFA_ID_GET).value).toEqual(NOT_SUPPORTED);
});

test("posted: a word with bit 31 is published as it is (H6)", () => {
  const bench = createBench({ fixes: [] });
  bench.create(1);
  expect(bench.call(1, FFA_VERSION, BIT_31 + V1_0).value[0]).toBe(V1_1);
  bench.call(1, FFA_ID_GET);
  const { guestVers } = bench.context(1);
  expect(guestVers.values?.[bench.memory.slots[guestVers.slot]]).toBe(BIT_31 + V1_0);
});

test("Hafnium's choices: what is not spoken is refused, and negotiation stays open", () => {
  const bench = createBench({ choices: { ...presets.hafnium.choices, initial: "none" } });
  bench.create(1);
  for (const word of [0x10002, 0x20000, 0]) {
    expect(bench.call(1, FFA_VERSION, word).value[0]).toBe(0xffffffff);
  }
  expect(bench.call(1, FFA_ID_GET).value).toEqual(NOT_SUPPORTED);
  expect(bench.call(1, FFA_VERSION, V1_0).value[0]).toBe(V1_1);
  const { labels, value } = bench.call(1, FFA_FEATURES, FFA_VERSION);
  expect(labels).toContain("PublishGuestVers");
  expect(value[0]).toBe(0x84000061);
  const again = bench.call(1, FFA_VERSION, V1_0);
  expect(again.labels).toContain("ReadNegotiatedVers");
  expect(again.value[0]).toBe(V1_1);
});

describe("each order of joining, by the fixes", () => {
  const joined = (fixes: readonly Fix[]): readonly string[] => {
    const bench = createBench({ fixes });
    bench.create(1);
    bench.call(1, FFA_VERSION, V1_1);
    return bench.call(1, FFA_ID_GET).labels.slice(5, -2);
  };
  const [lock, count, append, publish, unlock] = PUBLISH.hardened;

  test("PublishLast alone moves the store behind the append", () => {
    expect(joined(["PublishLast"])).toEqual([count, lock, append, publish, unlock]);
  });

  test("CountInWriteLock alone moves the count into the lock", () => {
    expect(joined(["CountInWriteLock"])).toEqual([publish, lock, count, append, unlock]);
  });

  test("no other fix changes it", () => {
    const others = FIXES.filter((fix) => fix !== "PublishLast" && fix !== "CountInWriteLock");
    expect(joined(others)).toEqual(PUBLISH.posted);
  });
});

describe("the choices", () => {
  const benchOf = (preset: keyof typeof presets) => {
    const bench = createBench({ ...presets[preset] });
    bench.create(1);
    return bench;
  };

  test("TF-A: a call without a request ends negotiation for good", () => {
    const bench = benchOf("tf-a");
    const first = bench.call(1, FFA_ID_GET);
    expect(first.labels).toContain("CloseNegotiation");
    expect(first.value).toEqual(NOT_SUPPORTED);
    const asked = bench.call(1, FFA_VERSION, V1_1);
    expect(asked.labels).toEqual(["StartCall", "ReadGuestVers", "ReturnFromCall"]);
    expect(asked.value[0]).toBe(0xffffffff);
    expect(bench.call(1, FFA_ID_GET).value).toEqual(NOT_SUPPORTED);
    expect(bench.destroy(1)).not.toContain("UnlinkContext");
  });

  test("TF-A: another major or a greater minor changes nothing and is answered with 1.2", () => {
    const bench = benchOf("tf-a");
    bench.call(1, FFA_VERSION, V1_0);
    for (const word of [0x10003, 0x20000]) {
      const { labels, value } = bench.call(1, FFA_VERSION, word);
      expect(labels).not.toContain("WriteVersTmp");
      expect(value[0]).toBe(0x10002);
    }
    bench.call(1, FFA_ID_GET);
    expect(bench.call(1, FFA_VERSION, 0x20000).value[0]).toBe(V1_0);
  });

  test("pKVM: the first success publishes, and the negotiated version is answered", () => {
    const bench = benchOf("pkvm");
    expect(bench.call(1, FFA_ID_GET).value).toEqual(NOT_SUPPORTED);
    const { labels, value } = bench.call(1, FFA_VERSION, V1_1);
    expect(labels).toEqual([...REQUEST, "WriteVersTmp", ...PUBLISH.hardened, ...BACK]);
    expect(value[0]).toBe(V1_1);
    expect(bench.call(1, FFA_VERSION, V1_0).value[0]).toBe(0xffffffff);
    expect(bench.call(1, FFA_VERSION, 0x20001).value[0]).toBe(0xffffffff);
    expect(bench.call(1, FFA_VERSION, 0x10002).value[0]).toBe(V1_1);
  });

  test("OP-TEE: 1.0 is in force at first, and a later request replaces the version", () => {
    const bench = benchOf("op-tee");
    const { guestVers } = bench.context(1);
    const inForce = () => guestVers.values?.[bench.memory.slots[guestVers.slot]];
    expect(bench.call(1, FFA_ID_GET).value[0]).toBe(0x84000061);
    expect(inForce()).toBe(V1_0);
    const again = bench.call(1, FFA_VERSION, V1_1);
    expect(again.labels).toEqual([...REQUEST, "WriteVersTmp", "PublishGuestVers", ...BACK]);
    expect(inForce()).toBe(V1_1);
    bench.call(1, FFA_VERSION, 0x20000);
    expect(inForce()).toBe(V1_1);
  });

  test("Hafnium: FFA_INTERRUPT does not end negotiation, another call does", () => {
    const bench = benchOf("hafnium");
    expect(bench.call(1, 0x84000062).value).toEqual(NOT_SUPPORTED);
    expect(bench.call(1, FFA_VERSION, V1_0).value[0]).toBe(0x10002);
    expect(bench.call(1, FFA_ID_GET).value[0]).toBe(0x84000061);
    expect(bench.call(1, FFA_VERSION, V1_1).value[0]).toBe(0xffffffff);
    expect(bench.call(1, FFA_VERSION, V1_0).value[0]).toBe(0x10002);
  });
});

test("a call of a domain that is not there waits: nobody traps", () => {
  expect(() => createBench().call(1, FFA_ID_GET)).toThrow("StartCall waits");
});

test("a store without the lock is a fault of the code", () => {
  const bench = createBench();
  const { guestVers } = bench.context(1);
  const store = { label: "Store", kind: "write" as const, at: guestVers.index, operand: V1_1 };
  expect(() => bench.memory.execute(store, 1)).toThrow(SyncFault);
});
