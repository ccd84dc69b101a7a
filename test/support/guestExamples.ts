/**
 * What guests do that tells one mediator from another, put beside what is found at random, so that
 * it is tried in each run. Written by hand; between them they tell each choice from each, and are
 * answered with every status.
 */
import { REFUSALS } from "../../src/abi.js";
import {
  FFA_FEATURES,
  FFA_ID_GET,
  FFA_INTERRUPT,
  FFA_MEM_RECLAIM,
  FFA_MEM_SHARE_64,
  FFA_MSG_SEND2,
  FFA_PARTITION_INFO_GET,
  FFA_RX_RELEASE,
  FFA_RXTX_MAP_64,
  FFA_RXTX_UNMAP,
  FFA_VERSION,
  type MediatorOptions,
  presets,
  registers,
} from "../../src/index.js";
import { encodeDescriptor } from "../../src/memoryDescriptor.js";
import { defaultOptions } from "../../src/options.js";
import type { GuestAction } from "./arbitraries.js";
import { headerBytes } from "./describedBytes.js";

const create = (id: number, vcpus = 1, is64bit = true): GuestAction => {
  return { kind: "create", id, vcpus, is64bit };
};
const destroy = (id: number, ...answers: readonly number[]): GuestAction => {
  return { kind: "destroy", id, answers: answers.length === 0 ? [0] : answers };
};
const fire = (...answers: readonly number[]): GuestAction => ({ kind: "fire", answers });
const call = (id: number, ...words: readonly number[]): GuestAction => {
  return { kind: "call", id, vcpu: 1, words: registers(...words), answers: [0] };
};
/** Writes a message into TX, and sends it. */
const send = (id: number, to: number, offset: number, size: number): GuestAction => {
  const tx = [...headerBytes(20, offset, to, id + 1, size), ...Array<number>(80).fill(id)];
  return { ...call(id, FFA_MSG_SEND2), tx } as GuestAction;
};
/** Shares memory, which the secure world answers with a status. */
const share = (id: number, status = 0, layout = V1_1): GuestAction => {
  const tx = [...encodeDescriptor(layout, id + 1, 0x8001, 0x4000n, 1)];
  const words = registers(FFA_MEM_SHARE_64, tx.length, tx.length);
  return { kind: "call", id, vcpu: 1, words, tx, answers: [status] };
};
const version = (word: number, id = 1): GuestAction => call(id, FFA_VERSION, word);
const info = (flags: number, id = 1): GuestAction => {
  return call(id, FFA_PARTITION_INFO_GET, 0, 0, 0, 0, flags);
};

const UUID = [1, 2, 3, 4] as const;
const V1_0 = 0x10000;
const V1_1 = 0x10001;

/** Asks for a version, ends negotiation with another call, and asks for each version again. */
const requesting = (word: number): readonly GuestAction[] => [
  create(1),
  version(word),
  call(1, FFA_ID_GET),
  info(1),
  ...[V1_0, V1_1, 0x10002, 0x10003, 0x20000, 0x80010001].map((again) => version(again)),
  info(1),
];

const sequences: readonly (readonly GuestAction[])[] = [
  ...[V1_0, V1_1, 0x10002, 0x10003, 0x20000, 0x80010000].map(requesting),
  // A call before a request, and one that does not end negotiation everywhere.
  [create(1), call(1, FFA_ID_GET), version(V1_0), call(1, FFA_ID_GET), info(1)],
  [
    create(1),
    call(1, FFA_INTERRUPT),
    version(V1_0),
    call(1, FFA_INTERRUPT),
    version(V1_1),
    info(1),
  ],
  // A request that settles nothing behind one that does.
  [create(1), version(V1_0), version(0x20000), version(0x10003), call(1, FFA_ID_GET), info(1)],
  // The list has the order of publication, with the vCPUs and the width of each VM.
  [
    ...[create(1, 2), create(2, 1, false), create(3)],
    ...[2, 3, 1].flatMap((id) => [version(V1_1, id), call(id, FFA_ID_GET)]),
    ...[info(0), info(0), call(1, FFA_RX_RELEASE), info(1), info(2), info(3)],
    ...[destroy(3), info(0), info(1), call(1, FFA_FEATURES, FFA_ID_GET)],
  ],
  // What FFA_FEATURES says of an answer, and with input that it has no use for.
  [
    ...[create(1), version(V1_1), call(1, FFA_FEATURES, FFA_INTERRUPT)],
    call(1, FFA_FEATURES, FFA_ID_GET, 1),
  ],
  // The partitions of a UUID, for a guest that is not alone.
  [
    ...[1, 2].flatMap((id) => [create(id), version(V1_1, id), call(id, FFA_ID_GET)]),
    ...[call(1, FFA_PARTITION_INFO_GET, ...UUID, 1), call(1, FFA_PARTITION_INFO_GET, ...UUID)],
    call(1, FFA_PARTITION_INFO_GET, 1, 1, 1, 1, 1),
  ],
  // A call of a trusted OS between two requests.
  [create(1), version(V1_0), call(1, 0xbf00ff01), version(V1_1), info(1)],
  // RX is mapped and unmapped, free and owned.
  [
    ...[create(1), version(V1_1), call(1, FFA_RXTX_UNMAP), info(0)],
    ...[call(1, FFA_RXTX_MAP_64, 1, 2, 1), call(1, FFA_RXTX_MAP_64, 1, 2, 1), info(0)],
    ...[call(1, FFA_RXTX_UNMAP), call(1, FFA_RX_RELEASE), call(1, FFA_RXTX_UNMAP)],
  ],
  // A message, while RX is taken, without room for it, and without TX.
  [
    ...[1, 2].flatMap((id) => [create(id), version(V1_1, id), call(id, FFA_ID_GET)]),
    ...[send(1, 3, 20, 40), send(1, 3, 20, 4), call(2, FFA_RX_RELEASE), send(1, 3, 40, 60)],
    ...[call(2, FFA_RX_RELEASE), send(1, 3, 20, 80), send(1, 3, 20, 20), send(2, 3, 20, 4)],
    ...[call(1, FFA_RXTX_UNMAP), send(1, 3, 20, 4), call(2, FFA_RX_RELEASE), send(1, 3, 20, 4)],
  ],
  // Memory that is shared, refused, asked for back, denied and lost.
  [
    ...[create(1), version(V1_1), share(1, -4), share(1), share(1), share(1, 0, V1_0)],
    ...[call(1, FFA_MEM_RECLAIM, 2), call(1, FFA_MEM_RECLAIM, 2), call(1, FFA_MEM_RECLAIM, 1, 1)],
    ...[share(1), share(1), destroy(1, 0, -6), create(1), fire(-6), fire(0), fire(0), create(1)],
    ...[version(V1_1), share(1), destroy(1, -2), create(1), fire(0), fire(0)],
  ],
  // Each refusal, of memory that is given and of memory that is asked for.
  [
    ...[create(1), version(V1_1), ...REFUSALS.map((status) => share(1, status)), share(1)],
    ...[...REFUSALS, 0].map((status): GuestAction => {
      const words = registers(FFA_MEM_RECLAIM, 1);
      return { kind: "call", id: 1, vcpu: 1, words, answers: [status] };
    }),
  ],
];

const sp = { id: 0x8001, executionContexts: 1, properties: 5, uuid: UUID };

const known: readonly MediatorOptions[] = Object.values(presets).map((preset) => ({
  ...defaultOptions,
  ...preset,
  fixes: [],
  maxVcpus: 2,
  securePartitions: [sp],
  rxBytes: 96,
  txBytes: 128,
  mappedAtStart: true,
}));

const mediators = [...known, { ...known[0], vmToVm: false, mappedAtStart: false }];

/** With room for one entry; the list has an SP and another guest. */
const full: [MediatorOptions, GuestAction[]] = [
  { ...known[0], rxBytes: 40 },
  [
    ...[1, 2].flatMap((id) => [create(id), version(V1_1, id), call(id, FFA_ID_GET)]),
    ...[info(0), info(1)],
  ],
];

/** Each sequence on each mediator that is known, and on one in which little is there. */
export const guestExamples: readonly [MediatorOptions, GuestAction[]][] = [
  ...mediators.flatMap((options) =>
    sequences.map((actions): [MediatorOptions, GuestAction[]] => [options, [...actions]]),
  ),
  full,
];
