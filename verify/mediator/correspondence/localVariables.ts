/**
 * The variables of the model that mirror what a task keeps for itself: where it is, which call it
 * serves, what it has read and still needs, and what it is about to answer.
 *
 * All follow from the operations that the task has taken since it started, and their results.
 */

import { decodeEntry } from "../../../src/partitionEntry.js";
import type { TakenStep } from "../../engine/explorable.js";
import { isListing, type ModelCall, wordToModel } from "./words.js";

/** What the model keeps in `work[v]`: numbers, and the endpoint IDs listed so far. */
export type Work = readonly (number | readonly number[])[];

/** What else decides: the call that the task serves, and the label of the step that comes next. */
export interface FoldContext {
  readonly call: ModelCall;
  readonly next: string;
}

type Fold = (work: Work, step: TakenStep, context: FoldContext) => Work;

const nothing: Fold = () => [];
const version = (_: Work, { result }: TakenStep): Work =>
  result === 0 ? [] : [wordToModel(result)];

/** Where an entry list is asked for, the walk begins with nothing visited and nothing listed. */
const entryVersion: Fold = (work, step, { call }) =>
  isListing(call) ? [...version(work, step), 0, []] : version(work, step);

/** What becomes of `work` at each step; at a step that is not named here it stays. */
export const workAfter: Readonly<Record<string, Fold>> = {
  // A version that is there already matters where it is replaced, or where there will be none.
  RereadGuestVers: (work, step, { next }) =>
    next === "UnlockToDispatch" ? [] : version(work, step),
  // What is settled on is published at once, or not by this call.
  WriteVersTmp: (work, { operation }, { next }) =>
    next === "UnlockToReturn" ? work : [wordToModel(operation.operand), ...work],
  ReadVersTmp: version,
  PublishGuestVers: nothing,
  ReadEntryVers: entryVersion,
  ReadVmCount: (work, { result }) => [...work, result],
  // Nobody has the UUID, or the entries do not fit: what was read is not needed on the way out.
  WriteSpEntries: (work, _, { next }) => (next === "UnlockSpRxGivenUp" ? [] : work),
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
