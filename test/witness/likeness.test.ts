/** Which values are tried, and which are like one that was. */
import { ValueTable } from "tla2tools-runner";
import { expect, test } from "vitest";
import { Likeness } from "../../verify/witness/likeness.js";

const table = new ValueTable();
const cell = { variable: "call", part: "element", index: 1, isNext: false } as const;
const likeness = new Likeness({ strings: new Set(["SEND2"]), compared: new Set() });
const exact = new Likeness({ strings: new Set(["SEND2"]), compared: new Set(["call[1]"]) });
const call = (name: string, argument: number) => table.tuple([name, argument]);

test.each([
  ["two strings that are not named", "idle", "ReadHeader", true],
  ["one that is named and one that is not", "SEND2", "idle", false],
  ["tuples of these", call("ID_GET", 0), call("UNKNOWN", 0), true],
  ["tuples with another number", call("ID_GET", 0), call("ID_GET", 1), false],
  ["a number and its text", 1, "1", false],
  ["two sets", table.emptySet, table.emptyTuple, false],
])("%s", (_, one, other, isAlike) => {
  expect(likeness.of(one, cell) === likeness.of(other, cell)).toBe(isAlike);
  expect(exact.of(one, cell)).not.toBe(exact.of(other, cell));
});
