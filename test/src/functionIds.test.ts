/**
 * src/mediator.ts: which function IDs there are, through a call and through FFA_FEATURES, for each
 * version and width (DEN0077A, "Function identifiers"; DEN0028 for what is not FF-A's; C:
 * `ffa_handle_call`, `handle_features`, `vsmccc_handle_call`).
 */
import { describe, expect, test } from "vitest";
import { createMediator, designs, type MediatorOptions, presets } from "../../src/index.js";
import { failed, STATUS, succeeded, UNKNOWN, versionOf } from "../support/answers.js";

const VERSION = 0x84000063;
const FEATURES = 0x84000064;
const COUNT = [0x84000068, 0, 0, 0, 0, 1] as const;
const ID_GET = 0x84000069;
const NOT_SUPPORTED = failed(STATUS.NOT_SUPPORTED);

/** What each ID that is dispatched answers to a call with no arguments, after 1.1. */
const dispatched = new Map<number, readonly number[]>([
  [VERSION, versionOf(0x10001)],
  [FEATURES, NOT_SUPPORTED],
  [0x84000065, failed(STATUS.DENIED)],
  [0x84000066, failed(STATUS.INVALID_PARAMETERS)],
  [0xc4000066, failed(STATUS.INVALID_PARAMETERS)],
  [0x84000067, failed(STATUS.INVALID_PARAMETERS)],
  [0x84000068, failed(STATUS.DENIED)],
  [ID_GET, succeeded(2)],
  [0x84000073, failed(STATUS.DENIED)],
  [0xc4000073, failed(STATUS.DENIED)],
  [0x84000077, failed(STATUS.INVALID_PARAMETERS)],
  [0x84000086, failed(STATUS.DENIED)],
]);
/** What a guest is answered with is known to FFA_FEATURES too. */
const answers = [0x84000060, 0x84000061, 0xc4000061];

const ids = Array.from({ length: 0xa0 - 0x60 }, (_, i) => 0x84000060 + i);
const both = ids.flatMap((id) => [id, id + 0x40000000]);
const hex = (id: number) => `0x${id.toString(16)}`;

/** A guest alone, and what it is answered. */
function guest(options: Partial<MediatorOptions> = {}, is64bit = true) {
  const mediator = createMediator(options);
  const [vcpu] = mediator.createDomain({ id: 1, vcpus: 1, is64bit });
  return (...words: readonly number[]) => mediator.call(vcpu, words);
}

/** The same, with a version negotiated. */
function negotiated(options: Partial<MediatorOptions> = {}, is64bit = true, version = 0x10001) {
  const call = guest(options, is64bit);
  call(VERSION, version);
  call(ID_GET);
  return call;
}

describe("FF-A's IDs 0x84000060..0x8400009f and their 64-bit twins", () => {
  test.each(both.map(hex))("%s before a request", (text) => {
    const id = Number(text);
    expect(guest()(id, 0x10001)).toEqual(id === VERSION ? versionOf(0x10001) : NOT_SUPPORTED);
  });

  test.each(both.map(hex))("%s after negotiation", (text) => {
    expect(negotiated()(Number(text))).toEqual(dispatched.get(Number(text)) ?? NOT_SUPPORTED);
  });

  test.each(both.map(hex))("%s ends negotiation, but for FFA_VERSION", (text) => {
    const call = guest();
    call(VERSION, 0x10000);
    call(Number(text), 0x10001);
    call(VERSION, 0x10001);
    const isOpen = Number(text) === VERSION;
    expect(call(...COUNT)).toEqual(isOpen ? succeeded(0) : failed(STATUS.INVALID_PARAMETERS));
  });

  test.each([0x10000, 0x10001, 0x10002])("FFA_FEATURES says so, after %i", (version) => {
    for (const is64bit of [true, false]) {
      const call = negotiated({ version: 0x10002 }, is64bit, version);
      for (const id of both) {
        const isThere = dispatched.has(id) || answers.includes(id);
        const isForGuest = is64bit || id < 0xc0000000;
        const expected = isThere && isForGuest ? succeeded() : NOT_SUPPORTED;
        expect(call(FEATURES, id), hex(id)).toEqual(expected);
      }
    }
  });

  test.each([0x10000, 0x10001, 0x10002])(
    "what FFA_FEATURES says of a call is what the call does, after %i",
    (version) => {
      for (const is64bit of [true, false]) {
        const call = negotiated({ version: 0x10002 }, is64bit, version);
        for (const id of both.filter((each) => !answers.includes(each) && each !== FEATURES)) {
          const [w0, , w2] = call(id);
          const isRefused = w0 === 0xffffffff || (w0 === 0x84000060 && w2 === 0xffffffff);
          expect(call(FEATURES, id)[0] === 0x84000061, hex(id)).toBe(!isRefused);
        }
      }
    },
  );
});

describe("FFA_FEATURES", () => {
  test("of FFA_INTERRUPT: unknown to the posted code, known upstream and elsewhere", () => {
    for (const [name, preset] of Object.entries(presets)) {
      const expected = name === "xen-posted" ? NOT_SUPPORTED : succeeded();
      expect(negotiated(preset)(FEATURES, 0x84000062), name).toEqual(expected);
    }
  });

  test.each([2, 3, 4, 5, 6, 7])("with input in w%i: refused as posted, ignored upstream", (w) => {
    const words = [FEATURES, VERSION, 0, 0, 0, 0, 0, 0].with(w, 1);
    expect(negotiated(presets["xen-posted"])(...words)).toEqual(NOT_SUPPORTED);
    expect(negotiated(presets["xen-upstream-2026-08"])(...words)).toEqual(succeeded());
  });

  test.each([0, 2, 0x8400005f, 0x84000100, 0xbf00ff01, 0xffffffff])("does not know %i", (id) => {
    expect(negotiated()(FEATURES, id)).toEqual(NOT_SUPPORTED);
  });
});

describe("an ID that is not FF-A's", () => {
  const above = [0, 0x8400005f, 0x84000100, 0xc400005f, 0xc4000100, 0x04000063, 0x84010063];
  const trusted = [0xb0000000, 0xbf00ff01, 0xf0000000, 0xffffffff, 0x32000000];

  test.each([...above, ...trusted].map(hex))("%s is unknown, and leaves negotiation open", (id) => {
    const call = guest();
    expect(call(Number(id))).toEqual(UNKNOWN);
    call(VERSION, 0x10000);
    expect(call(Number(id))).toEqual(UNKNOWN);
    call(VERSION, 0x10001);
    expect(call(...COUNT)).toEqual(succeeded(0));
    expect(call(Number(id))).toEqual(UNKNOWN);
  });

  test.each(trusted.map(hex))("posted: %s comes to the mediator, and ends negotiation", (id) => {
    const call = guest({ fixes: designs.posted });
    call(VERSION, 0x10000);
    expect(call(Number(id))).toEqual(NOT_SUPPORTED);
    call(VERSION, 0x10001);
    expect(call(...COUNT)).toEqual(failed(STATUS.INVALID_PARAMETERS));
  });

  test.each(above.map(hex))("posted: %s is kept away above the mediator", (id) => {
    const call = guest({ fixes: designs.posted });
    call(VERSION, 0x10000);
    expect(call(Number(id))).toEqual(UNKNOWN);
    call(VERSION, 0x10001);
    expect(call(...COUNT)).toEqual(succeeded(0, 24));
  });
});

test.each(Object.entries(designs))("%s: a 64-bit ID of an AArch32 guest is unknown", (_, fixes) => {
  for (const id of [0xc4000066, 0xc4000063, 0xc40000ff, 0xff00ff01]) {
    const call = guest({ fixes }, false);
    call(VERSION, 0x10000);
    expect(call(id, 0x1000, 0x2000, 1)).toEqual(UNKNOWN);
    call(VERSION, 0x10001);
    expect(call(...COUNT)[0]).toBe(0x84000061);
  }
});
