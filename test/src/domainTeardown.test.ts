/**
 * src/domainTeardown.ts: creation and destruction (C: `ffa_domain_init`, `ffa_domain_teardown`).
 * The order of leaving is in fixes.test.ts.
 */
import { describe, expect, test } from "vitest";
import {
  FFA_ID_GET,
  FFA_PARTITION_INFO_GET,
  FFA_RXTX_MAP_64,
  FFA_RXTX_UNMAP,
  FFA_VERSION,
} from "../../src/abi.js";
import { designs, presets } from "../../src/index.js";
import { createBench } from "../support/steps.js";

const V1_1 = 0x10001;
const MAP = [FFA_RXTX_MAP_64, 0x1000, 0x2000, 1];
const NOTHING_TO_LEAVE = ["PauseDomain", "SetDying", "TeardownReadVers", "DropDomain"];

describe.each(Object.entries(designs))("%s", (_, fixes) => {
  test("a domain that negotiated leaves the list and the count before it is freed", () => {
    const bench = createBench({ fixes });
    bench.bringUp(1, V1_1);
    const steps = bench.destroy(1);
    const leaving = ["DecVmCount", "TeardownLockList", "TeardownUnlockList", "UnlinkContext"];
    expect(steps.slice(0, 3)).toEqual(NOTHING_TO_LEAVE.slice(0, 3));
    expect(steps.slice(3, -1).sort()).toEqual(leaving);
    expect(steps.at(-1)).toBe("DropDomain");
  });

  test("a domain that only requested was never listed", () => {
    const bench = createBench({ fixes });
    bench.create(1);
    bench.call(1, FFA_VERSION, V1_1);
    expect(bench.destroy(1)).toEqual(NOTHING_TO_LEAVE);
  });

  test("without VM-to-VM there is nothing to leave", () => {
    const bench = createBench({ fixes, vmToVm: false });
    bench.bringUp(1, V1_1);
    expect(bench.destroy(1)).toEqual(["PauseDomain", "SetDying", "DropDomain"]);
  });

  test.each(Object.entries(presets))(
    "teardown restores all shared state, whatever the guest did (%s)",
    (__, { choices, version }) => {
      const lives: readonly (readonly (readonly number[])[])[] = [
        [],
        [[FFA_ID_GET]],
        [[FFA_VERSION, V1_1]],
        [[FFA_VERSION, V1_1], [FFA_ID_GET], [FFA_PARTITION_INFO_GET]],
        [[FFA_VERSION, V1_1], MAP],
        [[FFA_VERSION, V1_1], MAP, [FFA_RXTX_UNMAP]],
        [[FFA_VERSION, V1_1], MAP, [FFA_PARTITION_INFO_GET]],
      ];
      for (const mappedAtStart of [false, true]) {
        const bench = createBench({ fixes, choices, version, mappedAtStart });
        const before = bench.memory.slots.slice();
        for (const life of lives) {
          bench.create(1);
          for (const call of life) bench.call(1, ...call);
          bench.destroy(1);
          expect(bench.memory.slots).toEqual(before);
        }
      }
    },
  );

  test("another domain stays listed and counted", () => {
    const bench = createBench({ fixes });
    for (const id of [1, 2]) bench.bringUp(id, V1_1);
    bench.destroy(1);
    const { members, vmCount } = bench.state.contextList;
    expect(bench.members(members)).toEqual([2]);
    expect(bench.read(vmCount)).toBe(1);
  });
});

test("a domain whose negotiation was closed early was never listed", () => {
  const bench = createBench({ choices: presets["tf-a"].choices });
  bench.create(1);
  bench.call(1, FFA_ID_GET);
  expect(bench.destroy(1)).toEqual(NOTHING_TO_LEAVE);
});

test("a domain is destroyed only while it runs, and created only when it is absent", () => {
  const bench = createBench();
  expect(() => bench.destroy(1)).toThrow("PauseDomain waits");
  bench.create(1);
  expect(() => bench.create(1)).toThrow("CreateDomain waits");
});

test("pausing waits while a vCPU of the domain is in the hypervisor", () => {
  const bench = createBench();
  bench.create(1);
  const call = bench.beginCall(1, 1, FFA_ID_GET).until("ReturnFromCall");
  expect(() => bench.destroy(1)).toThrow("PauseDomain waits");
  call.end();
  expect(bench.destroy(1)).toEqual(NOTHING_TO_LEAVE);
});
