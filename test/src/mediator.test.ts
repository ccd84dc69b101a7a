/** src/mediator.ts: entry and dispatch (C: `ffa_handle_call`), after a version is published. */
import { describe, expect, test } from "vitest";
import {
  createMediator,
  FFA_FEATURES,
  FFA_ID_GET,
  FFA_VERSION,
  type MediatorOptions,
  registers,
} from "../../src/index.js";

const SUCCESS = [0x84000061, 0, 0, 0, 0, 0, 0, 0];
const NOT_SUPPORTED = [0x84000060, 0, 0xffffffff, 0, 0, 0, 0, 0];

function negotiated(options: Partial<MediatorOptions> = {}) {
  const mediator = createMediator(options);
  const [, sibling] = mediator.createDomain({ id: 3, vcpus: 2 });
  mediator.call(sibling, registers(FFA_VERSION, 0x10000));
  mediator.call(sibling, registers(FFA_ID_GET));
  return (...words: readonly number[]) => mediator.call(sibling, registers(...words));
}

test("FFA_ID_GET: the endpoint ID in w2, everything else zero", () => {
  expect(negotiated()(FFA_ID_GET)).toEqual([0x84000061, 0, 4, 0, 0, 0, 0, 0]);
});

describe("FFA_FEATURES", () => {
  const known = [0x60, 0x61, 0x63, 0x64, 0x65, 0x68, 0x69].map((id) => 0x84000000 + id);

  test.each([...known, 0xc4000061])("knows %i", (id) => {
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
    ["always-mine", 0x10001, 0x10001],
    ["refuse-other", 0x10001, 0xffffffff],
    ["refuse-other", 0x10000, 0x10001],
    ["refuse-lower", 0x10000, 0x10001],
    ["refuse-lower", 0x10002, 0x10001],
  ] as const)("%s, asked for %i", (policy, word, answer) => {
    expect(negotiated({ policy })(FFA_VERSION, word)[0]).toBe(answer);
  });
});

test("what the guest left in the other registers has no effect and is not given back", () => {
  const noise = [0xdeadbeef, 1, 2, 3, 4, 5, 6];
  expect(negotiated()(FFA_ID_GET, ...noise)).toEqual([0x84000061, 0, 4, 0, 0, 0, 0, 0]);
});
