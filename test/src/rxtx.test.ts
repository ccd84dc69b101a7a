/**
 * src/rxtx.ts: mapping of RX and who owns it (C: `ffa_rx_acquire`, `ffa_rx_release`,
 * `ffa_handle_rxtx_map`, `rxtx_unmap`; DEN0077A, FFA_RX_RELEASE, FFA_RXTX_MAP, FFA_RXTX_UNMAP).
 * H9: a buffer that is being filled is nobody else's.
 */
import { describe, expect, test } from "vitest";
import {
  BUSY,
  DENIED,
  FFA_PARTITION_INFO_GET,
  FFA_RX_RELEASE,
  FFA_RXTX_MAP_64,
  FFA_RXTX_UNMAP,
  INVALID_PARAMETERS,
  OK,
} from "../../src/abi.js";
import { RX_FILLING, RX_FREE, RX_TAKEN } from "../../src/context.js";
import { designs, FIXES, type Fix } from "../../src/fixes.js";
import type { MediatorOptions } from "../../src/options.js";
import { acquireRx, handOverRx, mapRx, releaseRx, unmapRx } from "../../src/rxtx.js";
import { failed, STATUS, succeeded } from "../support/answers.js";
import { createBench } from "../support/steps.js";

const V1_1 = 0x10001;

/** The functions of rxtx.ts on the RX of domain 1. */
function rxBench(options: Partial<MediatorOptions> = {}) {
  const bench = createBench({ mappedAtStart: true, ...options });
  const ctx = bench.context(1);
  const { options: all } = bench.state;
  return {
    bench,
    ctx,
    acquire: () => bench.run(acquireRx(all, ctx)),
    handOver: () => bench.run(handOverRx(all, ctx)),
    release: () => bench.run(releaseRx(all, ctx, "guest")),
    giveUp: () => bench.run(releaseRx(all, ctx, "filler")),
    map: () => bench.run(mapRx(all, ctx)),
    unmap: () => bench.run(unmapRx(all, ctx)),
    rxState: () => bench.read(ctx.rxState),
    isMapped: () => bench.read(ctx.pageCount) === 1,
  };
}

describe("a listing takes RX, its guest gives it back", () => {
  test.each(Object.entries(designs))("%s", (_, fixes) => {
    const { acquire, handOver, release, rxState } = rxBench({ fixes });
    const taken = ["LockRxToAcquire", "ReadPagesToAcquire", "ReadRxToAcquire", "TakeRx"];
    const given = ["LockRxToRelease", "ReadPagesToRelease", "ReadRxToRelease", "GiveRx"];
    expect(acquire()).toEqual({ labels: [...taken, "UnlockRxTaken"], value: OK });
    expect(acquire()).toEqual({ labels: [...taken.slice(0, 3), "UnlockRxBusy"], value: BUSY });
    handOver();
    expect(rxState()).toBe(RX_TAKEN);
    expect(acquire()).toEqual({ labels: [...taken.slice(0, 3), "UnlockRxBusy"], value: BUSY });
    expect(release()).toEqual({ labels: [...given, "UnlockRxGiven"], value: OK });
    expect(rxState()).toBe(RX_FREE);
    expect(release()).toEqual({ labels: [...given.slice(0, 3), "UnlockRxDenied"], value: DENIED });
    expect(acquire().value).toBe(OK);
  });
});

describe("FillerOwnsRx tells filling from taken", () => {
  test("with it: a state of its own until the hand-over, which is three steps", () => {
    const { acquire, handOver, rxState } = rxBench({ fixes: ["FillerOwnsRx"] });
    acquire();
    expect(rxState()).toBe(RX_FILLING);
    const { labels } = handOver();
    expect(labels).toEqual(["LockRxToHandOver", "HandOverRx", "UnlockRxHandedOver"]);
    expect(rxState()).toBe(RX_TAKEN);
  });

  test("without it: taken from the start, and nothing is handed over", () => {
    const { acquire, handOver, rxState } = rxBench({ fixes: [] });
    acquire();
    expect(rxState()).toBe(RX_TAKEN);
    expect(handOver().labels).toEqual([]);
  });

  test("the guest gives back what it was handed, a listing what it fills, and not the reverse", () => {
    const { acquire, handOver, release, giveUp, rxState } = rxBench({ fixes: ["FillerOwnsRx"] });
    acquire();
    expect([release().value, rxState()]).toEqual([DENIED, RX_FILLING]);
    expect([giveUp().value, rxState()]).toEqual([OK, RX_FREE]);
    acquire();
    handOver();
    expect([giveUp().value, rxState()]).toEqual([DENIED, RX_TAKEN]);
    expect([release().value, rxState()]).toEqual([OK, RX_FREE]);
  });

  test("without it either gives back whatever is not free (H9)", () => {
    const { acquire, release, giveUp } = rxBench({ fixes: [] });
    acquire();
    expect([release().value, giveUp().value]).toEqual([OK, DENIED]);
    acquire();
    expect([giveUp().value, release().value]).toEqual([OK, DENIED]);
  });
});

describe.each([
  ["posted", []],
  ["MapInRxLock", ["MapInRxLock"]],
  ["hardened", FIXES],
] as readonly (readonly [string, readonly Fix[]])[])("mapping (%s)", (_, fixes) => {
  test("maps what is not mapped, and the buffer is free then; else DENIED", () => {
    const { map, rxState, isMapped } = rxBench({ fixes, mappedAtStart: false });
    expect([isMapped(), rxState()]).toEqual([false, RX_TAKEN]);
    expect([map().value, isMapped(), rxState()]).toEqual([OK, true, RX_FREE]);
    expect([map().value, isMapped(), rxState()]).toEqual([DENIED, true, RX_FREE]);
  });

  test("unmaps what is mapped, and nobody can take it then; else INVALID_PARAMETERS", () => {
    const { unmap, rxState, isMapped } = rxBench({ fixes });
    expect([isMapped(), rxState()]).toEqual([true, RX_FREE]);
    expect([unmap().value, isMapped(), rxState()]).toEqual([OK, false, RX_TAKEN]);
    expect([unmap().value, isMapped(), rxState()]).toEqual([INVALID_PARAMETERS, false, RX_TAKEN]);
  });

  test("a buffer that is not mapped is not taken and not given back: DENIED", () => {
    const { acquire, release, giveUp } = rxBench({ fixes, mappedAtStart: false });
    const refused = (to: string) => [`LockRxTo${to}`, `ReadPagesTo${to}`, "UnlockRxDenied"];
    expect(acquire()).toEqual({ labels: refused("Acquire"), value: DENIED });
    expect(release()).toEqual({ labels: refused("Release"), value: DENIED });
    expect(giveUp()).toEqual({ labels: refused("Release"), value: DENIED });
  });

  test("mapped again, a buffer is free, whoever had it before", () => {
    const { acquire, handOver, release, unmap, map } = rxBench({ fixes });
    acquire();
    handOver();
    if (fixes.includes("MapInRxLock")) release();
    expect([unmap().value, map().value, acquire().value]).toEqual([OK, OK, OK]);
  });
});

describe("the steps that find nothing to do", () => {
  test("posted: one look, without a lock", () => {
    const { map, unmap } = rxBench({ fixes: [] });
    expect(map()).toEqual({ labels: ["ReadPagesToMap"], value: DENIED });
    unmap();
    expect(unmap()).toEqual({ labels: ["ReadPagesToUnmap"], value: INVALID_PARAMETERS });
  });

  test("MapInRxLock: a look with the lock held, and for unmapping a second one", () => {
    const { map, unmap, acquire } = rxBench({ fixes: ["MapInRxLock"] });
    expect(map().labels).toEqual(["LockRxToMap", "ReadPagesToMap", "UnlockRxDenied"]);
    acquire();
    const owned = ["LockRxToUnmap", "ReadPagesToUnmap", "ReadRxToUnmap", "UnlockRxDenied"];
    expect(unmap()).toEqual({ labels: owned, value: DENIED });
    const { unmap: again } = rxBench({ fixes: ["MapInRxLock"], mappedAtStart: false });
    expect(again().labels).toEqual(["LockRxToUnmap", "ReadPagesToUnmap", "UnlockRxNotMapped"]);
  });
});

test("a buffer that its guest owns: unmapped without MapInRxLock, DENIED with it", () => {
  for (const fix of [undefined, ...FIXES]) {
    const fixes = fix ? [fix] : [];
    const { acquire, handOver, unmap, isMapped } = rxBench({ fixes });
    acquire();
    handOver();
    const kept = fix === "MapInRxLock";
    expect([unmap().value, isMapped()], fix).toEqual(kept ? [DENIED, true] : [OK, false]);
  }
});

test("every way out releases rx_lock", () => {
  for (const fixes of Object.values(designs)) {
    const { bench, ctx, ...all } = rxBench({ fixes, mappedAtStart: false });
    const { acquire, handOver, release, giveUp, map, unmap } = all;
    const once = [acquire, release, unmap, map, map, acquire, acquire, unmap, giveUp, giveUp];
    for (const code of [...once, acquire, handOver, release, unmap]) {
      code();
      expect(bench.read(ctx.rxLock)).toBe(0);
    }
  }
});

test("each domain has an RX of its own", () => {
  const { bench, acquire } = rxBench();
  acquire();
  expect(bench.run(acquireRx(bench.state.options, bench.context(2))).value).toBe(OK);
});

describe("H9: a sibling's call while a listing fills RX", () => {
  const DENIED_ANSWER = failed(STATUS.DENIED);
  const BUSY_ANSWER = failed(STATUS.BUSY);

  /** Domain 1 lists on its first vCPU; the second goes between the steps. */
  function whileFilling(fixes: readonly Fix[]) {
    const bench = createBench({ fixes, mappedAtStart: true });
    bench.bringUp(2, V1_1);
    bench.bringUp(1, V1_1);
    const listing = bench.beginCall(1, 0, FFA_PARTITION_INFO_GET).until("WriteEntry");
    const sibling = (...words: readonly number[]) => bench.beginCall(1, 1, ...words).end().value;
    return { bench, listing, sibling };
  }

  test("FFA_RX_RELEASE: DENIED with FillerOwnsRx; else a second listing fills it too", () => {
    for (const fixes of [designs.hardened, ["FillerOwnsRx"]] as const) {
      const { sibling, listing } = whileFilling(fixes);
      expect(sibling(FFA_RX_RELEASE)).toEqual(DENIED_ANSWER);
      expect(sibling(FFA_PARTITION_INFO_GET)).toEqual(BUSY_ANSWER);
      expect(listing.end().value).toEqual(succeeded(1, 24));
      expect(sibling(FFA_RX_RELEASE)).toEqual(succeeded());
    }
    for (const fixes of [designs.posted, designs["upstream-2026-08"]]) {
      const { sibling, listing } = whileFilling(fixes);
      expect(sibling(FFA_RX_RELEASE)).toEqual(succeeded());
      expect(sibling(FFA_PARTITION_INFO_GET)).toEqual(succeeded(1, 24));
      // The guest owns the buffer, and the first listing goes on to write into it.
      expect(listing.end().value).toEqual(succeeded(1, 24));
    }
  });

  test("FFA_RXTX_UNMAP: DENIED with MapInRxLock; else RX is written when it is not mapped", () => {
    for (const fixes of [designs.hardened, designs["upstream-2026-08"], ["MapInRxLock"]] as const) {
      const { bench, sibling, listing } = whileFilling(fixes);
      expect(sibling(FFA_RXTX_UNMAP)).toEqual(DENIED_ANSWER);
      expect(bench.read(bench.context(1).pageCount)).toBe(1);
      listing.end();
      sibling(FFA_RX_RELEASE);
      expect(sibling(FFA_RXTX_UNMAP)).toEqual(succeeded());
    }
    for (const fixes of [designs.posted, ["FillerOwnsRx"]] as const) {
      const { bench, sibling, listing } = whileFilling(fixes);
      expect(sibling(FFA_RXTX_UNMAP)).toEqual(succeeded());
      expect(bench.read(bench.context(1).pageCount)).toBe(0);
      expect(listing.end().labels).toContain("WriteEntry");
    }
  });

  test("a release that waits for the hand-over succeeds", () => {
    const { bench, listing, sibling } = whileFilling(designs.hardened);
    listing.until("UnlockRxHandedOver");
    const release = bench.beginCall(1, 1, FFA_RX_RELEASE).until("LockRxToRelease");
    expect(() => release.step()).toThrow("LockRxToRelease waits");
    listing.end();
    expect(release.end().value).toEqual(succeeded());
    expect(sibling(FFA_PARTITION_INFO_GET)).toEqual(succeeded(1, 24));
  });

  /** The listing of domain 1 has no room for two entries; then one VM goes. */
  function withoutRoom(fixes: readonly Fix[]) {
    const bench = createBench({ fixes, mappedAtStart: true, maxDomains: 3, rxBytes: 24 });
    for (const id of [1, 2, 3]) bench.bringUp(id, V1_1);
    const listing = bench.beginCall(1, 0, FFA_PARTITION_INFO_GET).until("LockRxToRelease");
    bench.destroy(3);
    const sibling = (...words: readonly number[]) => bench.beginCall(1, 1, ...words).end().value;
    return { bench, listing, sibling };
  }

  test("a listing without room gives the buffer back itself (FillerOwnsRx)", () => {
    const { listing, sibling } = withoutRoom(designs.hardened);
    expect(sibling(FFA_RX_RELEASE)).toEqual(DENIED_ANSWER);
    expect(sibling(FFA_PARTITION_INFO_GET)).toEqual(BUSY_ANSWER);
    const { labels, value } = listing.end();
    expect(labels).toContain("GiveRx");
    expect(value).toEqual(failed(STATUS.NO_MEMORY));
    expect(sibling(FFA_PARTITION_INFO_GET)).toEqual(succeeded(1, 24));
  });

  test("else it gives the buffer of its sibling's listing away", () => {
    const { bench, listing, sibling } = withoutRoom(designs.posted);
    sibling(FFA_RX_RELEASE);
    expect(sibling(FFA_PARTITION_INFO_GET)).toEqual(succeeded(1, 24));
    expect(listing.end().value).toEqual(failed(STATUS.NO_MEMORY));
    expect(bench.read(bench.context(1).rxState)).toBe(RX_FREE);
  });

  test("NO_MEMORY is answered too when the buffer is gone by then", () => {
    const { listing, sibling } = withoutRoom(designs.posted);
    sibling(FFA_RXTX_UNMAP);
    const { labels, value } = listing.end();
    expect(labels.slice(-2)).toEqual(["UnlockRxDenied", "ReturnFromCall"]);
    expect(value).toEqual(failed(STATUS.NO_MEMORY));
  });
});

describe("two vCPUs that map at once", () => {
  const MAP = [FFA_RXTX_MAP_64, 0x1000, 0x2000, 1];

  test("posted: both look before either writes, and both succeed", () => {
    const bench = createBench({ fixes: designs.posted });
    bench.bringUp(1, V1_1);
    const both = [0, 1].map((vcpu) => bench.beginCall(1, vcpu, ...MAP).until("WritePagesMapped"));
    expect(both.map((call) => call.end().value)).toEqual([succeeded(), succeeded()]);
  });

  test("MapInRxLock: the second waits, and then is DENIED", () => {
    const bench = createBench({ fixes: ["MapInRxLock"] });
    bench.bringUp(1, V1_1);
    const first = bench.beginCall(1, 0, ...MAP).until("WritePagesMapped");
    const second = bench.beginCall(1, 1, ...MAP).until("LockRxToMap");
    expect(() => second.step()).toThrow("LockRxToMap waits");
    expect(first.end().value).toEqual(succeeded());
    expect(second.end().value).toEqual(failed(STATUS.DENIED));
  });
});
