/** The invariants of FfaMediator.tla about locks, as clauses over the implementation's state. */
import type { StateClause, StateView } from "../../engine/clause.js";
import type { SlotBits } from "../../engine/footprint.js";
import { type MediatorParts, pcOf } from "./mediatorView.js";

type Clauses = (parts: MediatorParts) => readonly StateClause[];

const VERS_SECTION = new Set([
  "RereadGuestVers",
  "ReadVersTmp",
  "WriteVersTmp",
  "PublishGuestVers",
  "IncVmCount",
  "WriteLockList",
  "AppendContext",
  "WriteUnlockList",
  "UnlockToReturn",
  "UnlockToDispatch",
]);

const RX_SECTION = new Set([
  "ReadRxToAcquire",
  "TakeRx",
  "UnlockRxTaken",
  "UnlockRxBusy",
  "ReadRxToRelease",
  "GiveRx",
  "UnlockRxGiven",
  "UnlockRxDenied",
]);

const WRITE_SECTION = ["AppendContext", "WriteUnlockList", "UnlinkContext", "TeardownUnlockList"];
const READ_SECTION = ["NextContext", "WriteEntry", "ReadUnlockList", "ReadUnlockNoRoom"];

function writeSection({ hardened, vmToVm }: MediatorParts): ReadonlySet<string> {
  const counting = hardened ? ["IncVmCount", "DecVmCount"] : [];
  return new Set([
    ...WRITE_SECTION,
    ...counting,
    ...(hardened && vmToVm ? ["PublishGuestVers"] : []),
  ]);
}

const readSection = ({ hardened }: MediatorParts): ReadonlySet<string> =>
  new Set([...READ_SECTION, ...(hardened ? ["ReadVmCount"] : [])]);

/** `actor` is in one of the `sections` exactly if it holds the lock. */
function holdsInside(
  actor: number,
  lock: SlotBits,
  holder: number,
  sections: ReadonlySet<string>,
): StateClause {
  return {
    actors: [actor],
    slots: [lock],
    holds: (state) => sections.has(pcOf(state, actor)) === (state.code(lock.slot) === holder),
  };
}

/** An actor at one of the `labels` does not hold the lock. */
function notHeldAt(
  actor: number,
  lock: SlotBits,
  holder: number,
  labels: readonly string[],
): StateClause {
  return {
    actors: [actor],
    slots: [lock],
    holds: (state: StateView) =>
      !labels.includes(pcOf(state, actor)) || state.code(lock.slot) !== holder,
  };
}

export const lockInvariants: Readonly<Record<string, Clauses>> = {
  LocksExcludeInv: (parts) => [
    ...parts.vcpus.flatMap(({ number: v, domainId: d }) => [
      holdsInside(v, parts.versLock(d), v, VERS_SECTION),
      holdsInside(v, parts.rxLock(d), v, RX_SECTION),
      holdsInside(v, parts.reader(v), parts.reader(v).mask, readSection(parts)),
      {
        actors: [],
        slots: [parts.writer, parts.reader(v)],
        holds: (state: StateView) =>
          state.code(parts.writer.slot) === 0 || state.code(parts.reader(v).slot) === 0,
      },
    ]),
    ...parts.system.actors.map(({ number: a }) => {
      return holdsInside(a, parts.writer, a, writeSection(parts));
    }),
  ],

  LocksReleasedInv: (parts) =>
    parts.vcpus.flatMap(({ number: v, domainId: d }) => {
      const outside = ["idle", "ReturnFromCall"];
      return [
        notHeldAt(v, parts.versLock(d), v, outside),
        notHeldAt(v, parts.rxLock(d), v, outside),
        notHeldAt(v, parts.writer, v, outside),
        notHeldAt(v, parts.reader(v), parts.reader(v).mask, outside),
      ];
    }),

  LockOrderInv: (parts) =>
    parts.vcpus.flatMap(({ number: v, domainId: d }) => {
      const versLock = ["LockGuestVers"];
      const rxLock = ["LockRxToAcquire", "LockRxToRelease"];
      const listLock = ["WriteLockList", "ReadLockList"];
      return [
        notHeldAt(v, parts.rxLock(d), v, versLock),
        notHeldAt(v, parts.versLock(d), v, rxLock),
        notHeldAt(v, parts.writer, v, [...versLock, ...rxLock]),
        notHeldAt(v, parts.reader(v), parts.reader(v).mask, [...versLock, ...rxLock]),
        notHeldAt(v, parts.rxLock(d), v, listLock),
        notHeldAt(v, parts.writer, v, listLock),
        notHeldAt(v, parts.reader(v), parts.reader(v).mask, listLock),
      ];
    }),
};
