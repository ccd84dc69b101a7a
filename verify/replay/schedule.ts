/**
 * A schedule as a value that can be printed and pasted: who takes each step, in order.
 *
 * `3:0,1:0,1,1` says that actor 3 starts its program 0, actor 1 starts its program 0, and actor 1
 * goes on for two steps. Numbers are those of verify/mediator/createSystem.ts.
 */
import { VerifyError } from "../support/verifyError.js";

/** The program of a step that goes on with the one that the actor runs. */
export const GOES_ON = -1;

export interface ScheduleStep {
  /** From 1. */
  readonly actor: number;
  /** The index of the program that an idle actor starts, from 0; else {@link GOES_ON}. */
  readonly program: number;
}

export function formatSchedule(steps: readonly ScheduleStep[]): string {
  return steps
    .map(({ actor, program }) => (program === GOES_ON ? `${actor}` : `${actor}:${program}`))
    .join(",");
}

/**
 * The inverse of {@link formatSchedule}; blanks around a step are allowed.
 *
 * @throws VerifyError SCHEDULE_MALFORMED
 */
export function parseSchedule(text: string): readonly ScheduleStep[] {
  if (text.trim() === "") return [];
  return text.split(",").map((part, i) => {
    const match = /^([1-9]\d{0,3})(?::(\d{1,4}))?$/.exec(part.trim());
    if (match === null) throw malformed(part, i);
    const [, actor, program] = match;
    return { actor: Number(actor), program: program === undefined ? GOES_ON : Number(program) };
  });
}

function malformed(part: string, index: number): VerifyError {
  return new VerifyError({
    code: "SCHEDULE_MALFORMED",
    what: "the schedule has a step that cannot be read",
    where: `step ${index + 1}`,
    expected: "an actor's number from 1, and :p behind it when the actor starts its program p",
    found: part.trim() === "" ? "nothing" : part.trim().slice(0, 40),
    hint: "separate the steps with commas, as in 3:0,1:0,1,1",
  });
}
