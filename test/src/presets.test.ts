/**
 * src/presets.ts: what each mediator is known to do, seen by its guest, each fact written out. The
 * answers to a guest that probes for a version are in test/report/probes.test.ts.
 */
import { describe, expect, test } from "vitest";
import {
  createMediator,
  designs,
  FFA_ID_GET,
  FFA_INTERRUPT,
  FFA_VERSION,
  FIXES,
  type PresetName,
  presets,
  registers,
} from "../../src/index.js";

const [V1_0, V1_1, V1_2, V1_3, V2_0] = [0x10000, 0x10001, 0x10002, 0x10003, 0x20000];
const BIT_31 = 2 ** 31;
/** FFA_VERSION's answer NOT_SUPPORTED. */
const REFUSED = 0xffffffff;

/** A number is a word that FFA_VERSION asks for. */
type Call = number | "ID_GET" | "INTERRUPT";

/** What a new guest gets back in w0 of each call, or whether it is served at all. */
function answers(name: PresetName, ...calls: readonly Call[]) {
  const mediator = createMediator(presets[name]);
  const [guest] = mediator.createDomain({ id: 1, vcpus: 1 });
  return calls.map((call) => {
    if (typeof call === "number") return mediator.call(guest, registers(FFA_VERSION, call))[0];
    const id = call === "ID_GET" ? FFA_ID_GET : FFA_INTERRUPT;
    return mediator.call(guest, registers(id))[0] === 0x84000061 ? "served" : "refused";
  });
}

const names: readonly PresetName[] = [
  "xen-posted",
  "xen-upstream-2026-08",
  "hafnium",
  "tf-a",
  "op-tee",
  "pkvm",
];
test("no mediator is left out", () => {
  expect(Object.keys(presets)).toEqual(names);
});

/** For each mediator: the answers to these calls of a new guest. */
type Facts = Readonly<Record<PresetName, readonly (number | string)[]>>;

const facts: readonly (readonly [string, readonly Call[], Facts])[] = [
  [
    "a first call that is not FFA_VERSION, and then FFA_VERSION",
    ["ID_GET", V1_1, "ID_GET"],
    {
      "xen-posted": ["refused", V1_1, "served"],
      "xen-upstream-2026-08": ["refused", V1_2, "served"],
      // Its own version is in force, so that it is too late to ask for another.
      hafnium: ["served", REFUSED, "served"],
      // Negotiation is over for good.
      "tf-a": ["refused", REFUSED, "refused"],
      "op-tee": ["served", V1_2, "served"],
      pkvm: ["refused", V1_1, "served"],
    },
  ],
  [
    "another major alone",
    [V2_0, "ID_GET"],
    {
      "xen-posted": [V1_1, "served"],
      "xen-upstream-2026-08": [V1_2, "served"],
      hafnium: [REFUSED, "served"],
      "tf-a": [V1_2, "refused"],
      "op-tee": [V1_2, "served"],
      pkvm: [REFUSED, "refused"],
    },
  ],
  [
    "a greater minor alone",
    [V1_3, "ID_GET"],
    {
      "xen-posted": [V1_1, "served"],
      "xen-upstream-2026-08": [V1_2, "served"],
      hafnium: [REFUSED, "served"],
      "tf-a": [V1_2, "refused"],
      "op-tee": [V1_2, "served"],
      pkvm: [V1_2, "served"],
    },
  ],
  [
    "bit 31",
    [BIT_31 + V1_1],
    {
      "xen-posted": [V1_1],
      "xen-upstream-2026-08": [V1_2],
      hafnium: [REFUSED],
      "tf-a": [REFUSED],
      // Not read off its source: the preset has every fix.
      "op-tee": [REFUSED],
      pkvm: [REFUSED],
    },
  ],
  [
    "a lower, the same and a greater minor, and another major, behind the end of negotiation",
    [V1_1, "ID_GET", V1_0, V1_1, V1_2, V2_0],
    {
      "xen-posted": [V1_1, "served", V1_1, V1_1, V1_1, V1_1],
      "xen-upstream-2026-08": [V1_2, "served", V1_2, V1_2, V1_2, V1_2],
      hafnium: [V1_2, "served", REFUSED, V1_2, REFUSED, REFUSED],
      "tf-a": [V1_2, "served", V1_1, V1_1, V1_1, V1_1],
      "op-tee": [V1_2, "served", V1_2, V1_2, V1_2, V1_2],
      pkvm: [V1_1, "served", REFUSED, V1_1, V1_1, REFUSED],
    },
  ],
];

describe.each(facts)("%s", (_, calls, expected) => {
  test.each(names)("%s", (name) => {
    expect(answers(name, ...calls)).toEqual(expected[name]);
  });
});

test("FFA_INTERRUPT leaves negotiation of Hafnium open, and ends that of Xen", () => {
  const calls = [V1_1, "INTERRUPT", V1_0, "ID_GET", V1_0] as const;
  // Behind the end of it Hafnium takes just what was negotiated last.
  expect(answers("hafnium", ...calls)).toEqual([V1_2, "refused", V1_2, "served", V1_2]);
  expect(answers("hafnium", ...calls.slice(0, 4), V1_1).at(-1)).toBe(REFUSED);
  const posted = createMediator({ ...presets["xen-posted"], mappedAtStart: true });
  const [guest] = posted.createDomain({ id: 1, vcpus: 1 });
  posted.call(guest, registers(FFA_VERSION, V1_1));
  posted.call(guest, registers(FFA_INTERRUPT));
  posted.call(guest, registers(FFA_VERSION, V1_0));
  // Entries of 24 bytes: 1.1 is still in force.
  expect(posted.call(guest, registers(0x84000068))[3]).toBe(24);
});

test("Xen negotiates upstream as it was posted, with some fixes and version 1.2", () => {
  const { "xen-posted": posted, "xen-upstream-2026-08": upstream } = presets;
  const features = { featuresInput: "ignored", featuresInterrupt: "known" };
  expect(upstream.choices).toEqual({ ...posted.choices, ...features });
  expect([posted.version, upstream.version]).toEqual([V1_1, V1_2]);
  expect([posted.fixes, upstream.fixes]).toEqual([designs.posted, designs["upstream-2026-08"]]);
});

test("of the others negotiation alone is described, with every fix", () => {
  for (const name of ["hafnium", "tf-a", "op-tee", "pkvm"] as const) {
    expect(presets[name]).toMatchObject({ fixes: FIXES, version: V1_2 });
  }
});
