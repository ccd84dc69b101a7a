/**
 * The variables of the model that mirror shared memory: for each the location in src/, the field
 * of the C code, and how a slot's code is written in TLA+. The refinement mapping and the static
 * rules both read this table.
 */
import { RX_FILLING, RX_FREE, RX_TAKEN } from "../../../src/context.js";
import {
  HANDLES_A_SLOT,
  HOLDERS_SLOT,
  type Layout,
  LIFE_SLOT,
  type Location,
  READERS_SLOT,
  REFERENCE_SLOT,
  WRITER_SLOT,
} from "../../../src/sync/index.js";
import { wordToModel } from "./words.js";

export interface SharedVariable {
  /** The variable of FfaMediator.tla. */
  readonly variable: string;
  /** A function on the domains, or one value. */
  readonly over: "domains" | "nothing";
  /** The location's name in the layout, and the slots of it that this variable mirrors. */
  readonly location: string;
  readonly slots: "all" | readonly number[];
  /** The field or object of the C code. */
  readonly c: string;
  /** Whether the value is a set whose members are the bits of the one slot. */
  readonly isBitMask?: true;
  /** The codes of those slots as TLC prints the value. */
  readonly show: (codes: readonly number[], at: Location) => string;
}

const RX_STATES: Readonly<Record<number, string>> = {
  [RX_FREE]: "free",
  [RX_TAKEN]: "taken",
  [RX_FILLING]: "filling",
};

const number = ([code]: readonly number[], at: Location): string => String(code + at.low);
const holder = ([code]: readonly number[]): string => String(code);
const truth = ([code]: readonly number[], at: Location): string =>
  at.values?.[code] === 1 ? "TRUE" : "FALSE";
const isSet = ([code]: readonly number[]): string => (code === 1 ? "TRUE" : "FALSE");
const word = ([code]: readonly number[], at: Location): string =>
  String(wordToModel(at.values?.[code] ?? 0));

/** The numbers of the bits of a mask, in order. */
const members = ([mask]: readonly number[]): string => {
  const bits = Array.from({ length: 31 }, (_, bit) => bit).filter((bit) => (mask >> bit) & 1);
  return `{${bits.join(", ")}}`;
};
const handles = (masks: readonly number[]): string =>
  `{${masks
    .flatMap((mask, slot) =>
      Array.from({ length: HANDLES_A_SLOT }, (_, bit) => bit)
        .filter((bit) => (mask >> bit) & 1)
        .map((bit) => slot * HANDLES_A_SLOT + bit + 1),
    )
    .join(", ")}}`;
/** SPs are numbered from 1, and the first one has bit 0. */
const sps = ([code]: readonly number[], at: Location): string =>
  members([2 * (at.values?.[code] ?? 0)]);

const sequence = (codes: readonly number[]): string =>
  `<<${codes.slice(0, codes.includes(0) ? codes.indexOf(0) : codes.length).join(", ")}>>`;

export const sharedVariables: readonly SharedVariable[] = [
  {
    variable: "life",
    over: "domains",
    location: "domain",
    slots: [LIFE_SLOT],
    c: "struct domain: found by ID or not, pause_count",
    show: ([code]) => `"${["absent", "running", "paused", "created", "dropped"][code]}"`,
  },
  {
    variable: "isDying",
    over: "domains",
    location: "is_dying",
    slots: "all",
    c: "struct domain: is_dying",
    show: truth,
  },
  {
    variable: "refs",
    over: "domains",
    location: "domain",
    slots: [REFERENCE_SLOT],
    c: "struct domain: refcnt",
    show: number,
  },
  {
    variable: "held",
    over: "domains",
    location: "domain",
    slots: [HOLDERS_SLOT],
    c: "none: who is between rcu_lock_domain and rcu_unlock_domain",
    show: members,
  },
  {
    variable: "guestVers",
    over: "domains",
    location: "guest_vers",
    slots: "all",
    c: "struct ffa_ctx: guest_vers",
    show: word,
  },
  {
    variable: "versTmp",
    over: "domains",
    location: "guest_vers_tmp",
    slots: "all",
    c: "struct ffa_ctx: guest_vers_tmp",
    show: word,
  },
  {
    variable: "versLock",
    over: "domains",
    location: "guest_vers_lock",
    slots: "all",
    c: "struct ffa_ctx: guest_vers_lock",
    show: holder,
  },
  {
    variable: "rxLock",
    over: "domains",
    location: "rx_lock",
    slots: "all",
    c: "struct ffa_ctx: rx_lock",
    show: holder,
  },
  {
    variable: "rxMapped",
    over: "domains",
    location: "page_count",
    slots: "all",
    c: "struct ffa_ctx: page_count",
    show: truth,
  },
  {
    variable: "rxState",
    over: "domains",
    location: "rx_is_free",
    slots: "all",
    c: "struct ffa_ctx: rx_is_free",
    show: ([code], at) => `"${RX_STATES[at.values?.[code] ?? RX_TAKEN]}"`,
  },
  {
    variable: "spRxLock",
    over: "nothing",
    location: "ffa_rx_buffer_lock",
    slots: "all",
    c: "static spinlock_t ffa_rx_buffer_lock",
    show: holder,
  },
  {
    variable: "vmCount",
    over: "nothing",
    location: "ffa_vm_count",
    slots: "all",
    c: "static atomic_t ffa_vm_count",
    show: number,
  },
  {
    variable: "ctxList",
    over: "nothing",
    location: "ffa_ctx_head",
    slots: "all",
    c: "struct list_head ffa_ctx_head",
    show: sequence,
  },
  {
    variable: "listWriter",
    over: "nothing",
    location: "ffa_ctx_list_rwlock",
    slots: [WRITER_SLOT],
    c: "rwlock_t ffa_ctx_list_rwlock",
    show: holder,
  },
  {
    variable: "listReaders",
    over: "nothing",
    location: "ffa_ctx_list_rwlock",
    slots: [READERS_SLOT],
    c: "rwlock_t ffa_ctx_list_rwlock",
    isBitMask: true,
    show: members,
  },
  {
    variable: "txLock",
    over: "domains",
    location: "tx_lock",
    slots: "all",
    c: "struct ffa_ctx: tx_lock",
    show: holder,
  },
  {
    variable: "shmLock",
    over: "domains",
    location: "lock",
    slots: "all",
    c: "struct ffa_ctx: lock",
    show: holder,
  },
  {
    variable: "shmCount",
    over: "domains",
    location: "shm_count",
    slots: "all",
    c: "struct ffa_ctx: shm_count",
    show: number,
  },
  {
    variable: "shmList",
    over: "domains",
    location: "shm_list",
    slots: "all",
    c: "struct ffa_ctx: shm_list",
    show: sequence,
  },
  {
    variable: "spTxLock",
    over: "nothing",
    location: "ffa_tx_buffer_lock",
    slots: "all",
    c: "static spinlock_t ffa_tx_buffer_lock",
    show: holder,
  },
  {
    variable: "spObjects",
    over: "domains",
    location: "secure world",
    slots: "all",
    c: "none: the memory that SPs have",
    show: handles,
  },
  {
    variable: "toTell",
    over: "domains",
    location: "vm_destroy_bitmap",
    slots: "all",
    c: "struct ffa_ctx: vm_destroy_bitmap",
    show: sps,
  },
  {
    variable: "retryList",
    over: "nothing",
    location: "ffa_teardown_head",
    slots: "all",
    c: "static struct list_head ffa_teardown_head",
    show: sequence,
  },
  {
    variable: "retryLock",
    over: "nothing",
    location: "ffa_teardown_lock",
    slots: "all",
    c: "static spinlock_t ffa_teardown_lock",
    show: holder,
  },
  {
    variable: "timerSet",
    over: "nothing",
    location: "ffa_teardown_timer",
    slots: "all",
    c: "static struct timer ffa_teardown_timer",
    show: isSet,
  },
];

/** The slots of a layout that no variable of the model mirrors. */
export function hiddenSlotsOf(layout: Layout): readonly number[] {
  return layout.locations.flatMap((at) => {
    const seen = sharedVariables.filter(({ location }) => location === at.name);
    const all = Array.from({ length: at.slots }, (_, i) => i);
    return all
      .filter((i) => !seen.some(({ slots }) => slots === "all" || slots.includes(i)))
      .map((i) => at.slot + i);
  });
}
