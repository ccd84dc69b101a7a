/**
 * src/fixes.ts: what each fix changes, as the steps that are taken and the answers that come back;
 * with which fix each hazard is gone is for the models and for the tests of the other files.
 */
import { describe, expect, test } from "vitest";
import {
  DENIED,
  FFA_MEM_SHARE_32,
  FFA_MSG_SEND2,
  FFA_PARTITION_INFO_GET,
  FFA_RX_RELEASE,
  FFA_RXTX_MAP_64,
  FFA_RXTX_UNMAP,
  FFA_VERSION,
  OK,
} from "../../src/abi.js";
import { designs, FIX_MEANINGS, FIXES, type Fix } from "../../src/fixes.js";
import { encodeDescriptor } from "../../src/memoryDescriptor.js";
import { encodeHeader } from "../../src/messageHeader.js";
import { defaultOptions } from "../../src/options.js";
import {
  failed,
  STATUS,
  succeeded,
  UNKNOWN,
  VERSION_REFUSED,
  versionOf,
} from "../support/answers.js";
import { fixSets } from "../support/fixSets.js";
import { createBench, type Outcome } from "../support/steps.js";

const V1_1 = 0x10001;
const BIT_31 = 2 ** 31;
const OF_TRUSTED_OS = 0xbf00ff01;
const SP = { id: 0x8001, executionContexts: 1, properties: 0, uuid: [1, 2, 3, 4] } as const;

interface Seen {
  readonly joining: readonly string[];
  /** A teardown of a domain whose memory an SP denies at first, and the timer's round behind it. */
  readonly teardown: readonly string[];
  readonly timer: readonly string[];
  readonly bit31: Outcome<readonly number[]>;
  readonly count: Outcome<readonly number[]>;
  readonly listing: Outcome<readonly number[]>;
  readonly release: Outcome<readonly number[]>;
  readonly map: Outcome<readonly number[]>;
  readonly unmapOwned: Outcome<readonly number[]>;
  readonly unmapFree: Outcome<readonly number[]>;
  readonly listingOfSp: Outcome<readonly number[]>;
  readonly foreign: Outcome<readonly number[]>;
  readonly send: Outcome<readonly number[]>;
}

/** One behavior without interleaving, cut into calls, on a mediator with these fixes. */
function seenWith(fixes: readonly Fix[]): Seen {
  const answers = { AskShare: OK, AskReclaimTorn: DENIED };
  const bench = createBench(
    { fixes, securePartitions: [SP] },
    ({ label }) => answers[label as keyof typeof answers],
  );
  /** Between the entry into the hypervisor and the way back. */
  const call = (...words: readonly number[]): Outcome<readonly number[]> => {
    const { labels, value } = bench.call(1, ...words);
    expect(labels.slice(0, 2)).toEqual(["StartCall", "ReadGuestVers"]);
    expect(labels.at(-1)).toBe("ReturnFromCall");
    return { labels: labels.slice(2, -1), value };
  };
  const listing = () => call(FFA_PARTITION_INFO_GET);

  bench.bringUp(2, V1_1);
  bench.call(2, FFA_RXTX_MAP_64, 0x1000, 0x2000, 1);
  bench.create(1);
  const bit31 = call(FFA_VERSION, BIT_31 + V1_1);
  call(FFA_VERSION, V1_1);
  const negotiation = call(FFA_RXTX_MAP_64, 0x1000, 0x2000, 1).labels;
  const joining = negotiation.slice(3, negotiation.indexOf("UnlockToDispatch"));
  call(FFA_RXTX_UNMAP);
  const map = call(FFA_RXTX_MAP_64, 0x1000, 0x2000, 1);
  const listed = listing();
  const release = call(FFA_RX_RELEASE);
  const count = call(FFA_PARTITION_INFO_GET, 0, 0, 0, 0, 1);
  listing();
  const unmapOwned = call(FFA_RXTX_UNMAP);
  call(FFA_RX_RELEASE);
  call(FFA_RXTX_MAP_64, 0x1000, 0x2000, 1);
  const unmapFree = call(FFA_RXTX_UNMAP);
  call(FFA_RXTX_MAP_64, 0x1000, 0x2000, 1);
  const listingOfSp = call(FFA_PARTITION_INFO_GET, ...SP.uuid);
  const foreign = bench.call(1, OF_TRUSTED_OS);
  bench.writeTx(1, encodeHeader({ offset: 20, sender: 2, receiver: 3, size: 4 }, V1_1));
  const send = call(FFA_MSG_SEND2);
  const descriptor = encodeDescriptor(V1_1, 2, SP.id, 0x1000n, 1);
  bench.writeTx(1, descriptor);
  bench.call(1, FFA_MEM_SHARE_32, descriptor.length, descriptor.length);
  const teardown = bench.destroy(1).slice(2, -1);
  answers.AskReclaimTorn = OK;
  const timer = bench.fireTimer();
  const seen = { joining, teardown, timer, bit31, count, listing: listed, release, map };
  return { ...seen, unmapOwned, unmapFree, listingOfSp, foreign, send };
}

/** The same, as the design is described: which fix changes what. */
function describedWith(fixes: readonly Fix[]): Seen {
  const has = (fix: Fix) => fixes.includes(fix);
  const where = (fix: Fix, ...labels: readonly string[]) => (has(fix) ? labels : []);
  const publishedFirst = has("PublishLast") ? [] : ["PublishGuestVers"];
  const countedOutside = (label: string) => (has("CountInWriteLock") ? [] : [label]);
  const countedInside = (label: string) => where("CountInWriteLock", label);
  const spEntries = [
    "ReadEntryVers",
    ...["LockRxToAcquire", "ReadPagesToAcquire", "ReadRxToAcquire", "TakeRx", "UnlockRxTaken"],
    ...["LockSpRx", "WriteSpEntries", "UnlockSpRx"],
  ];
  const vmEntries = [
    ...["ReadLockList", "NextContext", "WriteEntry", "NextContext", "NextContext"],
    "ReadUnlockList",
  ];
  const handOver = where("FillerOwnsRx", "LockRxToHandOver", "HandOverRx", "UnlockRxHandedOver");
  /** The locks of mapping and unmapping, tx_lock in front where it is the first or alone. */
  const lockTo = (what: "Map" | "Unmap") => {
    const [tx, rx] = [
      where("MapInTxLock", `LockTxTo${what}`),
      where("MapInRxLock", `LockRxTo${what}`),
    ];
    return has("TxLockFirst") ? [...tx, ...rx] : [...rx, ...tx];
  };
  const endOfRound = has("RetryOnlyLeft") ? [] : ["ReadShmLeft"];
  return {
    joining: [
      ...publishedFirst,
      ...countedOutside("IncVmCount"),
      "WriteLockList",
      ...countedInside("IncVmCount"),
      "AppendContext",
      ...where("PublishLast", "PublishGuestVers"),
      "WriteUnlockList",
    ],
    teardown: [
      ...where("TeardownHoldsDomain", "GetDomainForTeardown"),
      "TeardownReadVers",
      ...countedOutside("DecVmCount"),
      "TeardownLockList",
      ...countedInside("DecVmCount"),
      "UnlinkContext",
      "TeardownUnlockList",
      ...where("UnmapInRxLock", "LockRxToTearDown"),
      "ReadPagesToUnmap",
      ...where("UnmapInRxLock", "ReadRxToUnmap"),
      ...["WritePagesUnmapped", "TakeUnmappedRx"],
      ...where("UnmapInRxLock", "UnlockRxUnmapped"),
      ...["NextShmTorn", "AskReclaimTorn", "NextShmTorn", ...endOfRound],
      ...["LockRetry", "AppendRetry", "ReadRetryFirst"],
      ...(has("TimerInLock") ? ["SetTimer", "UnlockRetry"] : ["UnlockRetry", "SetTimer"]),
    ],
    timer: [
      ...["FireTimer", "LockRetryToPop", "PopRetry", "UnlockRetryPopped"],
      ...["NextShmTorn", "AskReclaimTorn", "UnlinkShmTorn"],
      ...["LockShmToUncount", "DecShmCount", "UnlockShmUncounted", "PutDomainOfShm"],
      ...["NextShmTorn", ...endOfRound],
      ...["LockRetry", "ReadRetryFirst", "UnlockRetry"],
      ...where("TeardownHoldsDomain", "PutDomainOfTeardown"),
    ],
    send: {
      labels: [
        ...["TryLockTx", ...where("TxIsMapped", "ReadTxPages"), "ReadHeader"],
        ...(has("SendToListed")
          ? ["ReadLockToFind", "FindListed", "HoldListed", "ReadUnlockFound"]
          : ["FindReceiver", "ReadReceiverDying", "ReadReceiverVers"]),
        ...["LockRxToAcquire", "ReadPagesToAcquire", "ReadRxToAcquire", "TakeRx", "UnlockRxTaken"],
        ...["BeginCopy", "EndCopy", ...handOver],
        ...(has("RaiseWhileHeld")
          ? ["RaiseBufferFull", "LetGoReceiver"]
          : ["LetGoReceiver", "RaiseBufferFull"]),
        "UnlockTx",
      ],
      value: succeeded(),
    },
    bit31: {
      labels: [
        "LockGuestVers",
        "RereadGuestVers",
        ...(has("RefuseBit31") ? [] : ["WriteVersTmp"]),
        "UnlockToReturn",
      ],
      value: has("RefuseBit31") ? VERSION_REFUSED : versionOf(V1_1),
    },
    count: {
      labels: [
        "ReadEntryVers",
        "ReadFlagVers",
        ...where("CountInReadLock", "ReadLockList"),
        "ReadVmCount",
        ...where("CountInReadLock", "ReadUnlockList"),
      ],
      value: succeeded(2, has("PlainCount") ? 0 : 24),
    },
    listing: { labels: [...spEntries, ...vmEntries, ...handOver], value: succeeded(2, 24) },
    listingOfSp: has("VmsOnNilOnly")
      ? { labels: [...spEntries, ...handOver], value: succeeded(1, 24) }
      : { labels: [...spEntries, ...vmEntries, ...handOver], value: succeeded(2, 24) },
    foreign: has("FfaIdsOnly")
      ? { labels: ["StartCall", "ReturnFromCall"], value: UNKNOWN }
      : {
          labels: ["StartCall", "ReadGuestVers", "ReturnFromCall"],
          value: failed(STATUS.NOT_SUPPORTED),
        },
    release: {
      labels: [
        ...["LockRxToRelease", "ReadPagesToRelease", "ReadRxToRelease"],
        ...["GiveRx", "UnlockRxGiven"],
      ],
      value: succeeded(),
    },
    map: {
      labels: [
        ...lockTo("Map"),
        ...["ReadPagesToMap", "WritePagesMapped", "FreeMappedRx"],
        ...where("MapInRxLock", "UnlockRxMapped"),
        ...where("MapInTxLock", "UnlockTx"),
      ],
      value: succeeded(),
    },
    unmapOwned: has("MapInRxLock")
      ? {
          labels: [
            ...[...lockTo("Unmap"), "ReadPagesToUnmap", "ReadRxToUnmap", "UnlockRxDenied"],
            ...where("MapInTxLock", "UnlockTx"),
          ],
          value: failed(STATUS.DENIED),
        }
      : {
          labels: [
            ...[...lockTo("Unmap"), "ReadPagesToUnmap", "WritePagesUnmapped", "TakeUnmappedRx"],
            ...where("MapInTxLock", "UnlockTx"),
          ],
          value: succeeded(),
        },
    unmapFree: {
      labels: [
        ...lockTo("Unmap"),
        "ReadPagesToUnmap",
        ...where("MapInRxLock", "ReadRxToUnmap"),
        ...["WritePagesUnmapped", "TakeUnmappedRx"],
        ...where("MapInRxLock", "UnlockRxUnmapped"),
        ...where("MapInTxLock", "UnlockTx"),
      ],
      value: succeeded(),
    },
  };
}

describe("the steps and answers of", () => {
  test.each(Object.entries(designs))("%s", (_, fixes) => {
    expect(seenWith(fixes)).toEqual(describedWith(fixes));
  });

  test.each(FIXES)("%s alone", (fix) => {
    expect(seenWith([fix])).toEqual(describedWith([fix]));
    // The order of two locks is there only where both are taken.
    const others: readonly Fix[] = fix === "TxLockFirst" ? ["MapInRxLock", "MapInTxLock"] : [];
    expect(seenWith([...others, fix])).not.toEqual(seenWith(others));
  });

  test("every pair of fixes beside others, in any order", () => {
    for (const fixes of fixSets.map((set) => set.toReversed())) {
      expect(seenWith(fixes), fixes.join(", ")).toEqual(describedWith(fixes));
    }
  });
});

test("posted: published, counted, locked and listed in this order; hardened: all in the lock", () => {
  expect(seenWith(designs.posted).joining.join(" ")).toBe(
    "PublishGuestVers IncVmCount WriteLockList AppendContext WriteUnlockList",
  );
  expect(seenWith(designs.hardened).joining.join(" ")).toBe(
    "WriteLockList IncVmCount AppendContext PublishGuestVers WriteUnlockList",
  );
});

test("designs are sets of fixes: none, those of upstream, and all", () => {
  expect(designs).toEqual({
    posted: [],
    "upstream-2026-08": [
      ...["CountInWriteLock", "PlainCount", "MapInRxLock", "VmsOnNilOnly"],
      ...["TxIsMapped", "MapInTxLock"],
    ],
    hardened: FIXES,
  });
  expect(defaultOptions.fixes).toBe(designs.hardened);
});

test("each fix is there once and is explained in a clause", () => {
  expect(new Set(FIXES).size).toBe(FIXES.length);
  expect(Object.keys(FIX_MEANINGS)).toEqual([...FIXES]);
  for (const meaning of Object.values(FIX_MEANINGS)) expect(meaning).toMatch(/^[^.]{20,}[^.]$/);
});
