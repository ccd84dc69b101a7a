/** The defects seeded in src/, and for each the oracle that catches it and what that one says. */
import type { CodeMutant } from "./mutatedCode.js";

export interface CaughtMutant extends CodeMutant {
  /** How the oracle's report begins. */
  readonly oracle: string;
}

const LIST = "contextList.ts";
const NEGOTIATE = "negotiateVersion.ts";
const INFO = "partitionInfo.ts";

export const codeMutants: readonly CaughtMutant[] = [
  {
    name: "guest_vers_lock is not taken",
    file: NEGOTIATE,
    find: 'yield* spinLock(ctx.guestVersLock, "LockGuestVers");',
    replace: "",
    oracle: "fault: NOT_THE_HOLDER",
  },
  {
    name: "guest_vers_lock is released before the version is published",
    file: NEGOTIATE,
    find: "    yield* publish(mediator, ctx, requested);\n",
    replace: `    yield* spinUnlock(ctx.guestVersLock, "UnlockToDispatch");
    yield* publish(mediator, ctx, requested);
`,
    oracle: "fault: UNGUARDED_WRITE",
  },
  {
    name: "guest_vers is not looked at again under the lock",
    file: NEGOTIATE,
    find: 'if ((yield* accessOnce(ctx.guestVers, "RereadGuestVers")) !== NO_VERSION) return null;',
    replace: 'yield* accessOnce(ctx.guestVers, "RereadGuestVers");',
    oracle: "conform: other-state at RereadGuestVers",
  },
  {
    name: "guest_vers_lock is kept on the way to the guest",
    file: NEGOTIATE,
    find: 'else yield* spinUnlock(ctx.guestVersLock, "UnlockToReturn");',
    replace: "",
    oracle: "fault: WOULD_BLOCK",
  },
  {
    name: "a refusal before negotiation answers with FFA_ERROR",
    file: NEGOTIATE,
    find: "return versionAnswer(NOT_SUPPORTED);",
    replace: "return error(NOT_SUPPORTED);",
    oracle: "answers: hardened: 1.0 84000063 80010000: 84000060",
  },
  {
    name: "negotiation answers with what was settled on",
    file: NEGOTIATE,
    find: "return versionAnswer(options.version);",
    replace: "return versionAnswer(settled);",
    oracle: "conform: other-state at UnlockToReturn",
  },
  {
    name: "the VM is counted twice",
    file: LIST,
    find: `  yield* writeLock(contextList.lock, "WriteLockList");
  yield* atomicAdd(contextList.vmCount, 1, "IncVmCount");`,
    replace: `  yield* writeLock(contextList.lock, "WriteLockList");
  yield* atomicAdd(contextList.vmCount, 2, "IncVmCount");`,
    oracle: "conform: fault at VALUE_OUT_OF_RANGE: ffa_vm_count: IncVmCount",
  },
  {
    name: "the version is published before the VM is counted and listed",
    file: LIST,
    find: `  yield* atomicAdd(contextList.vmCount, 1, "IncVmCount");
  yield* listAddTail(contextList.members, ctx.domainId, "AppendContext");
  yield* storeOnce(ctx.guestVers, version, "PublishGuestVers");
`,
    replace: `  yield* storeOnce(ctx.guestVers, version, "PublishGuestVers");
  yield* atomicAdd(contextList.vmCount, 1, "IncVmCount");
  yield* listAddTail(contextList.members, ctx.domainId, "AppendContext");
`,
    oracle: "conform: other-state at WriteLockList",
  },
  {
    name: "the list is changed without its lock",
    file: LIST,
    find: `  yield* writeLock(contextList.lock, "WriteLockList");
  yield* atomicAdd(`,
    replace: "  yield* atomicAdd(",
    oracle: "fault: NOT_THE_HOLDER",
  },
  {
    name: "teardown leaves the context on the list",
    file: LIST,
    find: `  yield* listDel(contextList.members, ctx.domainId, "UnlinkContext");
  yield* atomicAdd(`,
    replace: "  yield* atomicAdd(",
    oracle: "fault: ALREADY_LISTED",
  },
  {
    name: "teardown counts down twice",
    file: LIST,
    find: `  yield* atomicAdd(contextList.vmCount, -1, "DecVmCount");
  yield* writeUnlock(`,
    replace: `  yield* atomicAdd(contextList.vmCount, -2, "DecVmCount");
  yield* writeUnlock(`,
    oracle: "fault: VALUE_OUT_OF_RANGE",
  },
  {
    name: "teardown undoes what was never done",
    file: "domainTeardown.ts",
    find: 'if ((yield* accessOnce(ctx.guestVers, "TeardownReadVers")) === NO_VERSION) return;',
    replace: 'yield* accessOnce(ctx.guestVers, "TeardownReadVers");',
    oracle: "fault: NOT_LISTED",
  },
  {
    name: "the domain is not marked as dying",
    file: "domainTeardown.ts",
    find: 'yield* writeCell(ctx.isDying, 1, "SetDying");',
    replace: "",
    oracle: "conform: other-state at PauseDomain",
  },
  {
    name: "a greater minor is taken as it is, and a lower one is not",
    file: "version.ts",
    find: "minorOf(requested) > minorOf(mine) ? mine : requested",
    replace: "minorOf(requested) < minorOf(mine) ? mine : requested",
    oracle: "fault: VALUE_OUT_OF_RANGE",
  },
  {
    name: "bit 31 is let through",
    file: "version.ts",
    find: 'if (options.design === "hardened" && hasBit31(requested)) return true;',
    replace: "",
    oracle: "fault: VALUE_OUT_OF_RANGE",
  },
  {
    name: "after negotiation FFA_VERSION answers with what was negotiated",
    file: "version.ts",
    find: "versionAnswer(refused ? NOT_SUPPORTED : options.version)",
    replace: "versionAnswer(refused ? NOT_SUPPORTED : negotiated)",
    oracle: "conform: other-state at ReadGuestVers",
  },
  {
    name: "the entry of FF-A 1.1 has another size",
    file: INFO,
    find: "ENTRY_SIZE_1_1 = 24",
    replace: "ENTRY_SIZE_1_1 = 16",
    oracle: "answers: hardened: 1.0 84000068 0 0 0 0 1: 84000061 0 2 10",
  },
  {
    name: "RX is not released when there is no room",
    file: INFO,
    find: "    yield* releaseRx(ctx);\n",
    replace: "",
    oracle: "conform: other-state at UnlockRxTaken",
  },
  {
    name: "the caller is told of itself",
    file: INFO,
    find: "if (other !== ctx)",
    replace: "if (other)",
    oracle: "conform: other-state at NextContext",
  },
  {
    name: "the count is read without the list lock",
    file: INFO,
    find: `    yield* readLock(contextList.lock, "ReadLockList");
    count += (yield* atomicRead(contextList.vmCount, "ReadVmCount")) - 1;
    yield* readUnlock(contextList.lock, "ReadUnlockList");`,
    replace: '    count += (yield* atomicRead(contextList.vmCount, "ReadVmCount")) - 1;',
    oracle: "conform: other-state at ReadEntryVers",
  },
  {
    name: "the way out without room keeps the list lock",
    file: INFO,
    find: '        yield* readUnlock(contextList.lock, "ReadUnlockNoRoom");\n',
    replace: "",
    oracle: "fault: WOULD_BLOCK",
  },
  {
    name: "execution contexts are written with the wrong end first",
    file: INFO,
    find: "view.setUint16(2, info.executionContexts, true);",
    replace: "view.setUint16(2, info.executionContexts, false);",
    oracle: "answers: hardened: rx 01800002",
  },
  {
    name: "BUSY is answered with RX taken all the same",
    file: "rxtx.ts",
    find: '(yield* readCell(ctx.rxIsFree, "ReadRxToAcquire")) === 0',
    replace: '(yield* readCell(ctx.rxIsFree, "ReadRxToAcquire")) === 2',
    oracle: "conform: other-state at ReadRxToAcquire",
  },
  {
    name: "a register behind the answer is not zero",
    file: "abi.ts",
    find: "return registers(FFA_SUCCESS_32, 0, w2, w3);",
    replace: "return registers(FFA_SUCCESS_32, 0, w2, w3, w2);",
    oracle: "answers: hardened: 1.0 84000069: 84000061 0 2 0 2",
  },
];
