/** src/negotiateVersion.ts: the steps of negotiation by each choice (C: `ffa_negotiate_version`). */
import { describe, expect, test } from "vitest";
import { FFA_FEATURES, FFA_ID_GET, FFA_INTERRUPT, FFA_VERSION } from "../../src/abi.js";
import { CHOICES, type Choices } from "../../src/choices.js";
import { designs } from "../../src/fixes.js";
import { defaultOptions, type MediatorOptions } from "../../src/options.js";
import { SyncFault } from "../../src/sync/index.js";
import { CLOSED, NO_VERSION } from "../../src/versionWord.js";
import { failed, STATUS, succeeded, VERSION_REFUSED, versionOf } from "../support/answers.js";
import { type Bench, createBench } from "../support/steps.js";

const [V1_0, V1_1, V1_2, V2_0] = [0x10000, 0x10001, 0x10002, 0x20000];
const BIT_31 = 2 ** 31;
const NOT_SUPPORTED = failed(STATUS.NOT_SUPPORTED);

const ENTRY = ["StartCall", "ReadGuestVers"];
const LOCKED = [...ENTRY, "LockGuestVers", "RereadGuestVers"];
const BACK = ["UnlockToReturn", "ReturnFromCall"];
const DISPATCHED = ["UnlockToDispatch", "ReturnFromCall"];
/** Hardened. */
const JOIN = [
  "WriteLockList",
  "IncVmCount",
  "AppendContext",
  "PublishGuestVers",
  "WriteUnlockList",
];

/** One domain that is there and has not negotiated, of a mediator of version 1.1. */
function bench(choices: Partial<Choices> = {}, options: Partial<MediatorOptions> = {}): Bench {
  const all = { ...defaultOptions.choices, ...choices };
  const made = createBench({ ...options, choices: all });
  made.create(1);
  return made;
}

const published = (at: Bench): number => at.read(at.context(1).guestVers);
const requested = (at: Bench): number => at.read(at.context(1).guestVersTmp);

describe("FFA_VERSION while negotiation is open", () => {
  test.each(Object.entries(designs))("%s: notes what it settles on", (_, fixes) => {
    const at = bench({}, { fixes });
    const { labels, value } = at.call(1, FFA_VERSION, V1_0);
    expect(labels).toEqual([...LOCKED, "WriteVersTmp", ...BACK]);
    expect(value).toEqual(versionOf(V1_1));
    expect([requested(at), published(at)]).toEqual([V1_0, NO_VERSION]);
  });

  test("may come again: the last request that settles something counts", () => {
    const at = bench({ otherMajor: "mine", greaterMinor: "keep" });
    const words = [V1_1, V2_0, V1_0, V1_2, BIT_31 + V1_1];
    expect(words.map((word) => [at.call(1, FFA_VERSION, word).value[0], requested(at)])).toEqual([
      [V1_1, V1_1],
      [V1_1, V1_1],
      [V1_1, V1_0],
      [V1_1, V1_0],
      [0xffffffff, V1_0],
    ]);
    at.call(1, FFA_ID_GET);
    expect(published(at)).toBe(V1_0);
  });

  test.each([
    ["mine", ["WriteVersTmp"], V1_1, versionOf(V1_1)],
    ["keep", [], NO_VERSION, versionOf(V1_1)],
    ["refuse", [], NO_VERSION, VERSION_REFUSED],
  ] as const)("another major or a greater minor: %s", (choice, written, noted, answer) => {
    for (const [word, choices] of [
      [V2_0, { otherMajor: choice }],
      [V1_2, { greaterMinor: choice }],
    ] as const) {
      const at = bench(choices);
      expect(at.call(1, FFA_VERSION, word)).toEqual({
        labels: [...LOCKED, ...written, ...BACK],
        value: answer,
      });
      expect(requested(at)).toBe(noted);
    }
  });

  test("a taken request is answered with the negotiated version, as chosen", () => {
    const at = bench({ takenAnswer: "negotiated", greaterMinor: "mine" });
    expect(at.call(1, FFA_VERSION, V1_0).value).toEqual(versionOf(V1_0));
    expect(at.call(1, FFA_VERSION, V1_2).value).toEqual(versionOf(V1_1));
  });

  test("bit 31 is refused and nothing is noted (RefuseBit31)", () => {
    const at = bench({}, { fixes: ["RefuseBit31"] });
    const { labels, value } = at.call(1, FFA_VERSION, BIT_31 + V1_1);
    expect(labels).toEqual([...LOCKED, ...BACK]);
    expect(value).toEqual(VERSION_REFUSED);
    expect(at.call(1, FFA_ID_GET).value).toEqual(NOT_SUPPORTED);
  });

  test("a word with bit 31 is published as it is without RefuseBit31 (H6)", () => {
    const at = bench({}, { fixes: [] });
    expect(at.call(1, FFA_VERSION, BIT_31 + V1_0).value).toEqual(versionOf(V1_1));
    at.call(1, FFA_ID_GET);
    expect(published(at)).toBe(BIT_31 + V1_0);
  });
});

describe("any other call before a request", () => {
  test.each(Object.entries(designs))("%s: gets NOT_SUPPORTED and changes nothing", (_, fixes) => {
    const at = bench({}, { fixes });
    const before = at.memory.slots.slice();
    const { labels, value } = at.call(1, FFA_ID_GET);
    expect(labels).toEqual([...LOCKED, "ReadVersTmp", ...BACK]);
    expect(value).toEqual(NOT_SUPPORTED);
    expect(at.memory.slots).toEqual(before);
  });

  test("ends negotiation for good where it is closed early", () => {
    const at = bench({ early: "closed" });
    const { labels, value } = at.call(1, FFA_ID_GET);
    expect(labels).toEqual([...LOCKED, "ReadVersTmp", "CloseNegotiation", ...BACK]);
    expect(value).toEqual(NOT_SUPPORTED);
    expect(published(at)).toBe(CLOSED);
    const straight = [...ENTRY, "ReturnFromCall"];
    expect(at.call(1, FFA_VERSION, V1_1)).toEqual({ labels: straight, value: VERSION_REFUSED });
    expect(at.call(1, FFA_ID_GET)).toEqual({ labels: straight, value: NOT_SUPPORTED });
    expect(at.members(at.state.contextList.members)).toEqual([]);
  });

  test("closes nothing once a version was requested", () => {
    const at = bench({ early: "closed" });
    at.call(1, FFA_VERSION, V1_0);
    expect(at.call(1, FFA_ID_GET).value).toEqual(succeeded(2));
    expect(published(at)).toBe(V1_0);
  });

  test.each([
    ["oldest", V1_0],
    ["mine", V1_2],
  ] as const)("is served at once where a version is in force: %s", (initial, version) => {
    for (const early of CHOICES.early) {
      const at = bench({ initial, early }, { version: V1_2 });
      const { labels, value } = at.call(1, FFA_ID_GET);
      expect(labels).toEqual([...LOCKED, "ReadVersTmp", ...JOIN, ...DISPATCHED]);
      expect(value).toEqual(succeeded(2));
      expect(published(at)).toBe(version);
    }
  });
});

describe("what ends negotiation", () => {
  test.each(Object.entries(designs))("%s: a call that goes on to dispatch", (_, fixes) => {
    const at = bench({}, { fixes });
    at.call(1, FFA_VERSION, V1_1);
    const { labels, value } = at.call(1, FFA_ID_GET);
    expect(labels.slice(0, 5)).toEqual([...LOCKED, "ReadVersTmp"]);
    expect(labels.slice(5, -2).sort()).toEqual([...JOIN].sort());
    expect(labels.slice(-2)).toEqual(DISPATCHED);
    expect(value).toEqual(succeeded(2));
  });

  test.each(Object.entries(designs))("%s: without VM-to-VM nothing is joined", (_, fixes) => {
    const at = bench({}, { fixes, vmToVm: false });
    at.call(1, FFA_VERSION, V1_1);
    const { labels } = at.call(1, FFA_ID_GET);
    expect(labels).toEqual([...LOCKED, "ReadVersTmp", "PublishGuestVers", ...DISPATCHED]);
  });

  test("from then on one read of guest_vers is all", () => {
    const at = bench();
    at.call(1, FFA_VERSION, V1_1);
    at.call(1, FFA_ID_GET);
    const steps = [...ENTRY, "ReturnFromCall"];
    expect(at.call(1, FFA_FEATURES, FFA_ID_GET).labels).toEqual(steps);
    expect(at.call(1, FFA_VERSION, V1_0).labels).toEqual(steps);
    expect(published(at)).toBe(V1_1);
  });

  test("not FFA_INTERRUPT, where that is excepted; nothing is looked at then", () => {
    const excepted = bench({ ends: "call-but-interrupt", initial: "mine" });
    expect(excepted.call(1, FFA_INTERRUPT)).toEqual({
      labels: [...LOCKED, ...BACK],
      value: NOT_SUPPORTED,
    });
    expect(published(excepted)).toBe(NO_VERSION);
    expect(excepted.call(1, FFA_ID_GET).value).toEqual(succeeded(2));

    // Elsewhere it ends negotiation, though it is no call that a guest may make.
    const other = bench({ ends: "call", initial: "mine" });
    expect(other.call(1, FFA_INTERRUPT).value).toEqual(NOT_SUPPORTED);
    expect(published(other)).toBe(V1_1);
  });

  test("FFA_INTERRUPT does not close negotiation early, where it is excepted", () => {
    const at = bench({ ends: "call-but-interrupt", early: "closed" });
    at.call(1, FFA_INTERRUPT);
    expect(published(at)).toBe(NO_VERSION);
    at.call(1, FFA_ID_GET);
    expect(published(at)).toBe(CLOSED);
  });

  test("an FFA_VERSION that succeeds, as chosen: it joins, and no other call ends anything", () => {
    const at = bench({ ends: "version", initial: "mine", laterAnswer: "lower-refused" });
    expect(at.call(1, FFA_ID_GET)).toEqual({ labels: [...LOCKED, ...BACK], value: NOT_SUPPORTED });
    expect(at.call(1, FFA_VERSION, V1_1)).toEqual({
      labels: [...LOCKED, "WriteVersTmp", ...JOIN, ...BACK],
      value: versionOf(V1_1),
    });
    expect(at.call(1, FFA_VERSION, V1_0)).toEqual({
      labels: [...ENTRY, "ReadNegotiatedVers", "ReturnFromCall"],
      value: VERSION_REFUSED,
    });
    expect(at.call(1, FFA_ID_GET).value).toEqual(succeeded(2));
  });

  test.each(["keep", "refuse"] as const)(
    "not an FFA_VERSION that changes nothing: %s",
    (choice) => {
      for (const ends of ["version", "never"] as const) {
        const at = bench({ ends, otherMajor: choice });
        expect(at.call(1, FFA_VERSION, V2_0).labels).toEqual([...LOCKED, ...BACK]);
        expect(published(at)).toBe(NO_VERSION);
      }
    },
  );
});

describe("negotiation that never ends", () => {
  const never = { ends: "never", initial: "oldest", otherMajor: "keep" } as const;

  test("publishes each request; the VM joins once", () => {
    const at = bench(never);
    const { members, vmCount } = at.state.contextList;
    const first = [...LOCKED, "WriteVersTmp", ...JOIN, ...BACK];
    expect(at.call(1, FFA_VERSION, V1_1).labels).toEqual(first);
    expect(at.call(1, FFA_VERSION, V1_0)).toEqual({
      labels: [...LOCKED, "WriteVersTmp", "PublishGuestVers", ...BACK],
      value: versionOf(V1_1),
    });
    expect(published(at)).toBe(V1_0);
    expect(at.call(1, FFA_VERSION, V2_0).labels).toEqual([...LOCKED, ...BACK]);
    expect(published(at)).toBe(V1_0);
    expect(at.read(vmCount)).toBe(1);
    expect(at.members(members)).toEqual([1]);
  });

  test("joins with another call too, and goes on after it", () => {
    const at = bench(never);
    const first = [...LOCKED, "ReadVersTmp", ...JOIN, ...DISPATCHED];
    expect(at.call(1, FFA_ID_GET).labels).toEqual(first);
    at.call(1, FFA_VERSION, V1_1);
    expect(published(at)).toBe(V1_1);
    expect(at.call(1, FFA_ID_GET).labels).toEqual([...ENTRY, "ReturnFromCall"]);
  });
});

describe("two vCPUs that find negotiation open", () => {
  test("take turns: the second waits for the lock", () => {
    const at = bench();
    const first = at.beginCall(1, 0, FFA_VERSION, V1_1).until("RereadGuestVers");
    const second = at.beginCall(1, 1, FFA_VERSION, V1_0).until("LockGuestVers");
    expect(() => second.step()).toThrow("LockGuestVers waits");
    first.end();
    second.end();
    expect(requested(at)).toBe(V1_0);
  });

  test("join once: the second finds the version and goes on to dispatch", () => {
    const at = bench({ laterAnswer: "negotiated" });
    at.call(1, FFA_VERSION, V1_0);
    const second = at.beginCall(1, 1, FFA_ID_GET).until("LockGuestVers");
    at.call(1, FFA_ID_GET);
    expect(second.end()).toEqual({ labels: [...LOCKED, ...DISPATCHED], value: succeeded(2) });
  });

  test("a request that comes too late is answered as one behind the end", () => {
    const at = bench({ laterAnswer: "negotiated" });
    at.call(1, FFA_VERSION, V1_0);
    const late = at.beginCall(1, 1, FFA_VERSION, V1_1).until("LockGuestVers");
    at.call(1, FFA_ID_GET);
    expect(late.end()).toEqual({
      labels: [...LOCKED, "UnlockToDispatch", "ReadNegotiatedVers", "ReturnFromCall"],
      value: versionOf(V1_0),
    });
    expect(requested(at)).toBe(V1_0);
  });

  test("a request behind an early end is refused, and so is any other call", () => {
    for (const [words, value] of [
      [[FFA_VERSION, V1_1], VERSION_REFUSED],
      [[FFA_ID_GET], NOT_SUPPORTED],
    ] as const) {
      const at = bench({ early: "closed" });
      const second = at.beginCall(1, 1, ...words).until("LockGuestVers");
      at.call(1, FFA_ID_GET);
      expect(second.end()).toEqual({ labels: [...LOCKED, ...BACK], value });
      expect(published(at)).toBe(CLOSED);
    }
  });

  test("both negotiate where it never ends", () => {
    const at = bench({ ends: "never" });
    const second = at.beginCall(1, 1, FFA_VERSION, V1_0).until("LockGuestVers");
    at.call(1, FFA_VERSION, V1_1);
    const steps = [...LOCKED, "WriteVersTmp", "PublishGuestVers", ...BACK];
    expect(second.end().labels).toEqual(steps);
    expect(published(at)).toBe(V1_0);
  });
});

test("a call of a domain that is not there waits: nobody traps", () => {
  expect(() => createBench().call(1, FFA_ID_GET)).toThrow("StartCall waits");
});

test("a store without the lock is a fault of the code", () => {
  const at = bench();
  const { guestVers } = at.context(1);
  const store = { label: "Store", kind: "write" as const, at: guestVers.index, operand: V1_1 };
  expect(() => at.memory.execute(store, 1)).toThrow(SyncFault);
});
