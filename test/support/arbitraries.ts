/** Arbitraries for mediators and for what guests do to them. */
import fc from "fast-check";
import { CHOICES, type Choices } from "../../src/choices.js";
import {
  FFA_FEATURES,
  FFA_ID_GET,
  FFA_INTERRUPT,
  FFA_PARTITION_INFO_GET,
  FFA_RX_RELEASE,
  FFA_RXTX_MAP_32,
  FFA_RXTX_MAP_64,
  FFA_RXTX_UNMAP,
  FFA_VERSION,
  FIXES,
  type MediatorOptions,
  NIL_UUID,
  presets,
  type Uuid,
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

/** A few, so that calls ask for one that somebody has. */
const uuid = fc.constantFrom<Uuid>([1, 2, 3, 4], [0, 0, 0, 1], [1, 2, 3, 0x80000004]);

const partition = fc.record(
  {
    id: fc.integer({ min: 0x8000, max: 0xffff }),
    executionContexts: fc.integer({ min: 0, max: 0xffff }),
    properties: word32,
    uuid,
  },
  { requiredKeys: ["id", "executionContexts", "properties"] },
);

/** Those of a mediator that is known, or any other. */
const choices: fc.Arbitrary<Choices> = fc.oneof(
  fc.constantFrom(...Object.values(presets).map((preset): Choices => preset.choices)),
  fc.record({
    otherMajor: fc.constantFrom(...CHOICES.otherMajor),
    greaterMinor: fc.constantFrom(...CHOICES.greaterMinor),
    takenAnswer: fc.constantFrom(...CHOICES.takenAnswer),
    laterAnswer: fc.constantFrom(...CHOICES.laterAnswer),
    ends: fc.constantFrom(...CHOICES.ends),
    initial: fc.constantFrom(...CHOICES.initial),
    early: fc.constantFrom(...CHOICES.early),
    featuresInput: fc.constantFrom(...CHOICES.featuresInput),
    featuresInterrupt: fc.constantFrom(...CHOICES.featuresInterrupt),
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

/** A call of the words that matter to it. */
const words = (...call: readonly number[]): readonly number[] => call;

const rxtxMap = fc
  .tuple(fc.constantFrom(FFA_RXTX_MAP_32, FFA_RXTX_MAP_64), fc.constantFrom(1, 1, 1, 0, 2))
  .map(([id, pages]) => words(id, 0x1000, 0x2000, pages));

const partitionInfoGet = fc
  .tuple(
    fc.oneof(
      { weight: 3, arbitrary: fc.constant(NIL_UUID) },
      { weight: 2, arbitrary: uuid },
      { weight: 1, arbitrary: fc.tuple(word32, word32, word32, word32) },
    ),
    fc.constantFrom(0, 0, 0, 1, 1, 2, 3),
  )
  .map(([of, flags]) => words(FFA_PARTITION_INFO_GET, ...of, flags));

/** With nothing in the registers that FFA_FEATURES has no use for, and with something. */
const features = fc
  .tuple(
    fc.oneof(fc.constantFrom(FFA_ID_GET, FFA_RXTX_MAP_64, FFA_INTERRUPT, 0xc4000061), word32),
    fc.constantFrom([0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 9]),
  )
  .map(([of, input]) => words(FFA_FEATURES, of, ...input));

/** IDs on both sides of FF-A's, of a trusted application and a trusted OS, and any others. */
const foreign = fc.oneof(
  fc.constantFrom(0x8400005f, 0x84000100, 0xc400005f, 0xc4000100, 0x04000063, 0x84010063),
  fc.constantFrom(0xb0000000, 0xbf00ff01, 0xf0000000, 0xffffffff, 0xaf000000, 0xef000063),
  word32,
);

/** w0..w7 of a call; the registers that it does not look at hold anything. */
export const callWords: fc.Arbitrary<readonly number[]> = fc
  .tuple(
    fc.oneof(
      { weight: 4, arbitrary: versionWord.map((word) => words(FFA_VERSION, word)) },
      { weight: 1, arbitrary: fc.constant(words(FFA_ID_GET)) },
      { weight: 2, arbitrary: fc.constant(words(FFA_INTERRUPT)) },
      { weight: 2, arbitrary: features },
      { weight: 2, arbitrary: fc.constant(words(FFA_RX_RELEASE)) },
      { weight: 3, arbitrary: rxtxMap },
      { weight: 2, arbitrary: fc.constant(words(FFA_RXTX_UNMAP)) },
      { weight: 6, arbitrary: partitionInfoGet },
      { weight: 2, arbitrary: foreign.map((id) => words(id)) },
      { weight: 1, arbitrary: fc.constantFrom(0xc4000063, 0x840000ff).map((id) => words(id)) },
    ),
    fc.array(word32, { minLength: 8, maxLength: 8 }),
  )
  .map(([call, rest]) => [...call, ...rest.slice(call.length)]);

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
