/** The defects seeded in the model, and for each the oracle that catches it. */
import type { Expression } from "tla2tools-runner";
import { childrenOf } from "tla2tools-runner";
import { builtin, number, type TreeEdit, use } from "../support/changedTrees.js";
import type { TestModel } from "../support/testModel.js";

export interface ModelMutant extends TreeEdit {
  readonly name: string;
  /** The kind of the verdict and what it names; or, where nothing is broken, the comparison. */
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

const variable = (name: string) => use("variable", name);
const unchanged = (name: string) => () => builtin("UNCHANGED", variable(name));
const always = () => builtin("TRUE");
const never = () => builtin("FALSE");
const myVersion = () => use("constant", "MyVersion");
const first = (found: Expression) => childrenOf(found)[0];

export const modelMutants: readonly ModelMutant[] = [
  {
    name: "guest_vers_lock does not exclude",
    definition: "LockGuestVers",
    find: "versLock[DomainOf[v]] = 0",
    replace: always,
    oracle: "invariant: LocksExcludeInv",
  },
  {
    name: "guest_vers is not looked at again under the lock",
    definition: "RereadGuestVers",
    find: "vers # NoVersion /\\ ~again",
    replace: never,
    oracle: "invariant: ListedOnceInv",
  },
  {
    name: "guest_vers_lock is kept on the way to the guest",
    definition: "UnlockToReturn",
    find: "versLock' = [versLock EXCEPT ![DomainOf[v]] = 0]",
    replace: unchanged("versLock"),
    oracle: "invariant: LocksExcludeInv",
  },
  {
    name: "the VM is counted twice",
    definition: "IncVmCount",
    find: "1",
    replace: () => number(2),
    oracle: "invariant: CountIsLengthInv",
  },
  {
    name: "the list is locked for writing while others read it",
    definition: "WriteLockList",
    find: "listReaders = {}",
    replace: always,
    bounds: "twoDomains",
    oracle: "invariant: CountReadAloneInv",
  },
  {
    name: "the list stays locked for reading",
    definition: "ReadUnlockList",
    find: "listReaders' = listReaders \\ {v}",
    replace: unchanged("listReaders"),
    oracle: "invariant: LocksExcludeInv",
  },
  {
    name: "bit 31 is let through",
    definition: "Outcome",
    find: 'Fixed("RefuseBit31") /\\ HasBit31(word)',
    replace: never,
    oracle: "action-property: RequestIsSettledProp",
  },
  {
    name: "a request settles on the mediator's version always",
    definition: "Settled",
    find: 'Outcome(word) = "taken"',
    replace: never,
    bounds: "lists",
    oracle: "invariant: RequestIsNotedInv",
  },
  {
    name: "the mediator's version is published, not the requested one",
    definition: "PublishGuestVers",
    find: "work[v][1]",
    replace: myVersion,
    bounds: "lists",
    oracle: "action-property: PublishedIsRequestedProp",
  },
  {
    name: "a version is published without a request",
    definition: "ReadVersTmp",
    find: "tmp = NoVersion",
    replace: never,
    oracle: "action-property: NoEffectBeforeRequestProp",
  },
  {
    name: "a domain is destroyed while its vCPUs are in the hypervisor",
    definition: "PauseDomain",
    find: '\\A v \\in Vcpus : DomainOf[v] = DomainOf[t] => pc[v] = "idle"',
    replace: always,
    oracle: "invariant: TeardownAloneInv",
  },
  {
    name: "teardown leaves the context on the list",
    definition: "UnlinkContext",
    find: "SelectSeq(ctxList, other)",
    replace: () => variable("ctxList"),
    oracle: "invariant: CountIsLengthInv",
  },
  {
    name: "a new life starts with the version of the last",
    definition: "FreeDomain",
    find: "guestVers' = [guestVers EXCEPT ![d] = NoVersion]",
    replace: unchanged("guestVers"),
    oracle: "invariant: CountCoversVersionsInv",
  },
  {
    name: "an action is left out",
    definition: "RxtxStep",
    find: "ReadRxToAcquire(v)",
    replace: never,
    bounds: "lists",
    oracle: "deadlock",
  },
  {
    name: "the entry of FF-A 1.1 has another size",
    definition: "EntrySize",
    find: "24",
    replace: () => number(16),
    bounds: "noRoom",
    oracle: "conform: other-state at WriteSpEntries",
  },
  {
    name: "no room is another error",
    definition: "NO_MEMORY",
    find: "3",
    replace: () => number(4),
    bounds: "noRoom",
    oracle: "conform: other-state at UnlockRxGiven",
  },
  {
    name: "the caller is told of itself",
    definition: "NextContext",
    find: "next = DomainOf[v]",
    replace: never,
    bounds: "lists",
    oracle: "conform: other-state at NextContext",
  },
  {
    name: "RX stays with the guest",
    definition: "GiveRx",
    find: '"free"',
    replace: () => use("definition", "Filling"),
    bounds: "noRoom",
    oracle: "conform: other-state at GiveRx",
  },
  {
    name: "a refused request answers with the mediator's version",
    definition: "OpenAnswer",
    find: "VersionRefused",
    replace: () => use("definition", "Version", myVersion()),
    oracle: "conform: other-state at UnlockToReturn",
  },
  {
    name: "a count takes nobody off",
    definition: "ReadUnlockList",
    find: "work[v][2] - 1",
    replace: first,
    oracle: "conform: other-state at ReadUnlockList",
  },
];
