/** src/mediator.ts: entry and dispatch (C: `ffa_handle_call`), after a version is published. */
import { describe, expect, test } from "vitest";
import {
  createMediator,
  defaultOptions,
  designs,
  FFA_FEATURES,
  FFA_ID_GET,
  FFA_VERSION,
  type MediatorOptions,
  registers,
} from "../../src/index.js";

const SUCCESS = [0x84000061, 0, 0, 0, 0, 0, 0, 0];
const NOT_SUPPORTED = [0x84000060, 0, 0xffffffff, 0, 0, 0, 0, 0];

function negotiated(options: Partial<MediatorOptions> = {}) {
  const mediator = createMediator({ mappedAtStart: true, ...options });
  const [, sibling] = mediator.createDomain({ id: 3, vcpus: 2 });
  mediator.call(sibling, registers(FFA_VERSION, 0x10000));
  mediator.call(sibling, registers(FFA_ID_GET));
  return (...words: readonly number[]) => mediator.call(sibling, registers(...words));
}

test("FFA_ID_GET: the endpoint ID in w2, everything else zero", () => {
  expect(negotiated()(FFA_ID_GET)).toEqual([0x84000061, 0, 4, 0, 0, 0, 0, 0]);
});

describe("FFA_FEATURES", () => {
  const known = [0x60, 0x61, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69].map((id) => 0x84000000 + id);

  test.each([...known, 0xc4000061, 0xc4000066])("knows %i", (id) => {
    expect(negotiated()(FFA_FEATURES, id)).toEqual(SUCCESS);
  });

  test.each([0, 0x84000062, 0xc4000063, 0x84000086, 0xffffffff])("does not know %i", (id) => {
    expect(negotiated()(FFA_FEATURES, id)).toEqual(NOT_SUPPORTED);
  });
});

test.each([0, 0x84000060, 0x840000ff, 0xc4000069, 0xffffffff])("%i is no call", (id) => {
  expect(negotiated()(id)).toEqual(NOT_SUPPORTED);
});

describe("FFA_VERSION after negotiation changes nothing (posted: always MY)", () => {
  test("the negotiated version stays, so the entries keep their size", () => {
    const call = negotiated();
    expect(call(FFA_VERSION, 0x10001)).toEqual([0x10001, 0, 0, 0, 0, 0, 0, 0]);
    expect(call(0x84000068).slice(0, 4)).toEqual([0x84000061, 0, 0, 8]);
  });

  test.each([
    ["mine", 0x10001, 0x10001],
    ["negotiated", 0x10001, 0x10000],
    ["negotiated", 0x20000, 0x10000],
    ["other-refused", 0x10001, 0xffffffff],
    ["other-refused", 0x10000, 0x10001],
    ["lower-refused", 0x10000, 0x10000],
    ["lower-refused", 0x10002, 0x10000],
    ["lower-refused", 0x20000, 0xffffffff],
  ] as const)("%s, asked for %i", (laterAnswer, word, answer) => {
    const choices = { ...defaultOptions.choices, laterAnswer };
    expect(negotiated({ choices })(FFA_VERSION, word)[0]).toBe(answer);
  });
});

test("what the guest left in the other registers has no effect and is not given back", () => {
  const noise = [0xdeadbeef, 1, 2, 3, 4, 5, 6];
  expect(negotiated()(FFA_ID_GET, ...noise)).toEqual([0x84000061, 0, 4, 0, 0, 0, 0, 0]);
});

describe("FFA_RXTX_MAP and FFA_RXTX_UNMAP (DEN0077A; C: `ffa_handle_rxtx_map`, `rxtx_unmap`)", () => {
  const MAP = 0xc4000066;
  const UNMAP = 0x84000067;
  const status = (code: number) => [0x84000060, 0, code + 2 ** 32, 0, 0, 0, 0, 0];

  test.each([
    ["hardened", designs.hardened],
    ["posted", designs.posted],
  ] as const)("map once, DENIED twice; unmap once, INVALID_PARAMETERS twice (%s)", (_, fixes) => {
    const call = negotiated({ fixes, mappedAtStart: false });
    expect(call(0x84000068)).toEqual(status(-6));
    expect(call(UNMAP)).toEqual(status(-2));
    expect(call(MAP, 0x1000, 0x2000, 1)).toEqual(SUCCESS);
    expect(call(0x84000066, 0x1000, 0x2000, 1)).toEqual(status(-6));
    expect(call(0x84000068)[0]).toBe(0x84000061);
    expect(call(0x84000065)).toEqual(SUCCESS);
    expect(call(UNMAP)).toEqual(SUCCESS);
    expect(call(UNMAP)).toEqual(status(-2));
    expect(call(0x84000065)).toEqual(status(-6));
  });

  test.each([0, 2, 0xffffffff])("a buffer of %i pages is INVALID_PARAMETERS", (pages) => {
    const call = negotiated({ mappedAtStart: false });
    expect(call(MAP, 0x1000, 0x2000, pages)).toEqual(status(-2));
    expect(call(UNMAP)).toEqual(status(-2));
  });

  test("a buffer that the guest owns is not unmapped, but in the posted design (H9)", () => {
    const hardened = negotiated();
    hardened(0x84000068);
    expect(hardened(UNMAP)).toEqual(status(-6));
    const posted = negotiated({ fixes: [] });
    posted(0x84000068);
    expect(posted(UNMAP)).toEqual(SUCCESS);
  });
});
