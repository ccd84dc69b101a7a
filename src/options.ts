/** What can be chosen about a mediator, and the shape of what it serves. */
import type { PartitionInfo } from "./partitionInfo.js";
import { VERSION_1_1 } from "./version.js";

/** The code as it was posted, or the design in which every property holds. */
export const DESIGNS = ["posted", "hardened"] as const;
export type Design = (typeof DESIGNS)[number];

/** What FFA_VERSION answers after negotiation; Xen, Hafnium and pKVM differ here. */
export const POLICIES = ["always-mine", "refuse-other", "refuse-lower"] as const;
export type Policy = (typeof POLICIES)[number];

export interface MediatorOptions {
  readonly design: Design;
  readonly policy: Policy;
  /** The mediator's own version word: 1.0, 1.1 or 1.2. */
  readonly version: number;
  /** Whether VM-to-VM support is compiled in (`CONFIG_FFA_VM_TO_VM`). */
  readonly vmToVm: boolean;
  /** How many domains there can be at once: their IDs are 1..maxDomains. */
  readonly maxDomains: number;
  /** How many vCPUs a domain can have. */
  readonly maxVcpus: number;
  /** What the secure world reports of its partitions. */
  readonly securePartitions: readonly PartitionInfo[];
  /** The size of a guest's RX buffer in bytes. */
  readonly rxBytes: number;
}

export const defaultOptions: MediatorOptions = {
  design: "hardened",
  policy: "always-mine",
  version: VERSION_1_1,
  vmToVm: true,
  maxDomains: 4,
  maxVcpus: 4,
  securePartitions: [],
  rxBytes: 4096,
};
