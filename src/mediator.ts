/** Entry and dispatch of a guest's call (C: `ffa_handle_call`). */
import {
  error,
  FFA_ERROR,
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
  FFA_SUCCESS_32,
  FFA_SUCCESS_64,
  FFA_VERSION,
  INVALID_PARAMETERS,
  is64bitCall,
  isFfaId,
  isOfTrustedOs,
  NOT_SUPPORTED,
  type Registers,
  statusAnswer,
  success,
  unknownFunction,
  versionAnswer,
} from "./abi.js";
import type { Context, MediatorState } from "./context.js";
import { sendMessage } from "./message.js";
import { negotiateVersion } from "./negotiateVersion.js";
import { fixed, type MediatorOptions } from "./options.js";
import { partitionInfoGet } from "./partitionInfo.js";
import { mapRx, releaseRx, unmapRx } from "./rxtx.js";
import { reclaimMemory, shareMemory } from "./sharedMemory.js";
import { accessOnce, enterHypervisor, leaveHypervisor, type Protocol } from "./sync/index.js";
import { laterAnswer } from "./version.js";
import { CLOSED, NO_VERSION } from "./versionWord.js";

type FunctionName =
  | "VERSION"
  | "ID_GET"
  | "FEATURES"
  | "PARTITION_INFO_GET"
  | "RX_RELEASE"
  | "RXTX_MAP"
  | "RXTX_UNMAP"
  | "MSG_SEND2"
  | "MEM_SHARE"
  | "MEM_RECLAIM";

/** The functions that are dispatched, by ID. */
const functions: ReadonlyMap<number, FunctionName> = new Map([
  [FFA_VERSION, "VERSION"],
  [FFA_ID_GET, "ID_GET"],
  [FFA_FEATURES, "FEATURES"],
  [FFA_PARTITION_INFO_GET, "PARTITION_INFO_GET"],
  [FFA_RX_RELEASE, "RX_RELEASE"],
  [FFA_RXTX_MAP_32, "RXTX_MAP"],
  [FFA_RXTX_MAP_64, "RXTX_MAP"],
  [FFA_RXTX_UNMAP, "RXTX_UNMAP"],
  [FFA_MSG_SEND2, "MSG_SEND2"],
  [FFA_MEM_SHARE_32, "MEM_SHARE"],
  [FFA_MEM_SHARE_64, "MEM_SHARE"],
  [FFA_MEM_RECLAIM, "MEM_RECLAIM"],
]);

/** What a guest is answered with, which FFA_FEATURES knows too. */
const answers: readonly number[] = [FFA_ERROR, FFA_SUCCESS_32, FFA_SUCCESS_64];

/** One SMCCC call of a vCPU, from the trap to the return. */
export function* vcpuCall(
  mediator: MediatorState,
  ctx: Context,
  call: Registers,
): Protocol<Registers> {
  yield* enterHypervisor(ctx.domain, "StartCall");
  const answer = isKeptAway(mediator, ctx, call[0])
    ? unknownFunction()
    : yield* handleCall(mediator, ctx, call);
  yield* leaveHypervisor(ctx.domain, "ReturnFromCall");
  return answer;
}

/**
 * Whether what is above the mediator answers a call (C: `vsmccc_handle_call`). It hands on the IDs
 * of trusted applications and trusted OSes too, of which the posted mediator takes any for the
 * call that ends negotiation.
 */
function isKeptAway({ options }: MediatorState, ctx: Context, functionId: number): boolean {
  if (is64bitCall(functionId) && !ctx.is64bit) return true;
  if (isFfaId(functionId)) return false;
  return fixed(options, "FfaIdsOnly") || !isOfTrustedOs(functionId);
}

/** A version must be negotiated first; then the function ID decides. */
function* handleCall(mediator: MediatorState, ctx: Context, call: Registers): Protocol<Registers> {
  const version = yield* accessOnce(ctx.guestVers, "ReadGuestVers");
  if (version === CLOSED) {
    return call[0] === FFA_VERSION ? versionAnswer(NOT_SUPPORTED) : error(NOT_SUPPORTED);
  }
  if (version === NO_VERSION) {
    const answer = yield* negotiateVersion(mediator, ctx, call);
    if (answer !== null) return answer;
  }
  const { options } = mediator;
  switch (functions.get(call[0])) {
    case "VERSION":
      return yield* versionAfterNegotiation(mediator, ctx, call);
    case "ID_GET":
      return success(ctx.ffaId, 0);
    case "FEATURES":
      return hasFeature(options, ctx, call) ? success(0, 0) : error(NOT_SUPPORTED);
    case "PARTITION_INFO_GET":
      return yield* partitionInfoGet(mediator, ctx, call);
    case "RX_RELEASE":
      return statusAnswer(yield* releaseRx(options, ctx, "guest"));
    case "RXTX_MAP":
      // One page each, as the mediator has it.
      if (call[3] !== 1) return error(INVALID_PARAMETERS);
      return statusAnswer(yield* mapRx(options, ctx));
    case "RXTX_UNMAP":
      return statusAnswer(yield* unmapRx(options, ctx));
    case "MSG_SEND2":
      return yield* sendMessage(mediator, ctx);
    case "MEM_SHARE":
      return yield* shareMemory(mediator, ctx, call);
    case "MEM_RECLAIM":
      return yield* reclaimMemory(mediator, ctx, call);
    case undefined:
      return error(NOT_SUPPORTED);
  }
}

/** What is dispatched is there, for a guest that can call it (C: `handle_features`). */
function hasFeature({ choices }: MediatorOptions, ctx: Context, call: Registers): boolean {
  const [, id, ...input] = call;
  if (choices.featuresInput === "refused" && input.some((word) => word !== 0)) return false;
  if (is64bitCall(id) && !ctx.is64bit) return false;
  if (id === FFA_INTERRUPT) return choices.featuresInterrupt === "known";
  return functions.has(id) || answers.includes(id);
}

/** FFA_VERSION changes nothing any more, unless negotiation never ends. */
function* versionAfterNegotiation(
  mediator: MediatorState,
  ctx: Context,
  call: Registers,
): Protocol<Registers> {
  const { options } = mediator;
  if (options.choices.ends === "never") {
    const answer = yield* negotiateVersion(mediator, ctx, call);
    return answer ?? error(NOT_SUPPORTED);
  }
  const negotiated =
    options.choices.laterAnswer === "mine"
      ? NO_VERSION
      : yield* accessOnce(ctx.guestVers, "ReadNegotiatedVers");
  return laterAnswer(call[1], negotiated, options);
}
