/** For every invariant and property of FfaMediator.tla a defect that breaks it. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { TlcResult, TlcTools } from "tla2tools-runner";
import type { Fix } from "../../src/fixes.js";
import type { Model } from "../../verify/mediator/model.js";
import { checkModel, type TestModel, writeTestModel } from "../support/testModel.js";
import type { Edit } from "./mutate.js";

export interface Breaker {
  /** The defect, for people. */
  readonly defect: string;
  readonly edits?: readonly Edit[];
  /** The calls that it takes to show; default {@link calls}. */
  readonly calls?: string;
  readonly constants?: TestModel["constants"];
}

/** Enough for every defect that is not about something special to show. */
const calls = `{ <<"VERSION", 100>>, <<"VERSION", 101>>, <<"VERSION", 10100>>, <<"ID_GET", 0>>,
      <<"PARTITION_INFO_GET", 0>>, <<"PARTITION_INFO_GET", 1>>, <<"RX_RELEASE", 0>> }`;

/** For the defects that are about the mapping of RX. */
const bufferCalls = `{ <<"VERSION", 101>>, <<"PARTITION_INFO_GET", 0>>, <<"RX_RELEASE", 0>>,
      <<"RXTX_MAP", 0>>, <<"RXTX_UNMAP", 0>> }`;

const posted: Breaker = { defect: "the posted design", constants: { Fixes: "<- Posted" } };

const dispatchBeforeVersion: Breaker = {
  defect: "a call is dispatched without a version",
  edits: [
    {
      find: `THEN GoTo(v, "LockGuestVers") /\\ UNCHANGED <<work, answer>>`,
      replace: "THEN Dispatch(v)",
    },
  ],
};

const stillNegotiating: Edit = {
  find: '                        [] vers # NoVersion /\\ ~again    -> "UnlockToDispatch"\n',
  replace: "",
};

const notUnlinked: Edit = {
  find: "ctxList' = SelectSeq(ctxList, other)",
  replace: "ctxList' = ctxList",
};

const twoByOne = { NumDomains: "= 2", VcpusPerDomain: "= 1", RxRoom: "= 96" };

const without = (fix: Fix, more: Partial<Breaker> = {}): Breaker => ({
  ...more,
  defect: `the design without ${fix}`,
  constants: { ...more.constants, Fixes: `<- Without${fix}` },
});

const withoutFfaIdsOnly = without("FfaIdsOnly", {
  calls: '{ <<"VERSION", 100>>, <<"FOREIGN", 1>> }',
});

/** By the name of the invariant or property that the defect breaks. */
export const breakers: Readonly<Record<string, Breaker>> = {
  TypeOK: {
    defect: "a vCPU keeps its call on the way out",
    edits: [
      {
        find: "    /\\ call' = [call EXCEPT ![v] = NoCall]\n",
        replace: "    /\\ UNCHANGED call\n",
      },
    ],
  },
  PublishedIsSupportedInv: posted,
  RequestIsNotedInv: {
    defect: "only the first request is noted",
    edits: [
      {
        find: "versTmp' = [versTmp EXCEPT ![DomainOf[v]] = settled]",
        replace:
          "versTmp' = [versTmp EXCEPT ![DomainOf[v]] = IF @ = NoVersion THEN settled ELSE @]",
      },
    ],
  },
  NoWorkBeforeVersionInv: dispatchBeforeVersion,
  NoAnswerBeforeVersionInv: dispatchBeforeVersion,
  NoNegativeAnswerInv: posted,
  CountIsPlainInv: without("PlainCount"),
  UuidIsOfSpsInv: without("VmsOnNilOnly", {
    calls: '{ <<"VERSION", 101>>, <<"PARTITION_COUNT_OF", 1>> }',
    constants: twoByOne,
  }),
  ForeignIsUnknownInv: withoutFfaIdsOnly,
  FfaCallPublishesProp: withoutFfaIdsOnly,
  CountCoversVersionsInv: posted,
  CountIsLengthInv: posted,
  CountReadAloneInv: without("CountInReadLock"),
  // The implementation's list has a place for each domain, so that one domain cannot be on it twice.
  ListedOnceInv: {
    defect: "the context is not unlinked, and a second life of the domain lists it again",
    edits: [notUnlinked],
    constants: twoByOne,
  },
  ListedWhenPublishedInv: {
    defect: "the context is not appended",
    edits: [{ find: "ctxList' = Append(ctxList, DomainOf[v])", replace: "ctxList' = ctxList" }],
  },
  NoFreedContextListedInv: {
    defect: "the context is not unlinked",
    edits: [notUnlinked],
  },
  NoFreedContextVisitedInv: {
    defect: "a domain with a version is dropped without teardown",
    edits: [
      {
        find: "GoTo(t, IF guestVers[DomainOf[t]] \\in {NoVersion, Closed}",
        replace: "GoTo(t, IF TRUE",
      },
    ],
    constants: twoByOne,
  },
  ReachableIsListedInv: posted,
  ListedIsReachableInv: posted,
  FillerOwnsRxInv: without("FillerOwnsRx", { calls: bufferCalls }),
  OneFillerInv: without("FillerOwnsRx", { calls: bufferCalls }),
  FilledIsMappedInv: without("MapInRxLock", { calls: bufferCalls }),
  MapChangesInv: without("MapInRxLock", { calls: bufferCalls }),
  FreeIsMappedInv: without("MapInRxLock", { calls: bufferCalls }),
  LocksExcludeInv: {
    defect: "guest_vers_lock does not exclude",
    edits: [{ find: "    /\\ versLock[DomainOf[v]] = 0\n", replace: "" }],
  },
  LocksReleasedInv: {
    defect: "guest_vers_lock is kept on the way to the guest",
    edits: [
      {
        find: "/\\ versLock' = [versLock EXCEPT ![DomainOf[v]] = 0]\n    /\\ Answer(",
        replace: "/\\ UNCHANGED versLock\n    /\\ Answer(",
      },
    ],
  },
  LockOrderInv: {
    defect: "guest_vers_lock is kept behind negotiation",
    edits: [
      {
        find: "/\\ versLock' = [versLock EXCEPT ![DomainOf[v]] = 0]\n    /\\ Dispatch(v)",
        replace: "/\\ UNCHANGED versLock\n    /\\ Dispatch(v)",
      },
    ],
  },
  TeardownAloneInv: {
    defect: "pausing does not wait for vCPUs",
    edits: [
      {
        find: '    /\\ \\A v \\in Vcpus : DomainOf[v] = DomainOf[t] => pc[v] = "idle"\n',
        replace: "",
      },
    ],
  },
  VersionSetOnceProp: {
    defect: "negotiation never ends",
    edits: [
      stillNegotiating,
      { find: "/\\ IF guestVers[DomainOf[v]] = NoVersion\n", replace: "/\\ IF TRUE\n" },
    ],
  },
  PublishedIsRequestedProp: {
    defect: "the mediator's version is published",
    edits: [
      {
        find: "guestVers' = [guestVers EXCEPT ![DomainOf[v]] = work[v][1]]",
        replace: "guestVers' = [guestVers EXCEPT ![DomainOf[v]] = MyVersion]",
      },
    ],
  },
  RequestIsSettledProp: posted,
  NoEffectBeforeRequestProp: {
    defect: "a version is published without a request",
    edits: [
      { find: "       IN  IF tmp = NoVersion\n", replace: "       IN  IF FALSE\n" },
      {
        find: "/\\ work' = [work EXCEPT ![v] = <<tmp>>]",
        replace: "/\\ work' = [work EXCEPT ![v] = <<101>>]",
      },
    ],
  },
};

/** Runs TLC on a model with the defect, which is asked for the one invariant or property only. */
export async function runBreaker(
  name: string,
  breaker: Breaker,
  directory: string,
  tools: TlcTools,
): Promise<{ readonly model: Model; readonly result: TlcResult }> {
  const place = join(directory, name);
  mkdirSync(place);
  const { edits = [], constants = {} } = breaker;
  const model = writeTestModel(place, {
    calls: breaker.calls ?? calls,
    constants,
    edits,
    ...(name.endsWith("Prop") ? { properties: [name] } : { invariants: [name] }),
  });
  return { model, result: await checkModel(model, tools) };
}
