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
    if (match === null) throw malformed(text, i);
    const [, actor, program] = match;
    return { actor: Number(actor), program: program === undefined ? GOES_ON : Number(program) };
  });
}

/** Where a step is in the text of its schedule, from 0: `step 3, column 9 of the schedule`. */
export function placeInSchedule(text: string, index: number, within = 0): string {
  const parts = text.split(",");
  const blanks = /^\s*/.exec(parts[index])?.[0].length ?? 0;
  const before = parts.slice(0, index).reduce((sum, part) => sum + part.length + 1, 0);
  return `step ${index + 1}, column ${before + blanks + within + 1} of the schedule`;
}

function malformed(text: string, index: number): VerifyError {
  const part = text.split(",")[index].trim();
  const readable = /^(?:[1-9]\d{0,3}(?::\d{0,4})?)?/.exec(part)?.[0] ?? "";
  return new VerifyError({
    code: "SCHEDULE_MALFORMED",
    what: `the schedule has a step that cannot be read: ${mistakeIn(part, readable)}`,
    where: placeInSchedule(text, index, readable.length),
    expected: "an actor's number from 1, and :p behind it when the actor starts its program p",
    found: part === "" ? "nothing" : part.slice(0, 40),
    hint: "separate the steps with commas, as in 3:0,1:0,1,1",
  });
}

/** @param readable What could be read from the start of the step. */
function mistakeIn(part: string, readable: string): string {
  const [next = ""] = part.slice(readable.length);
  if (part === "") return "nothing stands there";
  if (readable === part) return "a program's number is missing behind the colon";
  if (/\d/.test(next)) {
    return readable === "" ? "actors are numbered from 1" : "the number has too many digits";
  }
  if (readable === "") return `a step starts with an actor's number, not with ${next}`;
  if (/\s/.test(next)) return "a blank does not separate steps";
  return next === ":" ? "a step has one colon" : `${next} is no part of a step`;
}
