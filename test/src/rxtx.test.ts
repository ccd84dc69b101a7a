/**
 * src/rxtx.ts: who owns RX (C: `ffa_rx_acquire`, `ffa_rx_release`, `ffa_handle_rxtx_map`,
 * `rxtx_unmap`; DEN0077A, FFA_RX_RELEASE, FFA_RXTX_MAP, FFA_RXTX_UNMAP). H9.
 */
import { describe, expect, test } from "vitest";
import { BUSY, DENIED, INVALID_PARAMETERS } from "../../src/abi.js";
import { designs, type Fix } from "../../src/fixes.js";
import { acquireRx, handOverRx, mapRx, OK, releaseRx, unmapRx } from "../../src/rxtx.js";
import { createBench } from "../support/steps.js";

function bufferOf(fixes: readonly Fix[], mappedAtStart = true) {
  const bench = createBench({ fixes, mappedAtStart });
  const context = bench.context(1);
  const { options } = bench.state;
  return {
    bench,
    acquire: () => bench.run(acquireRx(options, context)),
    handOver: () => bench.run(handOverRx(options, context)),
    release: (giver: "guest" | "listing") => bench.run(releaseRx(options, context, giver)),
    map: () => bench.run(mapRx(options, context)),
    unmap: () => bench.run(unmapRx(options, context)),
    isLocked: () => bench.memory.slots[context.rxLock.slot] !== 0,
  };
}

const LOOK = ["LockRxToAcquire", "ReadPagesToAcquire"];
const LOOK_BACK = ["LockRxToRelease", "ReadPagesToRelease"];

test("acquired once, then BUSY until it is given back; given back once, then DENIED", () => {
  const rx = bufferOf(designs.posted);
  expect(rx.release("guest").value).toBe(DENIED);
  const taken = [...LOOK, "ReadRxToAcquire", "TakeRx", "UnlockRxTaken"];
  expect(rx.acquire()).toEqual({ labels: taken, value: OK });
  const busy = [...LOOK, "ReadRxToAcquire", "UnlockRxBusy"];
  expect(rx.acquire()).toEqual({ labels: busy, value: BUSY });
  const given = [...LOOK_BACK, "ReadRxToRelease", "GiveRx", "UnlockRxGiven"];
  expect(rx.release("guest")).toEqual({ labels: given, value: OK });
  const denied = [...LOOK_BACK, "ReadRxToRelease", "UnlockRxDenied"];
  expect(rx.release("guest")).toEqual({ labels: denied, value: DENIED });
});

describe("while a listing fills (H9)", () => {
  test("posted: a sibling's release frees the buffer, and it is filled twice", () => {
    const rx = bufferOf(designs.posted);
    rx.acquire();
    expect(rx.release("guest").value).toBe(OK);
    expect(rx.acquire().value).toBe(OK);
  });

  test("FillerOwnsRx: a release is DENIED, and so is an unmapping", () => {
    const rx = bufferOf(designs.hardened);
    rx.acquire();
    expect(rx.release("guest").value).toBe(DENIED);
    expect(rx.unmap().value).toBe(DENIED);
    expect(rx.acquire().value).toBe(BUSY);
  });

  test("handed over, the guest gives it back, and a listing does not", () => {
    const rx = bufferOf(designs.hardened);
    rx.acquire();
    const steps = ["LockRxToHandOver", "HandOverRx", "UnlockRxHandedOver"];
    expect(rx.handOver().labels).toEqual(steps);
    expect(rx.unmap().value).toBe(DENIED);
    expect(rx.release("listing").value).toBe(DENIED);
    expect(rx.release("guest").value).toBe(OK);
  });

  test("a listing that gives up gives back what it fills", () => {
    const rx = bufferOf(designs.hardened);
    rx.acquire();
    expect(rx.release("listing").value).toBe(OK);
    expect(rx.acquire().value).toBe(OK);
  });

  test("posted: nothing is handed over", () => {
    const rx = bufferOf(designs.posted);
    rx.acquire();
    expect(rx.handOver().labels).toEqual([]);
  });

  test("MapInRxLock alone: a taken buffer is not unmapped, a freed one is", () => {
    const rx = bufferOf(["MapInRxLock"]);
    rx.acquire();
    expect(rx.unmap().value).toBe(DENIED);
    rx.release("guest");
    expect(rx.unmap().value).toBe(OK);
  });
});

describe("mapping", () => {
  test("posted: no lock is held", () => {
    const rx = bufferOf(designs.posted, false);
    expect(rx.map()).toEqual({
      labels: ["ReadPagesToMap", "WritePagesMapped", "FreeMappedRx"],
      value: OK,
    });
    expect(rx.map()).toEqual({ labels: ["ReadPagesToMap"], value: DENIED });
    rx.acquire();
    const unmapped = ["ReadPagesToUnmap", "WritePagesUnmapped", "TakeUnmappedRx"];
    expect(rx.unmap()).toEqual({ labels: unmapped, value: OK });
    expect(rx.unmap()).toEqual({ labels: ["ReadPagesToUnmap"], value: INVALID_PARAMETERS });
    expect(rx.acquire().value).toBe(DENIED);
  });

  test("MapInRxLock: everything is looked at and changed in one critical section", () => {
    const rx = bufferOf(designs.hardened, false);
    const map = ["LockRxToMap", "ReadPagesToMap"];
    const mapped = [...map, "WritePagesMapped", "FreeMappedRx", "UnlockRxMapped"];
    expect(rx.map()).toEqual({ labels: mapped, value: OK });
    expect(rx.map()).toEqual({ labels: [...map, "UnlockRxDenied"], value: DENIED });
    const unmap = ["LockRxToUnmap", "ReadPagesToUnmap"];
    const stores = ["WritePagesUnmapped", "TakeUnmappedRx", "UnlockRxUnmapped"];
    const unmapped = [...unmap, "ReadRxToUnmap", ...stores];
    expect(rx.unmap()).toEqual({ labels: unmapped, value: OK });
    const none = [...unmap, "UnlockRxNotMapped"];
    expect(rx.unmap()).toEqual({ labels: none, value: INVALID_PARAMETERS });
  });
});

test.each(["posted", "hardened"] as const)("every way out releases rx_lock (%s)", (design) => {
  const rx = bufferOf(designs[design], false);
  const ways = [
    rx.acquire,
    () => rx.release("guest"),
    rx.unmap,
    rx.map,
    rx.map,
    () => rx.release("guest"),
    rx.acquire,
    rx.acquire,
    () => rx.release("listing"),
    rx.acquire,
    rx.handOver,
    rx.unmap,
    () => rx.release("guest"),
    rx.unmap,
  ];
  for (const way of ways) {
    way();
    expect(rx.isLocked()).toBe(false);
  }
});

test("each domain has an RX of its own", () => {
  const bench = createBench();
  bench.run(acquireRx(bench.state.options, bench.context(1)));
  expect(bench.run(acquireRx(bench.state.options, bench.context(2))).value).toBe(OK);
});
