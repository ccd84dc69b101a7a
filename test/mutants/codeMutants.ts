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
    find: "    yield* publishAndJoin(mediator, ctx, requested);\n",
    replace: `    yield* spinUnlock(ctx.guestVersLock, "UnlockToDispatch");
    yield* publishAndJoin(mediator, ctx, requested);
`,
    oracle: "fault: UNGUARDED_WRITE",
  },
  {
    name: "guest_vers is not looked at again under the lock",
    file: NEGOTIATE,
    find: "  if (published !== NO_VERSION && !again) return null;\n",
    replace: "",
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
    file: "version.ts",
    find: 'if (outcome === "refuse") return versionAnswer(NOT_SUPPORTED);',
    replace: 'if (outcome === "refuse") return [0x84000060, 0, 0xffffffff, 0, 0, 0, 0, 0];',
    oracle: "answers: hardened: 1.0 84000063 80010000: 84000060",
  },
  {
    name: "negotiation answers with what was settled on",
    file: "version.ts",
    find: "return versionAnswer(isNegotiated ? requested : version);",
    replace: 'return versionAnswer(outcome === "taken" ? requested : version);',
    oracle: "conform: other-state at UnlockToReturn",
  },
  {
    name: "the VM is counted twice",
    file: LIST,
    find: 'yield* atomicAdd(contextList.vmCount, 1, "IncVmCount");',
    replace: 'yield* atomicAdd(contextList.vmCount, 2, "IncVmCount");',
    oracle: "conform: fault at VALUE_OUT_OF_RANGE: ffa_vm_count: IncVmCount",
  },
  {
    name: "the version is published before the VM is counted and listed",
    file: LIST,
    find: 'options.vmToVm && fixed(options, "PublishLast")',
    replace: 'options.vmToVm && !fixed(options, "PublishLast")',
    oracle: "conform: other-state at ReadVersTmp",
  },
  {
    name: "the list is changed without its lock",
    file: LIST,
    find: '    yield* writeLock(lock, "WriteLockList");\n    yield* countUp(mediator);\n',
    replace: "    yield* countUp(mediator);\n",
    oracle: "fault: NOT_THE_HOLDER",
  },
  {
    name: "teardown leaves the context on the list",
    file: LIST,
    find: '  yield* listDel(members, ctx.domainId, "UnlinkContext");\n',
    replace: "",
    oracle: "fault: ALREADY_LISTED",
  },
  {
    name: "teardown counts down twice",
    file: LIST,
    find: 'yield* atomicAdd(contextList.vmCount, -1, "DecVmCount");',
    replace: 'yield* atomicAdd(contextList.vmCount, -2, "DecVmCount");',
    oracle: "fault: VALUE_OUT_OF_RANGE",
  },
  {
    name: "teardown undoes what was never done",
    file: "domainTeardown.ts",
    find: "if (version !== NO_VERSION && version !== CLOSED) yield* leave(mediator, ctx);",
    replace: "if (version !== CLOSED) yield* leave(mediator, ctx);",
    oracle: "conform: other-state at TeardownReadVers",
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
    find: "if (minorOf(requested) > minorOf(version)) return choices.greaterMinor;",
    replace: "if (minorOf(requested) < minorOf(version)) return choices.greaterMinor;",
    oracle: "fault: VALUE_OUT_OF_RANGE",
  },
  {
    name: "bit 31 is let through",
    file: "version.ts",
    find: 'if (fixed(options, "RefuseBit31") && hasBit31(requested)) return "refuse";',
    replace: "",
    oracle: "fault: VALUE_OUT_OF_RANGE",
  },
  {
    name: "after negotiation FFA_VERSION answers with what was negotiated",
    file: "version.ts",
    find: '    case "mine":\n      return versionAnswer(version);',
    replace: '    case "mine":\n      return versionAnswer(negotiated);',
    oracle: "conform: other-state at ReadGuestVers",
  },
  {
    name: "the entry of FF-A 1.1 has another size",
    file: INFO,
    find: "ENTRY_SIZE_1_0 : ENTRY_SIZE_1_1",
    replace: "ENTRY_SIZE_1_0 : 32",
    oracle: "answers: hardened: 1.0 84000068: 84000061 0 2 20",
  },
  {
    name: "RX goes to the guest when there is no room",
    file: INFO,
    find: 'yield* releaseRx(options, ctx, "filler");',
    replace: "yield* handOverRx(options, ctx);",
    oracle: "conform: other-state at UnlockSpRxGivenUp",
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
    find: 'const locked = fixed(options, "CountInReadLock");',
    replace: "const locked = false;",
    oracle: "conform: other-state at ReadFlagVers",
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
    file: "partitionEntry.ts",
    find: "view.setUint16(2, info.executionContexts, true);",
    replace: "view.setUint16(2, info.executionContexts, false);",
    oracle: "answers: hardened: rx 01800002",
  },
  {
    name: "BUSY is answered with RX taken all the same",
    file: "rxtx.ts",
    find: '(yield* readCell(ctx.rxState, "ReadRxToAcquire")) !== RX_FREE',
    replace: '(yield* readCell(ctx.rxState, "ReadRxToAcquire")) === 5',
    oracle: "conform: other-state at ReadRxToAcquire",
  },
  {
    name: "a filled buffer is free, not handed over",
    file: "rxtx.ts",
    find: 'yield* writeCell(ctx.rxState, RX_TAKEN, "HandOverRx");',
    replace: 'yield* writeCell(ctx.rxState, RX_FREE, "HandOverRx");',
    oracle: "conform: other-state at HandOverRx",
  },
  {
    name: "a guest gives back what a listing fills",
    file: "rxtx.ts",
    find: 'if (state !== (giver === "guest" ? RX_TAKEN : fillingState(options)))',
    replace: "if (state === RX_FREE)",
    oracle: "conform: other-state at ReadRxToRelease",
  },
  {
    name: "a buffer is unmapped without a look at who owns it",
    file: "rxtx.ts",
    find: '(yield* readCell(ctx.rxState, "ReadRxToUnmap")) !== RX_FREE',
    replace: '(yield* readCell(ctx.rxState, "ReadRxToUnmap")) === 5',
    oracle: "answers: hardened: 1.0 84000067: 84000061",
  },
  {
    name: "a register behind the answer is not zero",
    file: "abi.ts",
    find: "return registers(FFA_SUCCESS_32, 0, w2, w3);",
    replace: "return registers(FFA_SUCCESS_32, 0, w2, w3, w2);",
    oracle: "answers: hardened: 1.0 84000069: 84000061 0 2 0 2",
  },
];
