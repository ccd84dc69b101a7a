/** For every invariant and property of FfaMediator.tla a defect that breaks it. */
import { type OpenModel, openModel } from "tla2tools-runner";
import type { Fix } from "../../src/fixes.js";
import type { Model } from "../../verify/mediator/model.js";
import { builtin, number, type TreeEdit, use, withEdit } from "../support/changedTrees.js";
import { modelInMemory, type TestModel } from "../support/testModel.js";

export interface Defect {
  /** For people. */
  readonly defect: string;
  readonly edits?: readonly TreeEdit[];
  /** What the guests call, where it is not `calls`. */
  readonly calls?: string;
  readonly constants?: TestModel["constants"];
}

const variable = (name: string) => use("variable", name);
const unchanged = (name: string) => builtin("UNCHANGED", variable(name));
const nothing = () => builtin("TRUE");

/** Enough for every defect that is not about the mapping of RX to show. */
const calls = `{ <<"VERSION", 100>>, <<"VERSION", 101>>, <<"VERSION", 10100>>, <<"ID_GET", 0>>,
      <<"PARTITION_INFO_GET", 1>> }`;

/** For the defects that are. */
const bufferCalls = `{ <<"VERSION", 101>>, <<"PARTITION_INFO_GET", 0>>, <<"RX_RELEASE", 0>>,
      <<"RXTX_MAP", 0>>, <<"RXTX_UNMAP", 0>> }`;

/** For the defects that take this alone, or two domains, whose states are many. */
const countCalls = `{ <<"VERSION", 101>>, <<"PARTITION_INFO_GET", 1>> }`;
const joinCalls = `{ <<"VERSION", 101>>, <<"ID_GET", 0>> }`;
const listCalls = `{ <<"VERSION", 100>>, <<"PARTITION_INFO_GET", 0>> }`;

const messageCalls = `{ <<"VERSION", 101>>, <<"SEND2", 0>> }`;
const txCalls = `{ <<"VERSION", 101>>, <<"SEND2", 0>>, <<"MEM_SHARE", 0>> }`;
const memoryCalls = `{ <<"VERSION", 101>>, <<"MEM_SHARE", 0>>, <<"MEM_RECLAIM", 1>> }`;

const posted: Defect = { defect: "the posted design", constants: { Fixes: "<- Posted" } };

const dispatchBeforeVersion: Defect = {
  defect: "a call is dispatched without a version",
  edits: [
    {
      definition: "ReadGuestVers",
      find: 'GoTo(v, "LockGuestVers") /\\ UNCHANGED <<work, answer>>',
      replace: () => use("definition", "Dispatch", use("parameter", "v")),
    },
  ],
};

const versLockIsKept = (definition: string): TreeEdit => ({
  definition,
  find: "versLock' = [versLock EXCEPT ![DomainOf[v]] = 0]",
  replace: () => unchanged("versLock"),
});

const firstRequest = builtin(
  "=",
  builtin(
    "apply",
    variable("versTmp"),
    builtin("apply", use("definition", "DomainOf"), use("parameter", "v")),
  ),
  use("definition", "NoVersion"),
);

const twoByOne = { NumDomains: "= 2", VcpusPerDomain: "= 1", RxRoom: "= 96" };

// A second life of the domain lists it again.
const notUnlinked: Defect = {
  defect: "the context is not unlinked",
  edits: [
    {
      definition: "UnlinkContext",
      find: "SelectSeq(ctxList, other)",
      replace: () => variable("ctxList"),
    },
  ],
  calls: joinCalls,
  constants: twoByOne,
};

const without = (fix: Fix, needed: string, constants = {}): Defect => ({
  defect: `the design without ${fix}`,
  calls: needed,
  constants: { ...constants, Fixes: `<- Without${fix}` },
});

const withoutMapInRxLock = without("MapInRxLock", bufferCalls);
const withoutFillerOwnsRx = without("FillerOwnsRx", bufferCalls);
const toSecond = { ...twoByOne, TxContents: "= {2}" };
const withoutSendToListed = without("SendToListed", messageCalls, toSecond);
const receiverIsNotHeld: Defect = {
  defect: "a sender does not hold its receiver",
  edits: [
    {
      definition: "HoldListed",
      find: "held' = [held EXCEPT ![Receiver(v)] = @ \\cup {v}]",
      replace: () => unchanged("held"),
    },
  ],
  calls: messageCalls,
  constants: toSecond,
};

/** One vCPU whose TX has a memory to be shared. */
const oneSharer = { VcpusPerDomain: "= 1", TxContents: "= {20}" };
const withoutFfaIdsOnly = without("FfaIdsOnly", '{ <<"VERSION", 100>>, <<"FOREIGN", 1>> }');

/** By the name of the invariant or property that the defect breaks. */
export const breakers: Readonly<Record<string, Defect>> = {
  TypeOK: {
    defect: "a vCPU keeps its call on the way out",
    edits: [
      {
        definition: "ReturnFromCall",
        find: "call' = [call EXCEPT ![v] = NoCall]",
        replace: () => unchanged("call"),
      },
    ],
  },
  PublishedIsSupportedInv: posted,
  RequestIsNotedInv: {
    defect: "only the first request is noted",
    edits: [
      {
        definition: "WriteVersTmp",
        find: "versTmp' = [versTmp EXCEPT ![DomainOf[v]] = settled]",
        replace: (found) => builtin("if", firstRequest, found, unchanged("versTmp")),
      },
    ],
  },
  NoWorkBeforeVersionInv: dispatchBeforeVersion,
  NoAnswerBeforeVersionInv: dispatchBeforeVersion,
  NoNegativeAnswerInv: posted,
  CountIsPlainInv: without("PlainCount", countCalls),
  UuidIsOfSpsInv: without(
    "VmsOnNilOnly",
    '{ <<"VERSION", 101>>, <<"PARTITION_COUNT_OF", 1>> }',
    twoByOne,
  ),
  ForeignIsUnknownInv: withoutFfaIdsOnly,
  FfaCallPublishesProp: withoutFfaIdsOnly,
  CountCoversVersionsInv: posted,
  CountIsLengthInv: posted,
  CountReadAloneInv: without("CountInReadLock", countCalls),
  ListedOnceInv: notUnlinked,
  ListedWhenPublishedInv: {
    defect: "the context is not appended",
    edits: [
      {
        definition: "AppendContext",
        find: "Append(ctxList, DomainOf[v])",
        replace: () => variable("ctxList"),
      },
    ],
  },
  NoFreedContextListedInv: notUnlinked,
  NoFreedContextVisitedInv: {
    defect: "a domain with a version is dropped without teardown",
    edits: [
      {
        definition: "TeardownReadVers",
        find: "guestVers[DomainOf[t]] \\in {NoVersion, Closed}",
        replace: nothing,
      },
    ],
    calls: listCalls,
    constants: twoByOne,
  },
  FoundIsListedProp: withoutSendToListed,
  ListedIsFoundProp: withoutSendToListed,
  NoFreedContextTouchedInv: receiverIsNotHeld,
  HeldIsFoundInv: receiverIsNotHeld,
  FillerOwnsRxInv: withoutFillerOwnsRx,
  OneFillerInv: withoutFillerOwnsRx,
  FilledIsMappedInv: withoutMapInRxLock,
  ReadIsMappedInv: without("TxIsMapped", txCalls, { MappedAtStart: "= FALSE" }),
  MapChangesInv: withoutMapInRxLock,
  FreeIsMappedInv: withoutMapInRxLock,
  ShmIsCountedInv: {
    defect: "a memory object is not counted",
    edits: [
      {
        definition: "IncShmCount",
        find: "shmCount' = [shmCount EXCEPT ![DomainOf[v]] = @ + 1]",
        replace: () => unchanged("shmCount"),
      },
    ],
    calls: memoryCalls,
    constants: oneSharer,
  },
  // What an SP does not give back is the domain's last tie to its memory.
  SharedIsKeptInv: {
    defect: "a memory object does not keep its domain",
    edits: [
      {
        definition: "GetDomainForShm",
        find: "refs' = [refs EXCEPT ![DomainOf[v]] = @ + 1]",
        replace: () => unchanged("refs"),
      },
    ],
    calls: memoryCalls,
    constants: { ...oneSharer, SpAnswers: "<- OkOrAborted" },
  },
  LinkedIsSharedInv: {
    defect: "a memory object that is reclaimed stays linked",
    edits: [
      {
        definition: "UnlinkShm",
        find: "shmList' = [shmList EXCEPT ![DomainOf[v]] = Without(@, Argument(v))]",
        replace: () => unchanged("shmList"),
      },
    ],
    calls: memoryCalls,
    constants: oneSharer,
  },
  RetryIsForAnSpInv: without("RetryOnlyLeft", memoryCalls, {
    ...oneSharer,
    SpAnswers: "<- OkOrAborted",
  }),
  RetryIsTimedInv: {
    defect: "the timer is not set",
    edits: [
      { definition: "SetTimer", find: "timerSet' = TRUE", replace: () => unchanged("timerSet") },
    ],
    calls: joinCalls,
    constants: { VcpusPerDomain: "= 1", Subscribers: "= 1", SpAnswers: "<- OkOrRetry" },
  },
  LocksExcludeInv: {
    defect: "guest_vers_lock does not exclude",
    edits: [{ definition: "LockGuestVers", find: "versLock[DomainOf[v]] = 0", replace: nothing }],
  },
  LocksReleasedInv: {
    defect: "guest_vers_lock is kept on the way to the guest",
    edits: [versLockIsKept("UnlockToReturn")],
  },
  LockOrderInv: {
    defect: "guest_vers_lock is kept behind negotiation",
    edits: [versLockIsKept("UnlockToDispatch")],
  },
  TeardownAloneInv: {
    defect: "pausing does not wait for vCPUs",
    edits: [
      {
        definition: "PauseDomain",
        find: '\\A v \\in Vcpus : DomainOf[v] = DomainOf[t] => pc[v] = "idle"',
        replace: nothing,
      },
    ],
  },
  VersionSetOnceProp: {
    defect: "negotiation never ends",
    edits: [
      {
        definition: "RereadGuestVers",
        find: "vers # NoVersion /\\ ~again",
        replace: () => builtin("FALSE"),
      },
      { definition: "ReadGuestVers", find: "guestVers[DomainOf[v]] = NoVersion", replace: nothing },
    ],
  },
  PublishedIsRequestedProp: {
    defect: "the mediator's version is published",
    edits: [
      {
        definition: "PublishGuestVers",
        find: "work[v][1]",
        replace: () => use("constant", "MyVersion"),
      },
    ],
  },
  RequestIsSettledProp: posted,
  NoEffectBeforeRequestProp: {
    defect: "a version is published without a request",
    edits: [
      { definition: "ReadVersTmp", find: "tmp = NoVersion", replace: () => builtin("FALSE") },
      {
        definition: "ReadVersTmp",
        find: "<<tmp>>",
        replace: () => builtin("tuple", number(101)),
      },
    ],
  },
};

/** The model with the defect, and the one that the implementation is configured as. */
export function brokenModel({ edits = [], constants = {}, ...defect }: Defect): {
  readonly model: Model;
  readonly broken: OpenModel;
} {
  const model = modelInMemory({ calls, ...defect, constants });
  const modules = edits.reduce(withEdit, model.spec.modules);
  return { model, broken: openModel({ ...model.spec, modules, specification: "Spec" }) };
}
