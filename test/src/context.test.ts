/** src/context.ts: the shared state as it is declared (C: `struct ffa_ctx` and the statics). */
import { expect, test } from "vitest";
import {
  declareMediator,
  RX_FILLING,
  RX_FREE,
  RX_TAKEN,
  toolstackActor,
  vcpuActor,
} from "../../src/context.js";
import { defaultOptions } from "../../src/options.js";

const options = { ...defaultOptions, maxDomains: 2, maxVcpus: 3 };
const { layout, contexts, contextList } = declareMediator(options);

test("actors are the vCPUs of each domain in turn, then a toolstack task for each domain", () => {
  const vcpus = [1, 2].flatMap((id) => [0, 1, 2].map((vcpu) => vcpuActor(options, id, vcpu)));
  const all = [...vcpus, ...[1, 2].map((id) => toolstackActor(options, id))];
  expect(all).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(layout.actors).toBe(8);
});

test("a context has its own locations, with the names of the C fields", () => {
  for (const id of [1, 2]) {
    const context = contexts[id];
    expect(context.ffaId).toBe(id + 1);
    const own = layout.locations.filter(({ owner }) => owner === id);
    expect(own.map(({ name }) => name).sort()).toEqual([
      "domain",
      "guest_vers",
      "guest_vers_lock",
      "guest_vers_tmp",
      "is_dying",
      "page_count",
      "rx",
      "rx_is_free",
      "rx_lock",
    ]);
    expect(own).toContain(context.guestVers);
  }
  expect(contexts[1].guestVers).not.toBe(contexts[2].guestVers);
});

test("guest_vers is accessed as a whole, and stored with guest_vers_lock held", () => {
  const { guestVers, guestVersTmp, guestVersLock } = contexts[1];
  expect(guestVers).toMatchObject({ accessOnce: true, guardedBy: guestVersLock.index });
  expect(guestVersTmp).toMatchObject({ accessOnce: false, guardedBy: guestVersLock.index });
  expect(guestVers.values?.[0]).toBe(0);
});

test("the list has room for every domain, and the count is never negative", () => {
  expect(contextList.members.slots).toBe(2);
  expect(contextList.vmCount).toMatchObject({ low: 0, high: 2, owner: 0 });
});

test("RX is not mapped at first, or free, and its bytes are no part of a state", () => {
  expect(contexts[1].pageCount.values).toEqual([0, 1]);
  expect(contexts[1].rxState.values).toEqual([RX_TAKEN, RX_FREE, RX_FILLING]);
  const mapped = declareMediator({ ...options, mappedAtStart: true }).contexts[1];
  expect(mapped.pageCount.values).toEqual([1, 0]);
  expect(mapped.rxState.values).toEqual([RX_FREE, RX_TAKEN, RX_FILLING]);
  expect(contexts[1].rx).toMatchObject({ slots: 0, high: options.rxBytes });
});

test("RX is written with rx_lock held where the design has it so", () => {
  const { rxState, pageCount, rxLock } = contexts[1];
  for (const cell of [rxState, pageCount]) expect(cell.guardedBy).toBe(rxLock.index);
  const posted = declareMediator({ ...options, fixes: [] }).contexts[1];
  for (const cell of [posted.rxState, posted.pageCount]) expect(cell.guardedBy).toBeUndefined();
  expect(posted.rxState.values).not.toContain(RX_FILLING);
});
