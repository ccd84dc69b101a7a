/**
 * src/message.ts: FFA_MSG_SEND2 between VMs (DEN0077A, of that name; C: `ffa_handle_msg_send2`).
 * What each fix changes in its steps is in fixes.test.ts.
 */
import { describe, expect, test } from "vitest";
import { designs, type Fix } from "../../src/fixes.js";
import { createMediator, type MediatorOptions } from "../../src/index.js";
import { encodeHeader, type MessageHeader } from "../../src/messageHeader.js";
import { writeCell } from "../../src/sync/index.js";
import { failed, STATUS, succeeded } from "../support/answers.js";
import { createBench } from "../support/steps.js";

const [V1_0, V1_1, V1_2] = [0x10000, 0x10001, 0x10002];
const SEND2 = 0x84000086;
const MAP = [0x84000066, 0x1000, 0x2000, 1] as const;
const RX_RELEASE = 0x84000065;
const INVALID = failed(STATUS.INVALID_PARAMETERS);

interface Setting extends Partial<MediatorOptions> {
  /** What each guest asks for; it does not negotiate without. */
  readonly asked?: readonly (number | undefined)[];
}

/** Domains 1 and 2 with endpoint IDs 2 and 3, their buffers mapped. */
function pair({ asked = [V1_1, V1_1], ...options }: Setting = {}) {
  const mediator = createMediator({ mappedAtStart: true, ...options });
  const vcpus = asked.map((version, i) => {
    const [vcpu] = mediator.createDomain({ id: i + 1, vcpus: 1 });
    if (version === undefined) return vcpu;
    mediator.call(vcpu, [0x84000063, version]);
    mediator.call(vcpu, [0x84000069]);
    return vcpu;
  });
  const call = (id: number, ...words: readonly number[]) => mediator.call(vcpus[id - 1], words);
  /** Domain 1 writes a header and a payload at its offset, and sends. */
  const send = (changed: Partial<MessageHeader> = {}, payload: readonly number[] = [7, 8, 9]) => {
    const header = { offset: 40, sender: 2, receiver: 3, size: payload.length, ...changed };
    const tx = mediator.tx(1);
    tx.fill(0xee).set(encodeHeader(header, V1_0));
    if (header.offset + payload.length <= tx.length) tx.set(payload, header.offset);
    return call(1, SEND2);
  };
  return { mediator, call, send };
}

describe.each(Object.entries(designs))("%s", (_, fixes) => {
  test.each([
    [V1_0, 20],
    [V1_1, 20],
    [V1_2, 40],
  ])("a message arrives behind the header of the mediator's version %i", (version, begin) => {
    const { mediator, call, send } = pair({ fixes, version, asked: [V1_0, V1_0] });
    mediator.rx(2).fill(0x55);
    expect(send({ offset: 100 })).toEqual(succeeded());
    const header = [0, 0, 0, 0, 0, 0, 0, 0, begin, 0, 0, 0, 3, 0, 2, 0, 3, 0, 0, 0];
    const reserved = Array(begin - 20).fill(0);
    const rx = [...mediator.rx(2)];
    expect(rx.slice(0, begin + 3)).toEqual([...header, ...reserved, 7, 8, 9]);
    // No byte is written behind it, and none of the sender's.
    expect(rx.slice(begin + 3).every((byte) => byte === 0x55)).toBe(true);
    expect(mediator.rx(1).every((byte) => byte === 0)).toBe(true);
    expect(call(2, RX_RELEASE)).toEqual(succeeded());
  });

  test("the receiver has the buffer until it gives it back: BUSY", () => {
    const { mediator, call, send } = pair({ fixes });
    send();
    const before = mediator.rx(2).slice();
    expect(send({}, [1, 2])).toEqual(failed(STATUS.BUSY));
    expect(mediator.rx(2)).toEqual(before);
    call(2, RX_RELEASE);
    expect(send({}, [1, 2])).toEqual(succeeded());
  });

  test("a listing that its guest has not given back is in the way too: BUSY", () => {
    const { call, send } = pair({ fixes });
    call(2, 0x84000068);
    expect(send()).toEqual(failed(STATUS.BUSY));
  });

  test("a receiver without RX: DENIED", () => {
    const { call, send } = pair({ fixes });
    call(2, 0x84000067);
    expect(send()).toEqual(failed(STATUS.DENIED));
    call(2, ...MAP);
    expect(send()).toEqual(succeeded());
  });

  test("a sender without TX: DENIED, just with TxIsMapped", () => {
    const { call, send } = pair({ fixes });
    call(1, 0x84000067);
    const looks = (fixes as readonly Fix[]).includes("TxIsMapped");
    expect(send()).toEqual(looks ? failed(STATUS.DENIED) : succeeded());
  });

  test.each([
    ["from another VM", { sender: 3 }],
    ["from the hypervisor", { sender: 0 }],
    ["to oneself", { receiver: 2 }],
    ["to the hypervisor", { receiver: 0 }],
    ["to a VM that is not there", { receiver: 4 }],
    ["to one that cannot be", { receiver: 0x7fff }],
    ["to an SP", { receiver: 0x8001 }],
    ["of no bytes", { size: 0 }],
    ["that begins in the header", { offset: 19 }],
    ["that begins at 0", { offset: 0 }],
    ["that ends behind TX", { offset: 4096 - 2 }],
    ["that begins behind TX", { offset: 4097 }],
    ["whose size is beyond TX", { size: 4096 - 40 + 1 }],
    ["whose offset and size wrap", { offset: 40, size: 2 ** 32 - 40 }],
    ["whose offset wraps", { offset: 2 ** 32 - 1, size: 2 }],
  ])("a message %s: INVALID_PARAMETERS, and nothing is written", (__, changed) => {
    const { mediator, send, call } = pair({ fixes });
    mediator.rx(2).fill(0x55);
    expect(send(changed)).toEqual(INVALID);
    expect(mediator.rx(2).every((byte) => byte === 0x55)).toBe(true);
    expect(call(2, RX_RELEASE)).toEqual(failed(STATUS.DENIED));
    expect(send()).toEqual(succeeded());
  });

  test("to a VM that only requested a version, or did not: INVALID_PARAMETERS", () => {
    const { mediator, call, send } = pair({ fixes, asked: [V1_1, undefined] });
    expect(send()).toEqual(INVALID);
    call(2, 0x84000063, V1_1);
    expect(send()).toEqual(INVALID);
    call(2, 0x84000069);
    expect(send()).toEqual(succeeded());
    mediator.destroyDomain(2);
    expect(send()).toEqual(INVALID);
  });

  test("to a VM whose negotiation ended without a version: INVALID_PARAMETERS", () => {
    const choices = { ...createMediator().options.choices, early: "closed" as const };
    const { call, send } = pair({ fixes, choices, asked: [V1_1, undefined] });
    call(2, 0x84000069);
    expect(send()).toEqual(INVALID);
  });

  test("without VM-to-VM there is nobody to send to: INVALID_PARAMETERS", () => {
    expect(pair({ fixes, vmToVm: false }).send()).toEqual(INVALID);
  });

  test("every way out leaves no lock behind", () => {
    const { call, send } = pair({ fixes });
    for (const changed of [{ sender: 3 }, { receiver: 9 }, { size: 0 }, {}, {}]) send(changed);
    expect(call(1, 0x84000067)).toEqual(succeeded());
    call(2, RX_RELEASE);
    expect(call(2, 0x84000067)).toEqual(succeeded());
  });
});

describe("limits of a message, in a page of 64 bytes", () => {
  const small = (setting: Setting = {}) => pair({ txBytes: 64, rxBytes: 64, ...setting });
  const bytes = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

  test.each([
    // The mediator's version, the sender's, and where a message may begin.
    [V1_0, V1_0, 20],
    [V1_1, V1_0, 20],
    [V1_1, V1_1, 20],
    [V1_2, V1_0, 20],
    [V1_2, V1_1, 20],
    [V1_2, V1_2, 40],
  ])("a mediator of %i, a sender of %i: from byte %i on", (version, asked, least) => {
    const { send } = small({ version, asked: [asked, asked] });
    expect(send({ offset: least - 1 })).toEqual(INVALID);
    expect(send({ offset: least })).toEqual(succeeded());
  });

  test("it may end where TX ends, and have one byte", () => {
    const { mediator, call, send } = small();
    expect(send({ offset: 63 }, [5])).toEqual(succeeded());
    expect(mediator.rx(2)[20]).toBe(5);
    call(2, RX_RELEASE);
    expect(send({ offset: 64, size: 1 }, [])).toEqual(INVALID);
    expect(send({ offset: 64, size: 0 }, [])).toEqual(INVALID);
    expect(send({ offset: 20 }, bytes(44))).toEqual(succeeded());
    expect([...mediator.rx(2).slice(20)]).toEqual(bytes(44));
    expect(send({ offset: 20, size: 45 }, bytes(44))).toEqual(INVALID);
  });

  test("one that does not fit behind the receiver's header: NO_MEMORY, and RX is free", () => {
    const { mediator, call, send } = small({ version: V1_2 });
    mediator.rx(2).fill(0x55);
    expect(send({ offset: 20 }, bytes(25))).toEqual(failed(STATUS.NO_MEMORY));
    expect(mediator.rx(2).every((byte) => byte === 0x55)).toBe(true);
    expect(call(2, RX_RELEASE)).toEqual(failed(STATUS.DENIED));
    expect(send({ offset: 20 }, bytes(24))).toEqual(succeeded());
    expect([...mediator.rx(2).slice(40)]).toEqual(bytes(24));
  });

  test("an RX that is smaller than TX: NO_MEMORY from the first byte that it lacks", () => {
    const { send, call } = small({ rxBytes: 40 });
    expect(send({ offset: 20 }, bytes(21))).toEqual(failed(STATUS.NO_MEMORY));
    expect(send({ offset: 20 }, bytes(20))).toEqual(succeeded());
    expect(call(2, RX_RELEASE)).toEqual(succeeded());
  });
});

describe("beside another vCPU", () => {
  /** Domain 1 stands in the midst of a message to domain 2. */
  function sending(fixes: readonly Fix[], label: string) {
    const bench = createBench({ fixes, mappedAtStart: true });
    for (const id of [1, 2]) bench.bringUp(id, V1_1);
    bench.writeTx(1, encodeHeader({ offset: 20, sender: 2, receiver: 3, size: 4 }, V1_1));
    return { bench, sender: bench.beginCall(1, 0, SEND2).until(label) };
  }

  test("a sibling that sends is told BUSY, and does not take the lock away", () => {
    for (const fixes of Object.values(designs)) {
      const { bench, sender } = sending(fixes, "UnlockTx");
      const sibling = bench.beginCall(1, 1, SEND2).end();
      const labels = ["StartCall", "ReadGuestVers", "TryLockTx", "ReturnFromCall"];
      expect(sibling).toEqual({ labels, value: failed(STATUS.BUSY) });
      expect(sender.end().value).toEqual(succeeded());
      expect(bench.read(bench.context(1).txLock)).toBe(0);
    }
  });

  test("what is written into TX behind the look at its header is not sent", () => {
    const { bench, sender } = sending(designs.hardened, "ReadLockToFind");
    bench.writeTx(1, encodeHeader({ offset: 4096, sender: 9, receiver: 9, size: 4096 }, V1_1));
    expect(sender.end().value).toEqual(succeeded());
    expect(bench.memory.bytes(bench.context(2).rx)[8]).toBe(20);
    expect(bench.memory.bytes(bench.context(2).rx)[16]).toBe(4);
  });

  test("posted: a receiver that is marked between being found and looked at is let go of", () => {
    const { bench, sender } = sending(designs.posted, "ReadReceiverDying");
    bench.run(writeCell(bench.context(2).isDying, 1, "SetDying"));
    const { labels, value } = sender.end();
    expect(labels.slice(-4)).toEqual([
      ...["ReadReceiverDying", "LetGoReceiver", "UnlockTx", "ReturnFromCall"],
    ]);
    expect(value).toEqual(INVALID);
  });

  test("a receiver that unmaps before its RX is taken: DENIED, and it is let go of", () => {
    for (const fixes of Object.values(designs)) {
      const { bench, sender } = sending(fixes, "LockRxToAcquire");
      bench.call(2, 0x84000067);
      const { labels, value } = sender.end();
      expect(labels.slice(-4)).toEqual([
        ...["UnlockRxDenied", "LetGoReceiver", "UnlockTx", "ReturnFromCall"],
      ]);
      expect(value).toEqual(failed(STATUS.DENIED));
    }
  });

  test("SendToListed: a receiver that is destroyed before the look at the list is not found", () => {
    const { bench, sender } = sending(designs.hardened, "ReadLockToFind");
    bench.destroy(2);
    const { labels, value } = sender.end();
    expect(labels).toContain("ReadUnlockNotFound");
    expect(labels).not.toContain("LetGoReceiver");
    expect(value).toEqual(INVALID);
  });

  test("posted: one that is gone is not found, and nobody has to be let go of", () => {
    const { bench, sender } = sending(designs.posted, "FindReceiver");
    bench.destroy(2);
    const { labels, value } = sender.end();
    expect(labels.slice(-3)).toEqual(["FindReceiver", "UnlockTx", "ReturnFromCall"]);
    expect(value).toEqual(INVALID);
  });
});
