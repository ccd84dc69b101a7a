/** src/mediator.ts: entry and dispatch (C: `ffa_handle_call`), after a version is published. */
import { describe, expect, test } from "vitest";
import type { Choices } from "../../src/choices.js";
import {
  createMediator,
  designs,
  FFA_ID_GET,
  FFA_PARTITION_INFO_GET,
  FFA_RX_RELEASE,
  FFA_RXTX_MAP_32,
  FFA_RXTX_MAP_64,
  FFA_RXTX_UNMAP,
  FFA_VERSION,
  type MediatorOptions,
  registers,
} from "../../src/index.js";
import { defaultOptions } from "../../src/options.js";
import { failed, STATUS, succeeded, VERSION_REFUSED, versionOf } from "../support/answers.js";
import { createBench } from "../support/steps.js";

const [V1_0, V1_1, V1_2, V2_0] = [0x10000, 0x10001, 0x10002, 0x20000];

/** Calls of a guest that negotiated 1.0. */
function negotiated(options: Partial<MediatorOptions> = {}) {
  const mediator = createMediator(options);
  const [, sibling] = mediator.createDomain({ id: 3, vcpus: 2 });
  mediator.call(sibling, registers(FFA_VERSION, V1_0));
  mediator.call(sibling, registers(FFA_ID_GET));
  return (...words: readonly number[]) => mediator.call(sibling, registers(...words));
}

test("FFA_ID_GET: the endpoint ID in w2, everything else zero", () => {
  expect(negotiated()(FFA_ID_GET)).toEqual(succeeded(4));
});

describe.each(Object.entries(designs))("FFA_RXTX_MAP and FFA_RXTX_UNMAP (%s)", (design, fixes) => {
  test.each([FFA_RXTX_MAP_32, FFA_RXTX_MAP_64])("%i maps one page each, once", (id) => {
    const call = negotiated({ fixes });
    expect(call(id, 0x1000, 0x2000, 1)).toEqual(succeeded());
    expect(call(id, 0x1000, 0x2000, 1)).toEqual(failed(STATUS.DENIED));
    expect(call(FFA_PARTITION_INFO_GET)).toEqual(succeeded(0, 8));
  });

  test("another number of pages is refused before anything is looked at", () => {
    const bench = createBench({ fixes });
    bench.bringUp(1, V1_1);
    for (const pages of [0, 2, 63, 0xffffffff]) {
      expect(bench.call(1, FFA_RXTX_MAP_64, 0x1000, 0x2000, pages)).toEqual({
        labels: ["StartCall", "ReadGuestVers", "ReturnFromCall"],
        value: failed(STATUS.INVALID_PARAMETERS),
      });
    }
    bench.call(1, FFA_RXTX_MAP_64, 0x1000, 0x2000, 1);
    const { value } = bench.call(1, FFA_RXTX_MAP_64, 0x1000, 0x2000, 2);
    expect(value).toEqual(failed(STATUS.INVALID_PARAMETERS));
  });

  test("what is not mapped can be neither unmapped nor released", () => {
    const call = negotiated({ fixes });
    expect(call(FFA_RXTX_UNMAP)).toEqual(failed(STATUS.INVALID_PARAMETERS));
    expect(call(FFA_RX_RELEASE)).toEqual(failed(STATUS.DENIED));
    expect(call(FFA_PARTITION_INFO_GET)).toEqual(failed(STATUS.DENIED));
  });

  test("what the guest owns is DENIED with MapInRxLock, and taken away without it", () => {
    const call = negotiated({ fixes, mappedAtStart: true });
    call(FFA_PARTITION_INFO_GET);
    const kept = design !== "posted";
    expect(call(FFA_RXTX_UNMAP)).toEqual(kept ? failed(STATUS.DENIED) : succeeded());
    expect(call(FFA_RX_RELEASE)).toEqual(kept ? succeeded() : failed(STATUS.DENIED));
    const after = kept ? succeeded() : failed(STATUS.INVALID_PARAMETERS);
    expect(call(FFA_RXTX_UNMAP)).toEqual(after);
  });
});

describe("FFA_VERSION after negotiation changes nothing", () => {
  test("the negotiated version stays, so the entries keep their size", () => {
    const call = negotiated({ mappedAtStart: true });
    expect(call(FFA_VERSION, V1_1)).toEqual(versionOf(V1_1));
    expect(call(FFA_PARTITION_INFO_GET)).toEqual(succeeded(0, 8));
  });

  test.each([
    ["mine", V1_2, versionOf(V1_1)],
    ["negotiated", V1_2, versionOf(V1_0)],
    ["lower-refused", V1_2, versionOf(V1_0)],
    ["lower-refused", V2_0, VERSION_REFUSED],
    ["other-refused", V1_0, versionOf(V1_1)],
    ["other-refused", V1_1, VERSION_REFUSED],
  ] as const)("%s, asked for %i", (laterAnswer, word, answer) => {
    const choices: Choices = { ...defaultOptions.choices, laterAnswer };
    expect(negotiated({ choices })(FFA_VERSION, word)).toEqual(answer);
  });

  test("guest_vers is read again just where the answer depends on it", () => {
    for (const laterAnswer of ["mine", "negotiated", "lower-refused", "other-refused"] as const) {
      const bench = createBench({ choices: { ...defaultOptions.choices, laterAnswer } });
      bench.bringUp(1, V1_1);
      const again = laterAnswer === "mine" ? [] : ["ReadNegotiatedVers"];
      const { labels } = bench.call(1, FFA_VERSION, V1_1);
      expect(labels).toEqual(["StartCall", "ReadGuestVers", ...again, "ReturnFromCall"]);
    }
  });
});

test("what the guest left in the other registers has no effect and is not given back", () => {
  const noise = [0xdeadbeef, 1, 2, 3, 4, 5, 6];
  expect(negotiated()(FFA_ID_GET, ...noise)).toEqual(succeeded(4));
  expect(negotiated()(FFA_RXTX_UNMAP, ...noise)).toEqual(failed(STATUS.INVALID_PARAMETERS));
});
