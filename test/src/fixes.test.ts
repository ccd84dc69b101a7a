/**
 * src/fixes.ts: what each fix changes, as the steps that are taken and the answers that come back;
 * with which fix each hazard is gone is for the models and for the tests of the other files.
 */
import { describe, expect, test } from "vitest";
import {
  FFA_PARTITION_INFO_GET,
  FFA_RX_RELEASE,
  FFA_RXTX_MAP_64,
  FFA_RXTX_UNMAP,
  FFA_VERSION,
} from "../../src/abi.js";
import { designs, FIX_MEANINGS, FIXES, type Fix } from "../../src/fixes.js";
import { defaultOptions } from "../../src/options.js";
import {
  failed,
  STATUS,
  succeeded,
  UNKNOWN,
  VERSION_REFUSED,
  versionOf,
} from "../support/answers.js";
import { createBench, type Outcome } from "../support/steps.js";

const V1_1 = 0x10001;
const BIT_31 = 2 ** 31;
const OF_TRUSTED_OS = 0xbf00ff01;
const SP = { id: 0x8001, executionContexts: 1, properties: 0, uuid: [1, 2, 3, 4] } as const;

interface Seen {
  readonly joining: readonly string[];
  readonly leaving: readonly string[];
  readonly bit31: Outcome<readonly number[]>;
  readonly count: Outcome<readonly number[]>;
  readonly listing: Outcome<readonly number[]>;
  readonly release: Outcome<readonly number[]>;
  readonly map: Outcome<readonly number[]>;
  readonly unmapOwned: Outcome<readonly number[]>;
  readonly unmapFree: Outcome<readonly number[]>;
  readonly listingOfSp: Outcome<readonly number[]>;
  readonly foreign: Outcome<readonly number[]>;
}

/** One behavior without interleaving, cut into calls, on a mediator with these fixes. */
function seenWith(fixes: readonly Fix[]): Seen {
  const bench = createBench({ fixes, securePartitions: [SP] });
  /** Between the entry into the hypervisor and the way back. */
  const call = (...words: readonly number[]): Outcome<readonly number[]> => {
    const { labels, value } = bench.call(1, ...words);
    expect(labels.slice(0, 2)).toEqual(["StartCall", "ReadGuestVers"]);
    expect(labels.at(-1)).toBe("ReturnFromCall");
    return { labels: labels.slice(2, -1), value };
  };
  const listing = () => call(FFA_PARTITION_INFO_GET);

  bench.bringUp(2, V1_1);
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
  const leaving = bench.destroy(1).slice(3, -1);
  const seen = { joining, leaving, bit31, count, listing: listed, release, map };
  return { ...seen, unmapOwned, unmapFree, listingOfSp, foreign };
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
    leaving: [
      ...countedOutside("DecVmCount"),
      "TeardownLockList",
      ...countedInside("DecVmCount"),
      "UnlinkContext",
      "TeardownUnlockList",
    ],
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
        ...where("MapInRxLock", "LockRxToMap"),
        ...["ReadPagesToMap", "WritePagesMapped", "FreeMappedRx"],
        ...where("MapInRxLock", "UnlockRxMapped"),
      ],
      value: succeeded(),
    },
    unmapOwned: has("MapInRxLock")
      ? {
          labels: ["LockRxToUnmap", "ReadPagesToUnmap", "ReadRxToUnmap", "UnlockRxDenied"],
          value: failed(STATUS.DENIED),
        }
      : {
          labels: ["ReadPagesToUnmap", "WritePagesUnmapped", "TakeUnmappedRx"],
          value: succeeded(),
        },
    unmapFree: {
      labels: [
        ...where("MapInRxLock", "LockRxToUnmap"),
        "ReadPagesToUnmap",
        ...where("MapInRxLock", "ReadRxToUnmap"),
        ...["WritePagesUnmapped", "TakeUnmappedRx"],
        ...where("MapInRxLock", "UnlockRxUnmapped"),
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
    expect(seenWith([fix])).not.toEqual(seenWith([]));
  });

  test("every other set of fixes, in any order", () => {
    for (let mask = 0; mask < 2 ** FIXES.length; mask++) {
      const fixes = FIXES.filter((_, i) => mask & (1 << i)).reverse();
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
    "upstream-2026-08": ["CountInWriteLock", "PlainCount", "MapInRxLock", "VmsOnNilOnly"],
    hardened: FIXES,
  });
  expect(defaultOptions.fixes).toBe(designs.hardened);
});

test("each fix is there once and is explained in a clause", () => {
  expect(new Set(FIXES).size).toBe(FIXES.length);
  expect(Object.keys(FIX_MEANINGS)).toEqual([...FIXES]);
  for (const meaning of Object.values(FIX_MEANINGS)) expect(meaning).toMatch(/^[^.]{20,}[^.]$/);
});
