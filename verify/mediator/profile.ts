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
import { answerText, callText } from "./correspondence/words.js";
import { listedIds } from "./listing.js";

const NOTHING = "<<>>";
const RETURN_LABEL = "ReturnFromCall";

/** Toolstack and timer have no call and no answer. */
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

/** Whom a task serves: a call, or a domain that is created or torn down. */
export type Served = Pick<FoldContext, "call" | "domainId" | "txContents">;

/** The profile of a task, from the steps that it has taken. */
export function profileOf(
  state: MediatorState,
  served: Served,
  { steps, next, resume }: RunSoFar<Registers | undefined>,
): Profile {
  const { call } = served;
  const pc = `"${next.label}"`;
  const serves = call === null ? NOTHING : callText(call);
  if (call === null || next.label !== RETURN_LABEL) {
    const { secureAnswers: answers, maxShm } = state.options;
    let work: Work = [];
    for (const [i, step] of steps.entries()) {
      const after = workAfter[step.operation.label];
      if (after === undefined) continue;
      const following = steps[i + 1]?.operation.label ?? next.label;
      work = after(work, step, { ...served, next: following, answers, maxShm });
    }
    return new Profile(pc, serves, workText(work));
  }
  const byUuid = call.name === "PARTITION_INFO_OF";
  const listed = (count: number, size: number) => listedIds(state, steps, count, size, byUuid);
  return new Profile(pc, serves, NOTHING, answerText(call, resume(DONE) ?? [], listed));
}
