/** The invariants of FfaMediator.tla, by name, as clauses over the state of the implementation. */
import { ABSENT, RUNNING } from "../../../src/sync/index.js";
import { hasBit31, isRefused, NO_VERSION, supportedVersions } from "../../../src/version.js";
import type { StateClause } from "../../engine/clause.js";
import { wordFromModel } from "../correspondence/words.js";
import { type MediatorParts, pcOf, toldOf, visitedOf } from "./mediatorView.js";

type Clauses = (parts: MediatorParts) => readonly StateClause[];

const BEHIND_DISPATCH = new Set([
  "ReadNegotiatedVers",
  "ReadEntryVers",
  "ReadFlagVers",
  "ReadVmCount",
  "LockRxToAcquire",
  "ReadRxToAcquire",
  "TakeRx",
  "UnlockRxTaken",
  "UnlockRxBusy",
  "WriteSpEntries",
  "ReadLockList",
  "NextContext",
  "WriteEntry",
  "ReadUnlockList",
  "ReadUnlockNoRoom",
  "LockRxToRelease",
  "ReadRxToRelease",
  "GiveRx",
  "UnlockRxGiven",
  "UnlockRxDenied",
]);

const RETURN = "ReturnFromCall";
const NOT_SUPPORTED = -1;

export const stateInvariants: Readonly<Record<string, Clauses>> = {
  // A packed state cannot hold a value outside its declared range; a step to one is a fault.
  TypeOK: () => [],

  PublishedIsSupportedInv: (parts) =>
    parts.domains.map((d) => ({
      actors: [],
      slots: [parts.vers(d)],
      holds: (state) =>
        [NO_VERSION, ...supportedVersions(parts.system.options.version)].includes(
          parts.versOf(state, d),
        ),
    })),

  RequestIsNotedInv: (parts) =>
    parts.vcpus.map(({ number: v, domainId: d }) => ({
      actors: [v],
      slots: [parts.versTmp(d)],
      holds: (state) => {
        const call = toldOf(state, v, "call");
        if (pcOf(state, v) !== "UnlockToReturn" || call?.name !== "VERSION") return true;
        const { options } = parts.system;
        const asked = wordFromModel(call.first);
        if (isRefused(asked, options) || hasBit31(asked)) return true;
        const supported = supportedVersions(options.version).includes(asked);
        return parts.versTmpOf(state, d) === (supported ? asked : options.version);
      },
    })),

  NoWorkBeforeVersionInv: (parts) =>
    parts.vcpus.map(({ number: v, domainId: d }) => ({
      actors: [v],
      slots: [parts.vers(d)],
      holds: (state) =>
        !BEHIND_DISPATCH.has(pcOf(state, v)) || parts.versOf(state, d) !== NO_VERSION,
    })),

  NoAnswerBeforeVersionInv: (parts) =>
    parts.vcpus.map(({ number: v, domainId: d }) => ({
      actors: [v],
      slots: [parts.vers(d)],
      holds: (state) => {
        if (pcOf(state, v) !== RETURN || toldOf(state, v, "call")?.name === "VERSION") return true;
        const answer = toldOf(state, v, "answer");
        const refused = answer?.name === "ERROR" && answer.first === NOT_SUPPORTED;
        return refused || parts.versOf(state, d) !== NO_VERSION;
      },
    })),

  NoNegativeAnswerInv: (parts) =>
    parts.vcpus.map(({ number: v }) => ({
      actors: [v],
      slots: [],
      holds: (state) => {
        if (pcOf(state, v) !== RETURN) return true;
        if (toldOf(state, v, "call")?.name !== "PARTITION_INFO_GET") return true;
        const answer = toldOf(state, v, "answer");
        if (answer?.name !== "SUCCESS") return true;
        return answer.first >= parts.system.options.securePartitions.length;
      },
    })),

  CountCoversVersionsInv: (parts) =>
    parts.vmToVm
      ? [
          {
            actors: [],
            slots: [parts.count, ...parts.domains.flatMap((d) => [parts.life(d), parts.vers(d)])],
            holds: (state) => {
              const counted = parts.domains.filter((d) => {
                return parts.lifeOf(state, d) === RUNNING && parts.versOf(state, d) !== NO_VERSION;
              });
              return vmCount(parts, state) >= counted.length;
            },
          },
        ]
      : [],

  CountIsLengthInv: (parts) => [
    {
      actors: [],
      slots: [parts.writer, parts.count, ...parts.list],
      holds: (state) =>
        state.code(parts.writer.slot) !== 0 ||
        vmCount(parts, state) === parts.members(state).length,
    },
  ],

  ListedOnceInv: (parts) => [
    {
      actors: [],
      slots: parts.list,
      holds: (state) => new Set(parts.members(state)).size === parts.members(state).length,
    },
  ],

  ListedWhenPublishedInv: (parts) =>
    parts.vmToVm
      ? parts.domains.map((d) => ({
          actors: [],
          slots: [parts.versLock(d), parts.life(d), parts.vers(d), ...parts.list],
          holds: (state) =>
            state.code(parts.versLock(d).slot) !== 0 ||
            parts.lifeOf(state, d) !== RUNNING ||
            parts.listed(state, d) === (parts.versOf(state, d) !== NO_VERSION),
        }))
      : [],

  NoFreedContextListedInv: (parts) =>
    parts.domains.map((d) => ({
      actors: [],
      slots: [parts.life(d), ...parts.list],
      holds: (state) => !parts.listed(state, d) || parts.lifeOf(state, d) !== ABSENT,
    })),

  NoFreedContextVisitedInv: (parts) =>
    parts.vcpus.map(({ number: v }) => ({
      actors: [v],
      slots: parts.domains.map((d) => parts.life(d)),
      holds: (state) => {
        if (!["NextContext", "WriteEntry"].includes(pcOf(state, v))) return true;
        const visited = visitedOf(state, v);
        return visited === 0 || parts.lifeOf(state, visited) !== ABSENT;
      },
    })),

  ReachableIsListedInv: (parts) => lookedUp(parts, (reachable, listed) => !reachable || listed),

  ListedIsReachableInv: (parts) => lookedUp(parts, (reachable, listed) => !listed || reachable),

  TeardownAloneInv: (parts) =>
    parts.vcpus.map(({ number: v, domainId: d }) => ({
      actors: [v],
      slots: [parts.life(d)],
      holds: (state) => parts.lifeOf(state, d) === RUNNING || pcOf(state, v) === "idle",
    })),
};

const vmCount = (parts: MediatorParts, state: Parameters<StateClause["holds"]>[0]): number =>
  parts.value(state, parts.system.state.contextList.vmCount);

/**
 * What FFA_MSG_SEND2 finds in the posted design, against what PARTITION_INFO_GET lists, while
 * nobody changes the list.
 */
function lookedUp(
  parts: MediatorParts,
  agree: (reachable: boolean, listed: boolean) => boolean,
): readonly StateClause[] {
  if (!parts.vmToVm) return [];
  return parts.domains.map((d) => ({
    actors: [],
    slots: [parts.writer, ...parts.list, parts.life(d), parts.dying(d), parts.vers(d)],
    holds: (state) => {
      if (state.code(parts.writer.slot) !== 0) return true;
      const listed = parts.listed(state, d);
      const live =
        parts.lifeOf(state, d) !== ABSENT &&
        !parts.isDying(state, d) &&
        parts.versOf(state, d) !== NO_VERSION;
      return agree(live, listed);
    },
  }));
}
