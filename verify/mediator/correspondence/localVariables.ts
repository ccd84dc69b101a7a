/**
 * The variables of the model that mirror what a task keeps for itself: where it is, which call it
 * serves, what it has read and still needs, and what it is about to answer.
 *
 * All follow from the operations that the task has taken since it started, and their results.
 */

import { BUSY, DENIED, INVALID_PARAMETERS, NO_MEMORY, OK } from "../../../src/abi.js";
import { decodeEntry } from "../../../src/partitionEntry.js";
import type { TakenStep } from "../../engine/explorable.js";
import { isListing, type ModelCall, wordToModel } from "./words.js";

/** What the model keeps in `work[a]`. */
export type WorkItem = number | boolean | readonly number[] | ReadonlySet<number>;
export type Work = readonly WorkItem[];

/** What else decides: whom the task serves, and the label of the step that comes next. */
export interface FoldContext {
  /** The call; null for a task of the toolstack or the timer. */
  readonly call: ModelCall | null;
  /** The domain of the toolstack; 0 for the timer. */
  readonly domainId: number;
  readonly next: string;
  /** What guests write into TX, by choice. */
  readonly txContents: readonly number[];
  /** What the secure world answers, by choice. */
  readonly answers: readonly number[];
  /** How many memory objects a domain can share: a larger result is a refusal. */
  readonly maxShm: number;
}

type Fold = (work: Work, step: TakenStep, context: FoldContext) => Work;

const nothing: Fold = () => [];
const version = (_: Work, { result }: TakenStep): Work =>
  result === 0 ? [] : [wordToModel(result)];

/** Where an entry list is asked for, the walk begins with nothing visited and nothing listed. */
const entryVersion: Fold = (work, step, { call }) =>
  call !== null && isListing(call) ? [...version(work, step), 0, []] : version(work, step);

/** A status behind what was read of TX, where the step leads to `next`. */
const statusBefore =
  (next: string, status: number): Fold =>
  ([read = 0], _, context) =>
    context.next === next ? [read, status] : [read];

/** The end of a mapping that has tx_lock still; and that of an unmapping at teardown. */
const mapped =
  (status: number): Fold =>
  (work, _, { next, domainId }) => {
    if (next === "UnlockTx") return [0, status];
    return isRound(next) ? beginRound(domainId, next) : work;
  };

const isRound = (next: string): boolean => next === "ReadToTell" || next === "NextShmTorn";
const beginRound = (domain: WorkItem, next: string): Work =>
  next === "ReadToTell" ? [domain] : [domain, false, 0];

const isSend = ({ call }: FoldContext): boolean => call?.name === "SEND2";

/** Behind a notice: the next SP of those that are left, or the memory. */
function tellNext(domain: WorkItem, left: ReadonlySet<number>, last: number, next: string): Work {
  if (next === "NextShmTorn") return [domain, left.size > 0, 0];
  const behind = [...left].filter((sp) => sp > last);
  return [domain, left, next === "ClearToTell" ? last : Math.min(...behind)];
}

const setOfMask = (mask: number): ReadonlySet<number> =>
  new Set(Array.from({ length: 31 }, (_, i) => i + 1).filter((sp) => (mask >> (sp - 1)) & 1));

/** What a round leaves, and who remembers it. */
const endRound = (domain: WorkItem, left: boolean, next: string): Work => {
  if (next === "LockRetry") return [domain, left];
  return next === "PutDomainOfTeardown" ? [domain] : [];
};

const withoutLast: Fold = (work, _, { next }) =>
  next === "PutDomainOfShm" ? work : work.slice(0, -1);

const behindRetryList: Fold = (work, _, { next }) => {
  if (next === "SetTimer" || next === "UnlockRetry") return work;
  return next === "PutDomainOfTeardown" ? [work[0]] : [];
};

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

  // Messages: what was read of TX, and then the status.
  ReadTxPages: (work, _, { next }) => (next === "UnlockTx" ? [0, DENIED] : work),
  ReadHeader: (_, { result }, { next, txContents }) =>
    next === "UnlockTx" ? [0, INVALID_PARAMETERS] : [txContents[result]],
  FindReceiver: statusBefore("UnlockTx", INVALID_PARAMETERS),
  ReadReceiverDying: statusBefore("LetGoReceiver", INVALID_PARAMETERS),
  ReadReceiverVers: statusBefore("LetGoReceiver", INVALID_PARAMETERS),
  ReadUnlockNotFound: statusBefore("UnlockTx", INVALID_PARAMETERS),
  UnlockRxTaken: (work, _, { next }) => (next === "LockRxToRelease" ? [work[0], NO_MEMORY] : work),
  UnlockRxBusy: (work, _, context) => (isSend(context) ? [work[0], BUSY] : work),
  EndCopy: ([read]) => [read, OK],

  // Mapping.
  ReadPagesToMap: mapped(DENIED),
  FreeMappedRx: mapped(OK),
  UnlockRxMapped: mapped(OK),
  ReadPagesToUnmap: mapped(INVALID_PARAMETERS),
  TakeUnmappedRx: mapped(OK),
  UnlockRxUnmapped: mapped(OK),
  UnlockRxNotMapped: mapped(INVALID_PARAMETERS),
  UnlockRxDenied: (work, step, context) => {
    if (!isSend(context)) return mapped(DENIED)(work, step, context);
    return work.length === 2 ? work : [work[0], DENIED];
  },

  // Memory: the handle, the status, and how many are left.
  ReadDescriptor: (work, _, { next }) => (next === "UnlockTx" ? [0, INVALID_PARAMETERS] : work),
  UnlockShmFull: () => [0, NO_MEMORY],
  AskShare: (_, { result }, { answers, maxShm }) =>
    result > maxShm ? [0, answers[result - maxShm]] : [result, OK],
  AskReclaim: (_, { operation, result }, { answers }) => [operation.operand, answers[result]],
  DecShmCount: (work, { result }) => [...work, result],
  UnlockShmUncounted: withoutLast,
  PutDomainOfShm: withoutLast,

  // Creation: the domain, and the SP that is told; then how many were.
  CreateDomain: (work, _, { domainId, next }) => (next === "TellCreated" ? [domainId, 1] : work),
  TellCreated: ([domain, sp], { result }, { next, answers }) => {
    if (next === "TellCreated") return [domain, Number(sp) + 1];
    return [domain, Number(sp) - (answers[result] === OK ? 0 : 1)];
  },
  WriteToTell: nothing,

  // A round: whom to tell, and then which objects are left.
  ReadToTell: ([domain], { result }, { next }) => tellNext(domain, setOfMask(result), 0, next),
  TellDestroyed: ([domain, left, sp], _, { next }) => {
    const others = new Set(left as ReadonlySet<number>);
    if (next === "ClearToTell") others.delete(sp as number);
    return tellNext(domain, others, sp as number, next);
  },
  ClearToTell: ([domain, left, sp], _, { next }) =>
    tellNext(domain, left as ReadonlySet<number>, sp as number, next),
  NextShmTorn: (work, { result }, { next }) => {
    if (next === "AskReclaimTorn") return [...work, result];
    if (next === "ReadShmLeft") return work;
    return endRound(work[0], work[1] === true || work[2] !== 0, next);
  },
  AskReclaimTorn: (work, { result }, { next, answers }) =>
    next === "NextShmTorn" ? [work[0], work[1], work[3]] : [...work, answers[result] === OK],
  UnlinkShmTorn: (work) => work.slice(0, 3),
  ReadShmLeft: (work, { result }, { next }) =>
    endRound(work[0], work[1] === true || result > 0, next),

  // The list of teardowns that go on, and its first member.
  ReadRetryFirst: ([domain, left], { result }) => [domain, left, result],
  UnlockRetry: behindRetryList,
  SetTimer: behindRetryList,
  PutDomainOfTeardown: nothing,
  PopRetry: (_, { result }) => (result === 0 ? [] : [result]),
  UnlockRetryPopped: ([domain], _, { next }) => (isRound(next) ? beginRound(domain, next) : []),
};

export const workText = (work: Work): string => `<<${work.map(itemText).join(", ")}>>`;

function itemText(item: WorkItem): string {
  if (typeof item === "number") return String(item);
  if (typeof item === "boolean") return item ? "TRUE" : "FALSE";
  return item instanceof Set ? `{${[...item].join(", ")}}` : `<<${[...item].join(", ")}>>`;
}

/** The variables that are functions on actors: pc and work on all of them, the others on vCPUs. */
export const localVariables = ["pc", "call", "work", "answer"] as const;
export type LocalVariable = (typeof localVariables)[number];

export const isOverAll = (variable: LocalVariable): boolean =>
  variable === "pc" || variable === "work";
