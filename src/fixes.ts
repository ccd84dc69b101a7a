/**
 * The fixes that a design can have, and the designs that have names. Without any fix the design is
 * the code as it was posted; each fix is there because a property does not hold without it.
 */

export const FIXES = [
  "PublishLast",
  "CountInWriteLock",
  "CountInReadLock",
  "PlainCount",
  "RefuseBit31",
  "MapInRxLock",
  "FillerOwnsRx",
  "VmsOnNilOnly",
  "FfaIdsOnly",
  "TxIsMapped",
  "MapInTxLock",
  "TxLockFirst",
  "SendToListed",
  "UnmapInRxLock",
  "RaiseWhileHeld",
  "TeardownHoldsDomain",
  "RetryOnlyLeft",
  "TimerInLock",
] as const;
export type Fix = (typeof FIXES)[number];

/** What each fix does, in one sentence. */
export const FIX_MEANINGS: Readonly<Record<Fix, string>> = {
  PublishLast: "`guest_vers` is stored when the VM has been counted and listed",
  CountInWriteLock: "the count is changed inside the write lock of the list",
  CountInReadLock: "the count is read inside the read lock of the list",
  PlainCount: "a count is answered without the size of an entry",
  RefuseBit31: "a version word with bit 31 set is refused",
  MapInRxLock: "FFA_RXTX_MAP and FFA_RXTX_UNMAP hold `rx_lock` and look who owns RX",
  FillerOwnsRx: "RX says whether it is being filled, and then nobody else gets it",
  VmsOnNilOnly: "VMs are listed and counted for the Nil UUID alone",
  FfaIdsOnly: "a function ID that is not FF-A's is kept away from the mediator",
  TxIsMapped: "FFA_MSG_SEND2 looks whether its caller's TX is mapped",
  MapInTxLock: "FFA_RXTX_MAP and FFA_RXTX_UNMAP hold `tx_lock`",
  TxLockFirst: "they take `tx_lock` before `rx_lock`, as FFA_MSG_SEND2 does",
  SendToListed: "FFA_MSG_SEND2 finds its receiver on the list of VMs",
  UnmapInRxLock: "teardown unmaps in `rx_lock`, when nobody fills the buffer",
  RaiseWhileHeld: '"buffer full" is raised before the receiver is let go of',
  TeardownHoldsDomain: "a teardown holds its domain until it ends",
  RetryOnlyLeft: "a teardown is tried again while an SP is to be told or asked",
  TimerInLock: "the timer is set in the lock of the retry list",
};

/** Sets of fixes by name. */
export const designs = {
  /** The patch as it was sent to the mailing list. */
  posted: [],
  /** Xen in August 2026, as far as it is about what is modelled here. */
  "upstream-2026-08": [
    "CountInWriteLock",
    "PlainCount",
    "MapInRxLock",
    "VmsOnNilOnly",
    "TxIsMapped",
    "MapInTxLock",
  ],
  /** The design in which every property holds. */
  hardened: FIXES,
} as const satisfies Readonly<Record<string, readonly Fix[]>>;

export type Design = keyof typeof designs;
