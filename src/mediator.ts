/** Entry and dispatch of a guest's call (C: `ffa_handle_call`). */
import {
  error,
  FFA_ERROR,
  FFA_FEATURES,
  FFA_ID_GET,
  FFA_PARTITION_INFO_GET,
  FFA_RX_RELEASE,
  FFA_RXTX_MAP_32,
  FFA_RXTX_MAP_64,
  FFA_RXTX_UNMAP,
  FFA_SUCCESS_32,
  FFA_SUCCESS_64,
  FFA_VERSION,
  INVALID_PARAMETERS,
  NOT_SUPPORTED,
  type Registers,
  success,
  versionAnswer,
} from "./abi.js";
import type { Context, MediatorState } from "./context.js";
import { negotiateVersion } from "./negotiateVersion.js";
import { partitionInfoGet } from "./partitionInfo.js";
import { mapRx, OK, releaseRx, unmapRx } from "./rxtx.js";
import { accessOnce, enterHypervisor, leaveHypervisor, type Protocol } from "./sync/index.js";
import { laterAnswer } from "./version.js";
import { CLOSED, NO_VERSION } from "./versionWord.js";

const FEATURES: readonly number[] = [
  FFA_ERROR,
  FFA_SUCCESS_32,
  FFA_SUCCESS_64,
  FFA_VERSION,
  FFA_FEATURES,
  FFA_RX_RELEASE,
  FFA_RXTX_MAP_32,
  FFA_RXTX_MAP_64,
  FFA_RXTX_UNMAP,
  FFA_PARTITION_INFO_GET,
  FFA_ID_GET,
];

/** One SMCCC call of a vCPU, from the trap to the return. */
export function* vcpuCall(
  mediator: MediatorState,
  ctx: Context,
  call: Registers,
): Protocol<Registers> {
  yield* enterHypervisor(ctx.domain, "StartCall");
  const answer = yield* handleCall(mediator, ctx, call);
  yield* leaveHypervisor(ctx.domain, "ReturnFromCall");
  return answer;
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
  switch (call[0]) {
    case FFA_VERSION:
      return yield* versionAfterNegotiation(mediator, ctx, call);
    case FFA_ID_GET:
      return success(ctx.ffaId, 0);
    case FFA_FEATURES:
      return FEATURES.includes(call[1]) ? success(0, 0) : error(NOT_SUPPORTED);
    case FFA_PARTITION_INFO_GET:
      return yield* partitionInfoGet(mediator, ctx, call);
    case FFA_RX_RELEASE:
      return statusAnswer(yield* releaseRx(options, ctx, "guest"));
    case FFA_RXTX_MAP_32:
    case FFA_RXTX_MAP_64:
      // One page each, as the mediator has it.
      if (call[3] !== 1) return error(INVALID_PARAMETERS);
      return statusAnswer(yield* mapRx(options, ctx));
    case FFA_RXTX_UNMAP:
      return statusAnswer(yield* unmapRx(options, ctx));
    default:
      return error(NOT_SUPPORTED);
  }
}

const statusAnswer = (status: number): Registers => (status === OK ? success(0, 0) : error(status));

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
