/** src/pendingCall.ts, `begin` of src/createMediator.ts: calls that are taken step by step. */
import { describe, expect, test } from "vitest";
import { endpointOfDomain } from "../../src/endpoint.js";
import {
  createMediator,
  designs,
  FFA_ID_GET,
  FFA_MEM_SHARE_64,
  FFA_MSG_SEND2,
  FFA_PARTITION_INFO_GET,
  FFA_RX_RELEASE,
  FFA_SUCCESS_32,
  FFA_VERSION,
  type Mediator,
  OK,
  type PendingCall,
  SyncFault,
  UsageError,
  VERSION_1_1,
} from "../../src/index.js";
import { encodeDescriptor } from "../../src/memoryDescriptor.js";
import { encodeHeader, headerSize } from "../../src/messageHeader.js";

const version = [FFA_VERSION, VERSION_1_1];
const count = [FFA_PARTITION_INFO_GET, 0, 0, 0, 0, 1];

const usageError = (code: string) => expect.objectContaining({ name: "UsageError", code });

/** The names of the steps, to the end. */
function stepsOf(call: PendingCall): readonly string[] {
  const names: string[] = [];
  while (call.next !== undefined) {
    names.push(call.next);
    expect(call.answer).toBeUndefined();
    expect(call.step()).toBe(true);
  }
  return names;
}

const stepTo = (call: PendingCall, name: string): void => {
  while (call.next !== name) expect(call.step()).toBe(true);
};

test("a call that is stepped alone has the answer of one that runs", () => {
  for (const registers of [version, count, [FFA_ID_GET], [FFA_RX_RELEASE], [0x840000ff]]) {
    const [stepped, run] = [createMediator(), createMediator()];
    const [[one], [other]] = [stepped, run].map((m) => m.createDomain({ id: 1, vcpus: 2 }));
    for (const before of [version, [FFA_ID_GET]]) {
      stepped.call(one, before);
      run.call(other, before);
    }
    const call = stepped.begin(one, registers);
    const names = stepsOf(call);
    expect(names[0]).toBe("StartCall");
    expect(names.at(-1)).toBe("ReturnFromCall");
    expect(call.answer).toEqual(run.call(other, registers));
    expect(() => call.step()).toThrow(usageError("CALL_ENDED"));
    // The vCPU is free again.
    expect(stepped.call(one, count)).toEqual(run.call(other, count));
  }
});

describe("beside each other", () => {
  const two = (options: Parameters<typeof createMediator>[0] = {}) => {
    const mediator = createMediator(options);
    return { mediator, vcpus: mediator.createDomain({ id: 1, vcpus: 2 }) };
  };

  test("a step that waits changes nothing, and goes on when it may", () => {
    const { mediator, vcpus } = two();
    const [holder, waiter] = vcpus.map((vcpu) => mediator.begin(vcpu, version));
    stepTo(holder, "UnlockToReturn");
    stepTo(waiter, "LockGuestVers");
    expect([waiter.step(), waiter.step(), waiter.next]).toEqual([false, false, "LockGuestVers"]);
    expect(holder.step()).toBe(true);
    expect([waiter.step(), waiter.next]).not.toContain("LockGuestVers");
    stepsOf(holder);
    stepsOf(waiter);
    expect([holder.answer, waiter.answer]).toEqual([holder.answer, holder.answer]);
  });

  test("a call that runs straight through ends with a fault where it would wait", () => {
    const { mediator, vcpus } = two();
    const [one, other] = vcpus;
    const holder = mediator.begin(one, version);
    stepTo(holder, "UnlockToReturn");
    const wait = () => mediator.call(other, version);
    expect(wait).toThrow(SyncFault);
    expect(wait).toThrow(/WOULD_BLOCK/);
    // Nothing has changed by it: the lock is still to be given back, and then the call works.
    stepsOf(holder);
    expect(wait()).toEqual(holder.answer);
  });

  test("a vCPU makes one call at a time", () => {
    const { mediator, vcpus } = two();
    const [one, other] = vcpus;
    const call = mediator.begin(one, version);
    expect(() => mediator.begin(one, count)).toThrow(usageError("VCPU_BUSY"));
    expect(() => mediator.call(one, count)).toThrow(usageError("VCPU_BUSY"));
    mediator.call(other, version);
    stepsOf(call);
    mediator.call(one, count);
  });

  test("a domain is not destroyed under a call, and a call is not taken on behind it", () => {
    const { mediator, vcpus } = two();
    const [one, other] = vcpus;
    const inside = mediator.begin(one, version);
    const notYet = mediator.begin(other, version);
    inside.step();
    expect(() => mediator.destroyDomain(1)).toThrow(/WOULD_BLOCK/);
    stepsOf(inside);
    mediator.destroyDomain(1);
    expect(() => notYet.step()).toThrow(usageError("DOMAIN_ABSENT"));
    mediator.createDomain({ id: 1, vcpus: 2 });
    expect(() => notYet.step()).toThrow(usageError("VCPU_GONE"));
    expect(notYet.next).toBe("StartCall");
  });

  test("registers and vCPUs are checked at the beginning", () => {
    const { mediator, vcpus } = two();
    expect(() => mediator.begin(vcpus[0], [-1])).toThrow(usageError("BAD_REGISTERS"));
    const nobody = { domainId: 1, index: 7 };
    expect(() => mediator.begin(nobody, version)).toThrow(usageError("VCPU_OUT_OF_RANGE"));
    expect(() => mediator.begin({ domainId: 2, index: 0 }, version)).toThrow(UsageError);
  });

  test("what a call has copied of TX is kept while it goes on, whatever runs beside it", () => {
    const mediator = createMediator({ mappedAtStart: true });
    const [[sender, sibling], [receiver]] = [1, 2].map((id) =>
      mediator.createDomain({ id, vcpus: 2 }),
    );
    for (const vcpu of [sender, receiver])
      for (const r of [version, [FFA_ID_GET]]) mediator.call(vcpu, r);
    writeMessage(mediator, [1, 2, 3, 4]);
    const call = mediator.begin(sender, [FFA_MSG_SEND2]);
    stepTo(call, "BeginCopy");
    writeMessage(mediator, [5, 6, 7, 8]);
    mediator.call(sibling, [FFA_ID_GET]);
    stepsOf(call);
    expect([...mediator.rx(2).slice(headerSize(VERSION_1_1)).slice(0, 4)]).toEqual([1, 2, 3, 4]);
  });

  function writeMessage(mediator: Mediator, bytes: readonly number[]): void {
    const offset = headerSize(VERSION_1_1);
    const [from, to] = [endpointOfDomain(1), endpointOfDomain(2)];
    const header = { offset, sender: from, receiver: to, size: bytes.length };
    mediator.tx(1).set(encodeHeader(header, VERSION_1_1));
    mediator.tx(1).set(bytes, offset);
  }
});

test("an answer of the secure world that is none leaves the call where it was", () => {
  let status = OK;
  const securePartitions = [{ id: 0x8001, executionContexts: 1, properties: 0 }];
  const mediator = createMediator({ mappedAtStart: true, securePartitions }, () => status);
  const [vcpu] = mediator.createDomain({ id: 1, vcpus: 1 });
  for (const registers of [version, [FFA_ID_GET]]) mediator.call(vcpu, registers);
  const descriptor = encodeDescriptor(VERSION_1_1, endpointOfDomain(1), 0x8001, 0x4000_0000n, 1);
  mediator.tx(1).set(descriptor);
  const call = mediator.begin(vcpu, [FFA_MEM_SHARE_64, descriptor.length, descriptor.length]);
  stepTo(call, "AskShare");
  status = 99;
  for (const _ of [1, 2]) expect(() => call.step()).toThrow(usageError("BAD_ANSWER"));
  expect(call.next).toBe("AskShare");
  status = OK;
  stepsOf(call);
  expect(call.answer?.[0]).toBe(FFA_SUCCESS_32);
});

test("between the store of a version and its count, the posted design answers a count that leaves a VM out", () => {
  const mediator = createMediator({ fixes: designs.posted });
  const [one, other] = mediator.createDomain({ id: 1, vcpus: 2 });
  mediator.call(one, version);
  const first = mediator.begin(one, count);
  stepTo(first, "IncVmCount");
  expect(mediator.call(other, count)[2]).toBe(0xffffffff);
  stepsOf(first);
  expect(first.answer?.[2]).toBe(0);
});
