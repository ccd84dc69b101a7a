/** src/rxtx.ts: who owns RX (C: `ffa_rx_acquire`, `ffa_rx_release`; DEN0077A, FFA_RX_RELEASE). */
import { expect, test } from "vitest";
import { BUSY, DENIED } from "../../src/abi.js";
import { acquireRx, OK, releaseRx } from "../../src/rxtx.js";
import { createBench } from "../support/steps.js";

test("acquired once, then BUSY until it is released; released once, then DENIED", () => {
  const bench = createBench();
  const context = bench.context(1);
  const acquire = () => bench.run(acquireRx(context));
  const release = () => bench.run(releaseRx(context));
  expect(release().value).toBe(DENIED);
  expect(acquire()).toEqual({
    labels: ["LockRxToAcquire", "ReadRxToAcquire", "TakeRx", "UnlockRxTaken"],
    value: OK,
  });
  expect(acquire()).toEqual({
    labels: ["LockRxToAcquire", "ReadRxToAcquire", "UnlockRxBusy"],
    value: BUSY,
  });
  expect(release()).toEqual({
    labels: ["LockRxToRelease", "ReadRxToRelease", "GiveRx", "UnlockRxGiven"],
    value: OK,
  });
  expect(release()).toEqual({
    labels: ["LockRxToRelease", "ReadRxToRelease", "UnlockRxDenied"],
    value: DENIED,
  });
});

test("every way out releases rx_lock", () => {
  const bench = createBench();
  const { rxLock } = bench.context(1);
  for (const code of [releaseRx, acquireRx, acquireRx, releaseRx]) {
    bench.run(code(bench.context(1)));
    expect(bench.memory.slots[rxLock.slot]).toBe(0);
  }
});

test("each domain has an RX of its own", () => {
  const bench = createBench();
  bench.run(acquireRx(bench.context(1)));
  expect(bench.run(acquireRx(bench.context(2))).value).toBe(OK);
});
