/**
 * What the model says of one task: its elements of pc, call, work and answer, as TLC prints them.
 */
import type { Registers } from "../../src/abi.js";
import type { MediatorState } from "../../src/context.js";
import { DONE } from "../../src/sync/index.js";
import type { RunSoFar } from "../engine/explorable.js";
import type { LocalProfile } from "../engine/localProfile.js";
import {
  type FoldContext,
  type Work,
  workAfter,
  workText,
} from "./correspondence/localVariables.js";
import { answerText, callText, type ModelCall } from "./correspondence/words.js";
import { listedIds } from "./listing.js";

const NOTHING = "<<>>";
const RETURN_LABEL = "ReturnFromCall";

/** The toolstack has a `pc` only; the rest is empty for it, and for a vCPU where it is left out. */
export class Profile implements LocalProfile {
  constructor(
    readonly pc: string,
    readonly call = NOTHING,
    readonly work = NOTHING,
    readonly answer = NOTHING,
  ) {}

  get key(): string {
    return `${this.pc}|${this.call}|${this.work}|${this.answer}`;
  }
}

/** The profile of an actor that runs no task. */
export const idleProfile = new Profile('"idle"');

/** What the engine was given as a profile of a mediator's task, back as what it is. */
export function asProfile(local: LocalProfile): Profile {
  if (local instanceof Profile) return local;
  throw new Error(`${local.key} is no profile of a task of the mediator`);
}

/** The profile of a task that serves `call`, or of a toolstack's task when that is null. */
export function profileOf(
  state: MediatorState,
  call: ModelCall | null,
  { steps, next, resume }: RunSoFar<Registers | undefined>,
): Profile {
  const pc = `"${next.label}"`;
  if (call === null) return new Profile(pc);
  if (next.label !== RETURN_LABEL) {
    let work: Work = [];
    for (const [i, step] of steps.entries()) {
      const context: FoldContext = { call, next: steps[i + 1]?.operation.label ?? next.label };
      work = workAfter[step.operation.label]?.(work, step, context) ?? work;
    }
    return new Profile(pc, callText(call), workText(work));
  }
  const byUuid = call.name === "PARTITION_INFO_OF";
  const listed = (count: number, size: number) => listedIds(state, steps, count, size, byUuid);
  return new Profile(pc, callText(call), NOTHING, answerText(call, resume(DONE) ?? [], listed));
}
