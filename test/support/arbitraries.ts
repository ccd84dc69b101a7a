/** Arbitraries for mediators and for what guests do to them. */
import fc from "fast-check";
import { CHOICES, type Choices } from "../../src/choices.js";
import { FIXES } from "../../src/fixes.js";
import {
  FFA_FEATURES,
  FFA_ID_GET,
  FFA_INTERRUPT,
  FFA_PARTITION_INFO_GET,
  FFA_RX_RELEASE,
  FFA_RXTX_MAP_64,
  FFA_RXTX_UNMAP,
  FFA_VERSION,
  type MediatorOptions,
} from "../../src/index.js";
import { defaultOptions } from "../../src/options.js";
import { KNOWN_VERSIONS } from "../../src/versionWord.js";

export const word32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });

/** Version words: mostly those on which comparisons turn. */
export const versionWord = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...KNOWN_VERSIONS) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(0, 0x10003, 0x20000, 0x80010000, 0x80010001, 0x7fffffff),
  },
  { weight: 1, arbitrary: word32 },
);

const partition = fc.record({
  id: fc.integer({ min: 0x8000, max: 0xffff }),
  executionContexts: fc.integer({ min: 0, max: 0xffff }),
  properties: word32,
});

/** Every choice by itself; half of all are Xen's. */
const choices: fc.Arbitrary<Choices> = fc.oneof(
  fc.constant(defaultOptions.choices),
  fc.record({
    otherMajor: fc.constantFrom(...CHOICES.otherMajor),
    greaterMinor: fc.constantFrom(...CHOICES.greaterMinor),
    takenAnswer: fc.constantFrom(...CHOICES.takenAnswer),
    laterAnswer: fc.constantFrom(...CHOICES.laterAnswer),
    ends: fc.constantFrom(...CHOICES.ends),
    initial: fc.constantFrom(...CHOICES.initial),
    early: fc.constantFrom(...CHOICES.early),
  }),
);

export const mediatorOptions: fc.Arbitrary<MediatorOptions> = fc.record({
  fixes: fc.subarray([...FIXES]),
  choices,
  version: fc.constantFrom(...KNOWN_VERSIONS),
  vmToVm: fc.boolean(),
  maxDomains: fc.constant(defaultOptions.maxDomains),
  maxVcpus: fc.constant(2),
  securePartitions: fc.array(partition, { maxLength: 2 }),
  rxBytes: fc.constantFrom(4096, 96, 48, 24),
  mappedAtStart: fc.boolean(),
});

/** w0..w7 of a call; the registers that it does not look at hold anything. */
export const callWords: fc.Arbitrary<readonly number[]> = fc
  .tuple(
    fc.oneof(
      { weight: 3, arbitrary: versionWord.map((word) => [FFA_VERSION, word]) },
      { weight: 1, arbitrary: fc.constant([FFA_ID_GET]) },
      {
        weight: 1,
        arbitrary: fc.tuple(fc.constant(FFA_FEATURES), word32).map((words) => [...words]),
      },
      { weight: 1, arbitrary: fc.constant([FFA_FEATURES, FFA_ID_GET]) },
      { weight: 2, arbitrary: fc.constant([FFA_RX_RELEASE]) },
      { weight: 2, arbitrary: fc.constantFrom(0, 1, 1, 1, 2).map(rxtxMap) },
      { weight: 1, arbitrary: fc.constant([FFA_RXTX_UNMAP]) },
      { weight: 2, arbitrary: fc.constant([FFA_INTERRUPT]) },
      { weight: 5, arbitrary: fc.constantFrom(0, 0, 0, 1, 1, 2, 3).map(partitionInfoGet) },
      { weight: 1, arbitrary: fc.tuple(word32).map((words) => [...words]) },
    ),
    fc.array(word32, { minLength: 8, maxLength: 8 }),
  )
  .map(([words, rest]) => [...words, ...rest.slice(words.length)]);

function rxtxMap(pages: number): number[] {
  return [FFA_RXTX_MAP_64, 0x1000, 0x2000, pages];
}

function partitionInfoGet(flags: number): number[] {
  return [FFA_PARTITION_INFO_GET, 0, 0, 0, 0, flags];
}

/** What happens next: to which domain, and on which of its vCPUs. */
export type GuestAction =
  | {
      readonly kind: "create";
      readonly id: number;
      readonly vcpus: number;
      readonly is64bit: boolean;
    }
  | { readonly kind: "destroy"; readonly id: number }
  | {
      readonly kind: "call";
      readonly id: number;
      readonly vcpu: number;
      readonly words: readonly number[];
    };

const id = fc.integer({ min: 1, max: defaultOptions.maxDomains });
const vcpu = fc.integer({ min: 1, max: 2 });

export const guestAction: fc.Arbitrary<GuestAction> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("create"), id, vcpus: vcpu, is64bit: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("destroy"), id }) },
  {
    weight: 20,
    arbitrary: fc.record({ kind: fc.constant("call"), id, vcpu, words: callWords }),
  },
);
