/** Arbitraries for mediators and for what guests do to them. */
import fc from "fast-check";
import { CHOICES, type Choices } from "../../src/choices.js";
import {
  FFA_FEATURES,
  FFA_ID_GET,
  FFA_INTERRUPT,
  FFA_MEM_RECLAIM,
  FFA_MEM_SHARE_32,
  FFA_MEM_SHARE_64,
  FFA_MSG_SEND2,
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
import { encodeDescriptor } from "../../src/memoryDescriptor.js";
import { defaultOptions } from "../../src/options.js";
import { KNOWN_VERSIONS } from "../../src/versionWord.js";
import { headerBytes } from "./describedBytes.js";

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
  secureAnswers: fc.constant(defaultOptions.secureAnswers),
  maxShm: fc.constantFrom(32, 2, 1, 0),
  rxBytes: fc.constantFrom(4096, 96, 48, 40),
  txBytes: fc.constantFrom(4096, 128, 96, 40),
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
    fc.oneof(
      fc.constantFrom(FFA_ID_GET, FFA_RXTX_MAP_64, FFA_INTERRUPT, 0xc4000061),
      fc.constantFrom(FFA_MSG_SEND2, FFA_MEM_SHARE_32, FFA_MEM_SHARE_64, FFA_MEM_RECLAIM),
      word32,
    ),
    fc.constantFrom([0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 9]),
  )
  .map(([of, input]) => words(FFA_FEATURES, of, ...input));

/** IDs on both sides of FF-A's, of a trusted application and a trusted OS, and any others. */
const foreign = fc.oneof(
  fc.constantFrom(0x8400005f, 0x84000100, 0xc400005f, 0xc4000100, 0x04000063, 0x84010063),
  fc.constantFrom(0xb0000000, 0xbf00ff01, 0xf0000000, 0xffffffff, 0xaf000000, 0xef000063),
  word32,
);

const memReclaim = fc
  .tuple(fc.oneof(fc.integer({ min: 0, max: 4 }), word32), fc.constantFrom(0, 0, 0, 0, 1))
  .map(([handle, high]) => words(FFA_MEM_RECLAIM, handle, high));

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
      { weight: 2, arbitrary: memReclaim },
      { weight: 2, arbitrary: foreign.map((id) => words(id)) },
      { weight: 1, arbitrary: fc.constantFrom(0xc4000063, 0x840000ff).map((id) => words(id)) },
    ),
    fc.array(word32, { minLength: 8, maxLength: 8 }),
  )
  .map(([call, rest]) => [...call, ...rest.slice(call.length)]);

/** What a guest writes into TX and then calls, by the domain that it is. */
type TxCall = (domainId: number) => {
  readonly words: readonly number[];
  readonly tx: readonly number[];
};

/** Any place, and those of the fields of a descriptor. */
const spoiledPlace = fc.oneof(
  fc.nat(111),
  fc.constantFrom(0, 2, 3, 5, 24, 25, 28, 29, 32, 33, 34, 36, 48, 49, 50, 52, 64, 68, 80, 81, 88),
);

/** Bytes that are replaced: none mostly, so that much is right. */
const spoiled = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  {
    weight: 1,
    arbitrary: fc.array(fc.tuple(spoiledPlace, fc.constantFrom(0, 1, 2, 16, 255)), {
      maxLength: 2,
    }),
  },
);

const spoil = (bytes: readonly number[], changes: readonly (readonly number[])[]): number[] =>
  bytes.map((byte, i) => changes.find(([at]) => at === i)?.[1] ?? byte);

/** What is added to one's own endpoint ID. */
const mostlyOwn = fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 1, -1);

/** Messages, most of them from their sender to another VM and within TX. */
const message: fc.Arbitrary<TxCall> = fc
  .record({
    from: mostlyOwn,
    to: fc.constantFrom(2, 2, 3, 3, 4, 4, 5, 1, 0x8001),
    offset: fc.constantFrom(20, 20, 20, 40, 40, 19, 39, 60, 0, 4095, 2 ** 32 - 1),
    // Those on which the sizes of TX and RX turn are among them.
    size: fc.constantFrom(1, 3, 8, 9, 20, 21, 28, 29, 56, 57, 76, 77, 0, 4057, 2 ** 32 - 20),
    changes: spoiled,
  })
  .map(({ from, to, offset, size, changes }) => (id) => {
    const payload = Array.from({ length: 80 }, (_, i) => (i * 7 + size) % 256);
    const header = headerBytes(20, offset, to, id + 1 + from, size);
    return { words: words(FFA_MSG_SEND2), tx: spoil([...header, ...payload], changes) };
  });

/** Descriptors of each layout, most of them right, and how much of TX they are said to take. */
const memShare: fc.Arbitrary<TxCall> = fc
  .record({
    functionId: fc.constantFrom(FFA_MEM_SHARE_32, FFA_MEM_SHARE_64),
    from: mostlyOwn,
    version: fc.constantFrom(...KNOWN_VERSIONS),
    to: fc.constantFrom(0x8001, 0x8001, 0xffff, 0x7fff, 2),
    address: fc.constantFrom(0x4000n, 0n, 2n ** 64n - 4096n, 2n ** 64n - 8192n, 0x4001n),
    pages: fc.constantFrom(1, 1, 2, 0, 2 ** 32 - 1),
    lengths: fc.constantFrom([0, 0], [0, 0], [0, 0], [0, 0], [-1, -1], [1, 1], [0, 1], [1, 0]),
    at: fc.constantFrom(0, 0, 0, 0, 0, 0x1000),
    changes: spoiled,
  })
  .map(({ functionId, from, version, to, address, pages, lengths, at, changes }) => (id) => {
    const descriptor = [...encodeDescriptor(version, id + 1 + from, to, address, pages)];
    const [total, fragment] = lengths.map((more) => descriptor.length + more);
    return { words: words(functionId, total, fragment, at), tx: spoil(descriptor, changes) };
  });

const anyCall = fc.oneof(
  { weight: 4, arbitrary: callWords.map((all) => () => ({ words: all })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.oneof(message, memShare), fc.array(word32, { minLength: 8, maxLength: 8 }))
      .map(([make, rest]) => (domainId: number) => {
        const made = make(domainId);
        return { ...made, words: [...made.words, ...rest.slice(made.words.length)] };
      }),
  },
);

/** What SPs say while something happens, by the handle of the memory that it is about. */
const secureAnswers = fc.oneof(
  { weight: 4, arbitrary: fc.constant([0]) },
  {
    weight: 1,
    arbitrary: fc.array(fc.constantFrom(...defaultOptions.secureAnswers, 0, -6, -6), {
      minLength: 1,
      maxLength: 3,
    }),
  },
);

/** @param about A handle; 0 while memory is shared. */
export const answerAbout = (answers: readonly number[], about: number): number =>
  answers[about % answers.length];

/** What happens next: to which domain, on which of its vCPUs, and what SPs say meanwhile. */
export type GuestAction =
  | {
      readonly kind: "create";
      readonly id: number;
      readonly vcpus: number;
      readonly is64bit: boolean;
    }
  | { readonly kind: "destroy"; readonly id: number; readonly answers: readonly number[] }
  | { readonly kind: "fire"; readonly answers: readonly number[] }
  | {
      readonly kind: "call";
      readonly id: number;
      readonly vcpu: number;
      readonly words: readonly number[];
      /** What the guest writes into TX before. */
      readonly tx?: readonly number[];
      readonly answers: readonly number[];
    };

const id = fc.integer({ min: 1, max: defaultOptions.maxDomains });
const vcpu = fc.integer({ min: 1, max: 2 });

export const guestAction: fc.Arbitrary<GuestAction> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("create"), id, vcpus: vcpu, is64bit: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("destroy"), id, answers: secureAnswers }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("fire"), answers: secureAnswers }) },
  {
    weight: 20,
    arbitrary: fc
      .tuple(id, vcpu, anyCall, secureAnswers)
      .map(([of, on, make, answers]): GuestAction => {
        return { kind: "call", id: of, vcpu: on, answers, ...make(of) };
      }),
  },
);

const callBy = (make: fc.Arbitrary<TxCall | (() => { words: readonly number[] })>) =>
  fc
    .tuple(fc.integer({ min: 1, max: 3 }), vcpu, make, secureAnswers)
    .map(([of, on, madeBy, answers]): GuestAction => {
      const made = madeBy(of);
      return { kind: "call", id: of, vcpu: on, answers, ...made, words: padded(made.words) };
    });
const padded = (call: readonly number[]) => [...call, ...Array<number>(8 - call.length).fill(0)];

/** What guests do that have negotiated: messages and memory, and little else. */
export const exchange: fc.Arbitrary<GuestAction> = fc.oneof(
  { weight: 6, arbitrary: callBy(message) },
  { weight: 6, arbitrary: callBy(memShare) },
  { weight: 3, arbitrary: callBy(memReclaim.map((call) => () => ({ words: call }))) },
  { weight: 5, arbitrary: callBy(fc.constant(() => ({ words: words(FFA_RX_RELEASE) }))) },
  { weight: 2, arbitrary: guestAction },
);

/** Guests 1 to 3 come to be, and each has negotiated a version. */
export const negotiated: fc.Arbitrary<readonly GuestAction[]> = fc
  .array(fc.constantFrom(...KNOWN_VERSIONS), { minLength: 3, maxLength: 3 })
  .map((versions) =>
    versions.flatMap((version, i): GuestAction[] => [
      { kind: "create", id: i + 1, vcpus: 1, is64bit: true },
      ...[words(FFA_VERSION, version), words(FFA_ID_GET)].map((call): GuestAction => {
        return { kind: "call", id: i + 1, vcpu: 1, words: padded(call), answers: [0] };
      }),
    ]),
  );
