/**
 * What the model says of one task: its elements of pc, call, work and answer, as TLC prints them.
 */
import type { Registers } from "../../src/abi.js";
import { DONE, type Operation } from "../../src/sync/index.js";
import type { Actor, Program, System } from "../explore/programs.js";
import { listedIds } from "./listing.js";
import {
  type FoldContext,
  type TakenStep,
  type Work,
  workAfter,
  workText,
} from "./localVariables.js";
import { answerText, callText } from "./words.js";

export interface Profile {
  readonly pc: string;
  readonly call: string;
  readonly work: string;
  readonly answer: string;
}

const NOTHING = "<<>>";
export const RETURN_LABEL = "ReturnFromCall";

/** The profile of an actor that runs no task. */
export const idleProfile: Profile = { pc: '"idle"', call: NOTHING, work: NOTHING, answer: NOTHING };

/**
 * The profile of a task that has taken `steps` and takes `next` now.
 *
 * @param resume Runs the task on from here with one result, and gives what it returns.
 */
export function profileOf(
  system: System,
  program: Program,
  steps: readonly TakenStep[],
  next: Operation,
  resume: (result: number) => Registers | undefined,
): Profile {
  const pc = `"${next.label}"`;
  const { call } = program;
  if (call === null) return { ...idleProfile, pc };
  if (next.label !== RETURN_LABEL) {
    let work: Work = [];
    for (const [i, step] of steps.entries()) {
      const context: FoldContext = { call, next: steps[i + 1]?.operation.label ?? next.label };
      work = workAfter[step.operation.label]?.(work, step, context) ?? work;
    }
    return { pc, call: callText(call), work: workText(work), answer: NOTHING };
  }
  const answer = resume(DONE) ?? [];
  const listed = (count: number, size: number) => listedIds(system.state, steps, count, size);
  return {
    pc,
    call: callText(call),
    work: NOTHING,
    answer: answerText(call, answer, listed),
  };
}

/** The profile as one string; for a toolstack task only `pc` is part of the model's state. */
export const profileKey = (actor: Actor, profile: Profile): string =>
  actor.kind === "vcpu"
    ? `${profile.pc}|${profile.call}|${profile.work}|${profile.answer}`
    : profile.pc;
