/** The behaviors whose states and steps are perturbed; together they take every action. */
import type { Walk } from "./walk.js";

/** The length and the seed are such that the behavior comes to what it is about. */
export interface Behavior extends Walk {
  /** One word, which witnesses go by. */
  readonly name: string;
  /** What it was made for. */
  readonly about: string;
  /** Of the manifest. */
  readonly model: string;
}

export const behaviors: readonly Behavior[] = [
  {
    name: "siblings",
    about: "two siblings make every call",
    model: "MC1x2",
    length: 500,
    seed: 1,
  },
  {
    name: "listings",
    about: "two siblings list, each beside the other",
    model: "MC1x2",
    length: 500,
    seed: 1,
    late: "LockRxToAcquire",
  },
  {
    name: "domains",
    about: "two domains list each other, leave and come back",
    model: "MC2x1",
    length: 600,
    seed: 2,
  },
  {
    name: "every-call",
    about: "one vCPU makes every call with every branch",
    model: "MC1x1",
    length: 600,
    seed: 1,
  },
  {
    name: "posted-siblings",
    about: "the posted design, two siblings, and a version with bit 31",
    model: "MC1x2Posted",
    length: 400,
    seed: 1,
  },
  {
    name: "posted-domains",
    about: "the posted design, two domains",
    model: "MC2x1Posted",
    length: 400,
    seed: 1,
  },
  {
    name: "no-vm-to-vm",
    about: "built without VM-to-VM",
    model: "MCNoVmToVm",
    length: 200,
    seed: 1,
  },
  {
    name: "closed",
    about: "a call that comes too early closes negotiation",
    model: "MCTfA",
    length: 300,
    seed: 1,
  },
  {
    name: "endless",
    about: "a version is in force from the start, and negotiation never ends",
    model: "MCOpTee",
    length: 300,
    seed: 1,
  },
  {
    name: "compared",
    about: "an interrupt ends nothing, and a later version is compared",
    model: "MCHafnium",
    length: 300,
    seed: 1,
  },
  {
    name: "rx-lock-first",
    about: "without TxLockFirst, where mapping takes its locks the other way",
    model: "MCWithoutTxLockFirst",
    length: 300,
    seed: 1,
  },
  {
    name: "bit-31",
    about: "a version with bit 31 is in force",
    model: "MCWithoutRefuseBit31",
    length: 200,
    seed: 2,
  },
  {
    name: "messages",
    about: "two domains send to each other, and map and unmap",
    model: "MCMessage2x1",
    length: 700,
    seed: 3,
  },
  {
    name: "slow-messages",
    about: "a receiver is torn down while its message is copied",
    model: "MCMessage2x1",
    length: 700,
    seed: 3,
    late: "EndCopy",
  },
  {
    name: "posted-messages",
    about: "the posted design, messages",
    model: "MCMessage2x1Posted",
    length: 500,
    seed: 1,
  },
  {
    name: "headers",
    about: "a mediator of 1.2, and senders with either header",
    model: "MCMessageHeader2x1",
    length: 400,
    seed: 1,
  },
  {
    name: "memory",
    about: "two siblings share memory and take it back",
    model: "MCMemory1x2",
    length: 400,
    seed: 1,
  },
  {
    name: "all-together",
    about: "listings, messages and memory beside each other",
    model: "MCListing2x1",
    length: 925,
    seed: 2,
    late: "LockRxToAcquire",
  },
  {
    name: "teardown",
    about: "SPs answer everything, and the timer goes on",
    model: "MCTeardown1x1",
    length: 600,
    seed: 1,
  },
  {
    name: "teardowns",
    about: "two domains are torn down beside each other",
    model: "MCTeardown2x1",
    length: 800,
    seed: 1,
  },
];
