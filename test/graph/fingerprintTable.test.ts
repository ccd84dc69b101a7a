/** verify/graph/fingerprintTable.ts: a map from fingerprints to 0, 1, 2, ... */
import fc from "fast-check";
import { expect, test } from "vitest";
import { FingerprintTable } from "../../verify/graph/fingerprintTable.js";

/** Of any size, and of few values, so that some agree in one part and not in the other. */
const part = (min: number, max: number) =>
  fc.oneof(fc.integer({ min, max }), fc.integer({ min: 1, max: 9 }));
const fingerprint = fc.record({
  head: part(-9_999_999_999, 9_999_999_999),
  tail: part(1, 1_999_999_999),
});

test("numbers are given in order and found again, and nothing else is found", () => {
  const key = ({ head, tail }: { head: number; tail: number }) => `${head}/${tail}`;
  fc.assert(
    fc.property(fc.uniqueArray(fingerprint, { selector: key, maxLength: 300 }), (all) => {
      const [present, absent] = [all.slice(all.length >> 1), all.slice(0, all.length >> 1)];
      const table = new FingerprintTable();
      for (const [i, each] of present.entries()) expect(table.add(each)).toBe(i);
      for (const [i, each] of present.entries()) expect(table.find(each)).toBe(i);
      for (const each of absent) expect(table.find(each)).toBe(-1);
    }),
  );
});

test("it grows", () => {
  const table = new FingerprintTable();
  for (let i = 0; i < 5000; i++) table.add({ head: i, tail: 1 });
  for (let i = 0; i < 5000; i++) expect(table.find({ head: i, tail: 1 })).toBe(i);
  expect(table.find({ head: 5000, tail: 1 })).toBe(-1);
});
