/** verify/replay/schedule.ts: a schedule is a value that can be printed, pasted and read again. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { GOES_ON } from "../../verify/engine/branch.js";
import { formatSchedule, parseSchedule } from "../../verify/replay/schedule.js";

test("actors, and programs where one starts", () => {
  const steps = [
    { actor: 3, branch: 0 },
    { actor: 1, branch: 12 },
    { actor: 1, branch: GOES_ON },
  ];
  expect(formatSchedule(steps)).toBe("3:0,1:12,1");
  expect(parseSchedule("3:0,1:12,1")).toEqual(steps);
  expect(parseSchedule(" 3:0, 1:12 ,1\n")).toEqual(steps);
});

test("what is printed is read again", () => {
  const step = fc.record({
    actor: fc.integer({ min: 1, max: 30 }),
    branch: fc.integer({ min: GOES_ON, max: 99 }),
  });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      expect(parseSchedule(formatSchedule(steps))).toEqual(steps);
    }),
  );
});

test.each([
  ["0:1", 1, 1, "actors are numbered from 1"],
  ["1,,2", 2, 3, "nothing stands there"],
  ["1,2,", 3, 5, "nothing stands there"],
  ["1, -1", 2, 4, "a step starts with an actor's number, not with -"],
  ["1:", 1, 3, "the number of a program or of a choice is missing behind the colon"],
  ["1:2:3", 1, 4, "a step has one colon"],
  ["3:0,1;2", 2, 6, "; is no part of a step"],
  ["3:0 1:0", 1, 4, "a blank does not separate steps"],
  ["1,99999", 2, 7, "the number has too many digits"],
  ["1:12345", 1, 7, "the number has too many digits"],
  ["1:x", 1, 3, "x is no part of a step"],
  ["one", 1, 1, "a step starts with an actor's number, not with o"],
])("%j is refused, with what is wrong and where", (text, step, column, mistake) => {
  expect(() => parseSchedule(text)).toThrow(
    expect.objectContaining({
      code: "SCHEDULE_MALFORMED",
      where: `step ${step}, column ${column} of the schedule`,
      message: expect.stringContaining(`cannot be read: ${mistake}`),
    }),
  );
});
