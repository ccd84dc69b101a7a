/** verify/mediator/probes.ts: what a guest sees that probes for a version, each answer written out. */
import { describe, expect, test } from "vitest";
import {
  createMediator,
  decodeEntry,
  FFA_ID_GET,
  FFA_PARTITION_INFO_GET,
  FFA_VERSION,
  type Preset,
  type PresetName,
  presets,
  registers,
} from "../../src/index.js";
import { PROBED, probe, versionText } from "../../verify/mediator/probes.js";

/** The answers, and the version in force when another call has been made. */
type Row = readonly [answers: string, inForce: string];

/** Asked for 1.2, 1.1 and 1.0 in this order; then for 1.0, 1.1 and 1.2. */
const expected: readonly (readonly [PresetName, highestFirst: Row, lowestFirst: Row])[] = [
  ["xen-posted", ["1.1 1.1 1.1", "1.0"], ["1.1 1.1 1.1", "1.1"]],
  ["xen-upstream-2026-08", ["1.2 1.2 1.2", "1.0"], ["1.2 1.2 1.2", "1.2"]],
  ["hafnium", ["1.2 1.2 1.2", "1.0"], ["1.2 1.2 1.2", "1.2"]],
  ["tf-a", ["1.2 1.2 1.2", "1.0"], ["1.2 1.2 1.2", "1.2"]],
  ["op-tee", ["1.2 1.2 1.2", "1.0"], ["1.2 1.2 1.2", "1.2"]],
  ["pkvm", ["1.2 NOT_SUPPORTED NOT_SUPPORTED", "1.2"], ["1.0 1.0 1.0", "1.0"]],
];

const shown = (preset: Preset, asked: readonly number[]): Row => {
  const { answers, inForce } = probe(preset, asked);
  return [answers.map(versionText).join(" "), versionText(inForce)];
};

/** The size of an entry that a guest is told of, which is 8 for 1.0 alone. */
function entrySize(preset: Preset, asked: readonly number[]): number {
  const sp = { id: 0x8001, executionContexts: 1, properties: 0 };
  const mediator = createMediator({ ...preset, securePartitions: [sp, sp], mappedAtStart: true });
  const [guest] = mediator.createDomain({ id: 1, vcpus: 1 });
  for (const word of asked) mediator.call(guest, registers(FFA_VERSION, word));
  mediator.call(guest, registers(FFA_ID_GET));
  const [, , count, size] = mediator.call(guest, registers(FFA_PARTITION_INFO_GET));
  expect(count).toBe(2);
  expect(decodeEntry(mediator.rx(1), size)).toEqual(sp);
  return size;
}

describe.each(expected)("%s", (name, highestFirst, lowestFirst) => {
  test.each([
    ["1.2, 1.1, 1.0", PROBED.highestFirst, highestFirst],
    ["1.0, 1.1, 1.2", PROBED.lowestFirst, lowestFirst],
  ])("asked for %s", (_, asked, row) => {
    expect(shown(presets[name], asked)).toEqual(row);
    expect(entrySize(presets[name], asked)).toBe(row[1] === "1.0" ? 8 : 24);
  });
});

test("no mediator is left out", () => {
  expect(expected.map(([name]) => name)).toEqual(Object.keys(presets));
});

test("the orders are each other's reverse", () => {
  expect([...PROBED.highestFirst].reverse()).toEqual(PROBED.lowestFirst);
  expect(PROBED.highestFirst.map(versionText)).toEqual(["1.2", "1.1", "1.0"]);
});

test("no version is in force where negotiation is open still, or over without one", () => {
  expect(probe(presets["xen-posted"], [])).toEqual({ answers: [], inForce: null });
  expect(probe(presets["tf-a"], [])).toEqual({ answers: [], inForce: null });
  expect(probe(presets.pkvm, [0x20000])).toEqual({ answers: [null], inForce: null });
  expect(probe(presets.hafnium, [])).toEqual({ answers: [], inForce: 0x10002 });
});
