/** verify/replay/schedule.ts: a schedule is a value that can be printed, pasted and read again. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { formatSchedule, GOES_ON, parseSchedule } from "../../verify/replay/schedule.js";

test("actors, and programs where one starts", () => {
  const steps = [
    { actor: 3, program: 0 },
    { actor: 1, program: 12 },
    { actor: 1, program: GOES_ON },
  ];
  expect(formatSchedule(steps)).toBe("3:0,1:12,1");
  expect(parseSchedule("3:0,1:12,1")).toEqual(steps);
  expect(parseSchedule(" 3:0, 1:12 ,1\n")).toEqual(steps);
});

test("what is printed is read again", () => {
  const step = fc.record({
    actor: fc.integer({ min: 1, max: 30 }),
    program: fc.integer({ min: GOES_ON, max: 99 }),
  });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      expect(parseSchedule(formatSchedule(steps))).toEqual(steps);
    }),
  );
});

test.each([
  ["0:1", 1],
  ["1,,2", 2],
  ["1,2,", 3],
  ["1,-1", 2],
  ["1:", 1],
  ["1:2:3", 1],
  ["1;2", 1],
  ["99999", 1],
  ["one", 1],
])("%j is refused, with the number of the step", (text, step) => {
  expect(() => parseSchedule(text)).toThrow(
    expect.objectContaining({ code: "SCHEDULE_MALFORMED", where: `step ${step}` }),
  );
});
