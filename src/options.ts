/** What can be chosen about a mediator, and the shape of what it serves. */
import { OK, REFUSALS } from "./abi.js";
import type { Choices } from "./choices.js";
import { designs, type Fix } from "./fixes.js";
import { type PartitionInfo, PROPERTY_TOLD_OF_VMS } from "./partitionEntry.js";
import { presets } from "./presets.js";

export interface MediatorOptions {
  /** The fixes that the design has; {@link designs} names some sets. */
  readonly fixes: readonly Fix[];
  /** How it negotiates; {@link presets} has those of some mediators. */
  readonly choices: Choices;
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
  /** What the secure world may answer: 0 for OK first, and then statuses below 0. */
  readonly secureAnswers: readonly number[];
  /** How many memory objects a domain can share at once, 0..32. */
  readonly maxShm: number;
  /** The size of a guest's RX buffer in bytes: a page or more, and at least one entry. */
  readonly rxBytes: number;
  /** The size of a guest's TX buffer in bytes: a page or more. */
  readonly txBytes: number;
  /** Whether a domain begins with its RX buffer mapped, as if FFA_RXTX_MAP had been called. */
  readonly mappedAtStart: boolean;
}

export const defaultOptions: MediatorOptions = {
  ...presets["xen-posted"],
  fixes: designs.hardened,
  vmToVm: true,
  maxDomains: 4,
  maxVcpus: 4,
  securePartitions: [],
  secureAnswers: [OK, ...REFUSALS],
  maxShm: 32,
  rxBytes: 4096,
  txBytes: 4096,
  mappedAtStart: false,
};

/** Whether the design has a fix. */
export const fixed = ({ fixes }: MediatorOptions, fix: Fix): boolean => fixes.includes(fix);

/**
 * The endpoint IDs of the SPs that are told of VMs; the n-th has bit n-1 in the mask of who is to
 * be told.
 */
export const subscribersOf = ({ securePartitions }: MediatorOptions): readonly number[] =>
  securePartitions
    .filter(({ properties }) => (properties & PROPERTY_TOLD_OF_VMS) === PROPERTY_TOLD_OF_VMS)
    .map(({ id }) => id);
