/** src/domainTeardown.ts: creation and destruction (C: `ffa_domain_init`, `ffa_domain_teardown`). */
import { describe, expect, test } from "vitest";
import { FFA_ID_GET, FFA_PARTITION_INFO_GET, FFA_VERSION } from "../../src/abi.js";
import { designs } from "../../src/fixes.js";
import { createBench } from "../support/steps.js";

const LEAVE = {
  posted: ["DecVmCount", "TeardownLockList", "UnlinkContext", "TeardownUnlockList"],
  hardened: ["TeardownLockList", "DecVmCount", "UnlinkContext", "TeardownUnlockList"],
};

describe.each(["posted", "hardened"] as const)("%s", (design) => {
  test("a domain that negotiated leaves the list and the count (H7, H8: the order)", () => {
    const bench = createBench({ fixes: designs[design] });
    expect(bench.create(1)).toEqual(["CreateDomain"]);
    bench.call(1, FFA_VERSION, 0x10001);
    bench.call(1, FFA_ID_GET);
    const steps = ["PauseDomain", "SetDying", "TeardownReadVers", ...LEAVE[design], "DropDomain"];
    expect(bench.destroy(1)).toEqual(steps);
  });

  test("a domain that only requested was never listed", () => {
    const bench = createBench({ fixes: designs[design] });
    bench.create(1);
    bench.call(1, FFA_VERSION, 0x10001);
    const steps = ["PauseDomain", "SetDying", "TeardownReadVers", "DropDomain"];
    expect(bench.destroy(1)).toEqual(steps);
  });

  test("without VM-to-VM there is nothing to leave", () => {
    const bench = createBench({ fixes: designs[design], vmToVm: false });
    bench.create(1);
    bench.call(1, FFA_VERSION, 0x10001);
    bench.call(1, FFA_ID_GET);
    expect(bench.destroy(1)).toEqual(["PauseDomain", "SetDying", "DropDomain"]);
  });

  test("teardown restores all shared state, whatever the guest did", () => {
    const bench = createBench({ fixes: designs[design] });
    const before = bench.memory.slots.slice();
    for (const calls of [[], [FFA_VERSION], [FFA_VERSION, FFA_ID_GET, FFA_PARTITION_INFO_GET]]) {
      bench.create(1);
      for (const id of calls) bench.call(1, id, 0x10001);
      bench.destroy(1);
      expect(bench.memory.slots).toEqual(before);
    }
  });

  test("another domain stays listed and counted", () => {
    const bench = createBench({ fixes: designs[design] });
    for (const id of [1, 2]) {
      bench.create(id);
      bench.call(id, FFA_VERSION, 0x10001);
      bench.call(id, FFA_ID_GET);
    }
    bench.destroy(1);
    const { members, vmCount } = bench.state.contextList;
    expect([...bench.memory.slots.slice(members.slot, members.slot + 2)]).toEqual([2, 0]);
    expect(bench.memory.slots[vmCount.slot]).toBe(1);
  });
});

test("a domain is destroyed only while it runs, and created only when it is absent", () => {
  const bench = createBench();
  expect(() => bench.destroy(1)).toThrow("PauseDomain waits");
  bench.create(1);
  expect(() => bench.create(1)).toThrow("CreateDomain waits");
});
