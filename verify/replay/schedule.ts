/**
 * A schedule as a value that can be printed and pasted: who takes each step, in order.
 *
 * `3:0,1:0,1,1:2` says that actor 3 starts its program 0, actor 1 starts its program 0 and goes on,
 * and then the environment chooses the third of the results that it may give to actor 1. Numbers
 * are those of verify/mediator/createSystem.ts.
 */
import { GOES_ON } from "../engine/branch.js";
import { VerifyError } from "../support/verifyError.js";

export interface ScheduleStep {
  /** From 1. */
  readonly actor: number;
  /**
   * Of an idle actor, the index of the program that it starts, from 0. Under way, the index of what
   * the environment chooses, from 0, where it has a choice; else {@link GOES_ON}.
   */
  readonly branch: number;
}

export function formatSchedule(steps: readonly ScheduleStep[]): string {
  return steps
    .map(({ actor, branch }) => (branch === GOES_ON ? `${actor}` : `${actor}:${branch}`))
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
    const [, actor, branch] = match;
    return { actor: Number(actor), branch: branch === undefined ? GOES_ON : Number(branch) };
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
    expected:
      "an actor's number from 1, and behind it :p when the actor starts its program p, or :c " +
      "when the environment chooses answer c",
    found: part === "" ? "nothing" : part.slice(0, 40),
    hint: "separate the steps with commas, as in 3:0,1:0,1,1",
  });
}

/** @param readable What could be read from the start of the step. */
function mistakeIn(part: string, readable: string): string {
  const [next = ""] = part.slice(readable.length);
  if (part === "") return "nothing stands there";
  if (readable === part)
    return "the number of a program or of a choice is missing behind the colon";
  if (/\d/.test(next)) {
    return readable === "" ? "actors are numbered from 1" : "the number has too many digits";
  }
  if (readable === "") return `a step starts with an actor's number, not with ${next}`;
  if (/\s/.test(next)) return "a blank does not separate steps";
  return next === ":" ? "a step has one colon" : `${next} is no part of a step`;
}
