/**
 * What guests do that tells one mediator from another, put beside what is found at random, so that
 * it is tried in each run. Written by hand; between them they tell each choice from each, and are
 * answered with every status.
 */
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
  presets,
  registers,
} from "../../src/index.js";
import { defaultOptions } from "../../src/options.js";
import type { GuestAction } from "./arbitraries.js";

const create = (id: number, vcpus = 1, is64bit = true): GuestAction => {
  return { kind: "create", id, vcpus, is64bit };
};
const destroy = (id: number): GuestAction => ({ kind: "destroy", id });
const call = (id: number, ...words: readonly number[]): GuestAction => {
  return { kind: "call", id, vcpu: 1, words: registers(...words) };
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
];

const sp = { id: 0x8001, executionContexts: 1, properties: 5, uuid: UUID };

const known: readonly MediatorOptions[] = Object.values(presets).map((preset) => ({
  ...defaultOptions,
  ...preset,
  fixes: [],
  maxVcpus: 2,
  securePartitions: [sp],
  rxBytes: 96,
  mappedAtStart: true,
}));

const mediators = [...known, { ...known[0], vmToVm: false, mappedAtStart: false }];

/** With room for one entry; the list has an SP and another guest. */
const full: [MediatorOptions, GuestAction[]] = [
  { ...known[0], rxBytes: 24 },
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
