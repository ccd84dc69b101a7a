/** model/redundant.json: what cannot be read says so, and where. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readRedundant } from "../../verify/witness/redundant.js";
import { temporaryDirectory } from "../support/temporary.js";

const directory = temporaryDirectory();

function listOf(text: string): string {
  const place = mkdtempSync(join(directory, "list-"));
  writeFileSync(join(place, "redundant.json"), text);
  return place;
}

test("each part has the reason of its group", () => {
  const list = [
    { reason: "one", parts: ["a", "b"] },
    { reason: "two", parts: ["c"] },
  ];
  const read = readRedundant(listOf(JSON.stringify(list)));
  expect([...read]).toEqual([
    ["a", "one"],
    ["b", "one"],
    ["c", "two"],
  ]);
});

test.each([
  ["no JSON", "[", "redundant.json"],
  ["a group without a reason", '[{ "reason": "", "parts": ["a"] }]', "redundant.json: 0.reason"],
  ["a group without parts", '[{ "reason": "one", "parts": [] }]', "redundant.json: 0.parts"],
  ["a field too many", '[{ "reason": "one", "parts": ["a"], "x": 1 }]', "redundant.json: 0"],
  ["no list", "{}", "redundant.json: (top)"],
])("%s", (_, text, where) => {
  expect(() => readRedundant(listOf(text))).toThrow(
    expect.objectContaining({ code: "MANIFEST_INVALID", where: expect.stringContaining(where) }),
  );
});

test("no file", () => {
  expect(() => readRedundant(join(directory, "gone"))).toThrow(/MANIFEST_INVALID/);
});
