/** The defects seeded in FfaMediator.tla, and for each the oracle that catches it. */
import type { TestModel } from "../support/testModel.js";
import type { Edit } from "./mutate.js";

export interface ModelMutant extends Edit {
  readonly name: string;
  /** The kind of TLC's verdict and what it names; or, where TLC finds nothing, the comparison. */
  readonly oracle: string;
  /** The bounds that show it; default `counts`. */
  readonly bounds?: keyof typeof mutantBounds;
}

/** Small models: two vCPUs of one domain, unless said otherwise, and two or three calls. */
export const mutantBounds = {
  counts: {
    calls: '{ <<"VERSION", 101>>, <<"VERSION", 10100>>, <<"PARTITION_INFO_GET", 1>> }',
  },
  /** With 1.0 an entry fits into RX. */
  lists: { calls: '{ <<"VERSION", 100>>, <<"PARTITION_INFO_GET", 0>> }' },
  /** With 1.1 none does. */
  noRoom: { calls: '{ <<"VERSION", 101>>, <<"PARTITION_INFO_GET", 0>> }' },
  twoDomains: {
    calls: '{ <<"VERSION", 101>>, <<"PARTITION_INFO_GET", 1>> }',
    constants: { NumDomains: "= 2", VcpusPerDomain: "= 1" },
  },
} satisfies Readonly<Record<string, Pick<TestModel, "calls" | "constants">>>;

export const modelMutants: readonly ModelMutant[] = [
  {
    name: "guest_vers_lock does not exclude",
    find: "    /\\ versLock[DomainOf[v]] = 0\n",
    replace: "",
    oracle: "invariant: LocksExcludeInv",
  },
  {
    name: "guest_vers is not looked at again under the lock",
    find: '                        [] vers # NoVersion /\\ ~again    -> "UnlockToDispatch"\n',
    replace: "",
    oracle: "invariant: ListedOnceInv",
  },
  {
    name: "guest_vers_lock is kept on the way to the guest",
    find: "/\\ versLock' = [versLock EXCEPT ![DomainOf[v]] = 0]\n    /\\ Answer(",
    replace: "/\\ UNCHANGED versLock\n    /\\ Answer(",
    oracle: "invariant: LocksExcludeInv",
  },
  {
    name: "the VM is counted twice",
    find: "vmCount' = vmCount + 1",
    replace: "vmCount' = vmCount + 2",
    oracle: "invariant: CountIsLengthInv",
  },
  {
    name: "the list is locked for writing while others read it",
    find: "    /\\ listWriter = 0 /\\ listReaders = {}\n    /\\ listWriter' = v\n",
    replace: "    /\\ listWriter = 0\n    /\\ listWriter' = v\n",
    bounds: "twoDomains",
    oracle: "invariant: CountReadAloneInv",
  },
  {
    name: "the list stays locked for reading",
    find: `    /\\ listReaders' = listReaders \\ {v}
    /\\ IF IsListing(v)`,
    replace: "    /\\ UNCHANGED listReaders\n    /\\ IF IsListing(v)",
    oracle: "invariant: LocksExcludeInv",
  },
  {
    name: "bit 31 is let through",
    find: 'CASE Fixed("RefuseBit31") /\\ HasBit31(word) -> "refuse"\n      [] Major',
    replace: "CASE Major",
    oracle: "action-property: RequestIsSettledProp",
  },
  {
    name: "a request settles on the mediator's version always",
    find: 'IF Outcome(word) = "taken" THEN word ELSE MyVersion',
    replace: "MyVersion",
    bounds: "lists",
    oracle: "invariant: RequestIsNotedInv",
  },
  {
    name: "the mediator's version is published, not the requested one",
    find: "guestVers' = [guestVers EXCEPT ![DomainOf[v]] = work[v][1]]",
    replace: "guestVers' = [guestVers EXCEPT ![DomainOf[v]] = MyVersion]",
    bounds: "lists",
    oracle: "action-property: PublishedIsRequestedProp",
  },
  {
    name: "a version is published without a request",
    find: "IF tmp = NoVersion",
    replace: "IF FALSE",
    oracle: "action-property: NoEffectBeforeRequestProp",
  },
  {
    name: "a domain is destroyed while its vCPUs are in the hypervisor",
    find: '    /\\ \\A v \\in Vcpus : DomainOf[v] = DomainOf[t] => pc[v] = "idle"\n',
    replace: "",
    oracle: "invariant: TeardownAloneInv",
  },
  {
    name: "teardown leaves the context on the list",
    find: "ctxList' = SelectSeq(ctxList, other)",
    replace: "UNCHANGED ctxList",
    oracle: "invariant: CountIsLengthInv",
  },
  {
    name: "a new life starts with the version of the last",
    find: "           /\\ guestVers' = [guestVers EXCEPT ![d] = NoVersion]\n",
    replace: "           /\\ UNCHANGED guestVers\n",
    oracle: "invariant: CountCoversVersionsInv",
  },
  {
    name: "an action is left out",
    find: "    \\/ ReadRxToAcquire(v)\n",
    replace: "",
    bounds: "lists",
    oracle: "deadlock",
  },
  {
    name: "the entry of FF-A 1.1 has another size",
    find: "IF vers = 100 THEN 8 ELSE 24",
    replace: "IF vers = 100 THEN 8 ELSE 16",
    bounds: "noRoom",
    oracle: "conform: other-state at WriteSpEntries",
  },
  {
    name: "no room is another error",
    find: "NO_MEMORY          == -3",
    replace: "NO_MEMORY          == -4",
    bounds: "noRoom",
    oracle: "conform: other-state at UnlockRxGiven",
  },
  {
    name: "the caller is told of itself",
    find: '                        [] next = DomainOf[v]   -> "NextContext"\n',
    replace: "",
    bounds: "lists",
    oracle: "conform: other-state at NextContext",
  },
  {
    name: "RX stays with the guest",
    find: 'WriteRxState(v, "free", "UnlockRxGiven")',
    replace: 'WriteRxState(v, Filling, "UnlockRxGiven")',
    bounds: "noRoom",
    oracle: "conform: other-state at GiveRx",
  },
  {
    name: "a refused request answers with the mediator's version",
    find: 'CASE Outcome(word) = "refuse"                                -> VersionRefused',
    replace: 'CASE Outcome(word) = "refuse"                                -> Version(MyVersion)',
    oracle: "conform: other-state at UnlockToReturn",
  },
  {
    name: "a count takes nobody off",
    find: "CountAnswer(v, work[v][2] - 1)",
    replace: "CountAnswer(v, work[v][2])",
    oracle: "conform: other-state at ReadUnlockList",
  },
];
