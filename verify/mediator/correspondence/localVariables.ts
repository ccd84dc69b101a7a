/**
 * The variables of the model that mirror what a task keeps for itself: where it is, which call it
 * serves, what it has read and still needs, and what it is about to answer.
 *
 * All follow from the operations that the task has taken since it started, and their results.
 */

import { decodeEntry } from "../../../src/partitionInfo.js";
import type { TakenStep } from "../../engine/explorable.js";
import { type ModelCall, wordToModel } from "./words.js";

/** What the model keeps in `work[v]`: numbers, and the endpoint IDs listed so far. */
export type Work = readonly (number | readonly number[])[];

/** What else decides: the call that the task serves, and the label of the step that comes next. */
export interface FoldContext {
  readonly call: ModelCall;
  readonly next: string;
}

type Fold = (work: Work, step: TakenStep, context: FoldContext) => Work;

const nothing: Fold = () => [];
const version: Fold = (_, { result }) => (result === 0 ? [] : [wordToModel(result)]);

/** What becomes of `work` at each step; at a step that is not named here it stays. */
export const workAfter: Readonly<Record<string, Fold>> = {
  ReadVersTmp: version,
  PublishGuestVers: nothing,
  ReadEntryVers: version,
  ReadVmCount: (work, { result }) => [...work, result],
  // The entries of the SPs do not fit: what was read is not needed on the way out.
  UnlockRxTaken: (work, _, { next }) => (next === "LockRxToRelease" ? [] : work),
  // A walk begins: nothing visited, nothing listed. A count does not walk.
  ReadLockList: (work, _, { call }) => (call.argument === 0 ? [...work, 0, []] : work),
  NextContext: ([vers, , ids], { result }) => [vers, result, ids],
  WriteEntry: ([vers, visited, ids], { operation }) => {
    const { id } = decodeEntry(Uint8Array.from(operation.bytes ?? []), 0);
    return [vers, visited, [...(ids as readonly number[]), id]];
  },
  ReadUnlockNoRoom: nothing,
};

export const workText = (work: Work): string => {
  const items = work.map((item) => (typeof item === "number" ? item : `<<${item.join(", ")}>>`));
  return `<<${items.join(", ")}>>`;
};

/** The variables that are functions on the vCPUs, and the one that is a function on all actors. */
export const localVariables = ["pc", "call", "work", "answer"] as const;
