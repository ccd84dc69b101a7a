/**
 * src/domainTeardown.ts: creation and destruction (C: `ffa_domain_init`, `ffa_domain_teardown`).
 * The order of leaving is in fixes.test.ts, SPs that are told are in subscribers.test.ts, and memory
 * that they have in teardownRound.test.ts.
 */
import { describe, expect, test } from "vitest";
import {
  FFA_ID_GET,
  FFA_MSG_SEND2,
  FFA_PARTITION_INFO_GET,
  FFA_RXTX_MAP_64,
  FFA_RXTX_UNMAP,
  FFA_VERSION,
} from "../../src/abi.js";
import { RX_TAKEN, toolstackActor } from "../../src/context.js";
import { destroyDomain } from "../../src/domainTeardown.js";
import { designs, type Fix, presets } from "../../src/index.js";
import { encodeHeader } from "../../src/messageHeader.js";
import { createBench } from "../support/steps.js";

const V1_1 = 0x10001;
const MAP = [FFA_RXTX_MAP_64, 0x1000, 0x2000, 1];

/** What is between the first steps of a destruction and its end. */
interface Had {
  readonly vmToVm?: boolean;
  /** The steps of leaving the list. */
  readonly leaving?: readonly string[];
  readonly mapped?: boolean;
}

/** The steps of a destruction that leaves nothing to do, as the design is described. */
function destruction(fixes: readonly Fix[], had: Had = {}): readonly string[] {
  const { vmToVm = true, leaving = [], mapped = false } = had;
  const where = (isSo: boolean, ...labels: readonly string[]) => (isSo ? labels : []);
  const has = (fix: Fix) => fixes.includes(fix);
  const locked = has("UnmapInRxLock");
  return [
    ...["PauseDomain", "SetDying", ...where(has("TeardownHoldsDomain"), "GetDomainForTeardown")],
    ...where(vmToVm, "TeardownReadVers"),
    ...leaving,
    ...where(locked, "LockRxToTearDown"),
    "ReadPagesToUnmap",
    ...where(mapped && locked, "ReadRxToUnmap"),
    ...where(mapped, "WritePagesUnmapped", "TakeUnmappedRx"),
    ...where(locked, mapped ? "UnlockRxUnmapped" : "UnlockRxNotMapped"),
    "NextShmTorn",
    ...where(!has("RetryOnlyLeft"), "ReadShmLeft"),
    ...where(has("TeardownHoldsDomain"), "PutDomainOfTeardown"),
    "DropDomain",
  ];
}

const NOTHING_TO_LEAVE = destruction(designs.hardened);

describe.each(Object.entries(designs))("%s", (_, fixes) => {
  test("a domain that negotiated leaves the list and the count before it is dropped", () => {
    const bench = createBench({ fixes });
    bench.bringUp(1, V1_1);
    const steps = bench.destroy(1);
    const first = steps.indexOf("TeardownReadVers") + 1;
    const leaving = steps.slice(first, first + 4);
    const inAnyOrder = ["DecVmCount", "TeardownLockList", "TeardownUnlockList", "UnlinkContext"];
    expect(leaving.toSorted()).toEqual(inAnyOrder);
    expect(steps).toEqual(destruction(fixes, { leaving }));
  });

  test("a domain that only requested was never listed", () => {
    const bench = createBench({ fixes });
    bench.create(1);
    bench.call(1, FFA_VERSION, V1_1);
    expect(bench.destroy(1)).toEqual(destruction(fixes));
  });

  test("buffers that are mapped are unmapped", () => {
    const bench = createBench({ fixes, mappedAtStart: true });
    bench.create(1);
    expect(bench.destroy(1)).toEqual(destruction(fixes, { mapped: true }));
    expect(bench.read(bench.context(1).pageCount)).toBe(0);
    expect(bench.read(bench.context(1).rxState)).toBe(RX_TAKEN);
  });

  test("a buffer that the guest owns is taken from it", () => {
    const bench = createBench({ fixes, mappedAtStart: true });
    bench.bringUp(1, V1_1);
    bench.call(1, FFA_PARTITION_INFO_GET);
    expect(bench.read(bench.context(1).rxState)).toBe(RX_TAKEN);
    bench.destroy(1);
    expect(bench.read(bench.context(1).pageCount)).toBe(0);
  });

  test("without VM-to-VM there is nothing to leave", () => {
    const bench = createBench({ fixes, vmToVm: false });
    bench.bringUp(1, V1_1);
    expect(bench.destroy(1)).toEqual(destruction(fixes, { vmToVm: false }));
  });

  test.each(Object.entries(presets))(
    "teardown and free restore all shared state, whatever the guest did (%s)",
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
          expect(bench.free(1)).toEqual(["FreeDomain"]);
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
  expect(bench.create(1)).toEqual({ labels: ["CreateDomain"], value: true });
  expect(() => bench.create(1)).toThrow("CreateDomain waits");
  expect(() => bench.free(1)).toThrow("FreeDomain waits");
  bench.destroy(1);
  expect(() => bench.create(1)).toThrow("CreateDomain waits");
  bench.free(1);
  expect(bench.create(1).value).toBe(true);
});

test("pausing waits while a vCPU of the domain is in the hypervisor", () => {
  const bench = createBench();
  bench.create(1);
  const call = bench.beginCall(1, 1, FFA_ID_GET).until("ReturnFromCall");
  expect(() => bench.destroy(1)).toThrow("PauseDomain waits");
  call.end();
  expect(bench.destroy(1)).toEqual(NOTHING_TO_LEAVE);
});

describe("beside a sender", () => {
  /** Domain 1 sends to domain 2, which is destroyed; the sender stands before `label`. */
  function whileSending(label: string, fixes: readonly Fix[]) {
    const bench = createBench({ fixes, mappedAtStart: true });
    for (const id of [1, 2]) bench.bringUp(id, V1_1);
    bench.writeTx(1, encodeHeader({ offset: 20, sender: 2, receiver: 3, size: 4 }, V1_1));
    const sender = bench.beginCall(1, 0, FFA_MSG_SEND2).until(label);
    return { bench, sender };
  }

  test("UnmapInRxLock: the buffer is unmapped when nobody fills it any more (H2)", () => {
    const { bench, sender } = whileSending("EndCopy", designs.hardened);
    const code = destroyDomain(bench.state, bench.context(2));
    const teardown = bench.begin(code, toolstackActor(bench.state.options, 2));
    teardown.until("UnlockRxToWait");
    expect(bench.read(bench.context(2).pageCount)).toBe(1);
    teardown.until("LockRxToTearDown").until("UnlockRxToWait").step();
    sender.end();
    teardown.end();
    expect(bench.read(bench.context(2).pageCount)).toBe(0);
    const waited = ["LockRxToTearDown", "ReadPagesToUnmap", "ReadRxToUnmap", "UnlockRxToWait"];
    const at = teardown.labels.indexOf("LockRxToTearDown");
    expect(teardown.labels.slice(at, at + 8)).toEqual([...waited, ...waited]);
    expect(teardown.labels.filter((label) => label === "UnlockRxToWait")).toHaveLength(2);
  });

  test("posted: it is unmapped while it is filled (H2)", () => {
    const { bench, sender } = whileSending("EndCopy", designs.posted);
    bench.destroy(2);
    expect(bench.read(bench.context(2).pageCount)).toBe(0);
    expect(sender.end().labels).toContain("EndCopy");
  });

  test("a context is not freed while a sender holds its domain", () => {
    const { bench, sender } = whileSending("LetGoReceiver", designs.hardened);
    bench.destroy(2);
    expect(() => bench.free(2)).toThrow("FreeDomain waits");
    sender.end();
    bench.free(2);
  });
});
