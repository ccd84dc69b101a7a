/** Entry and dispatch of a guest's call (C: `ffa_handle_call`). */
import {
  error,
  FFA_ERROR,
  FFA_FEATURES,
  FFA_ID_GET,
  FFA_PARTITION_INFO_GET,
  FFA_RX_RELEASE,
  FFA_SUCCESS_32,
  FFA_SUCCESS_64,
  FFA_VERSION,
  NOT_SUPPORTED,
  type Registers,
  success,
} from "./abi.js";
import type { Context, MediatorState } from "./context.js";
import { negotiateVersion } from "./negotiateVersion.js";
import { partitionInfoGet } from "./partitionInfo.js";
import { OK, releaseRx } from "./rxtx.js";
import { accessOnce, enterHypervisor, leaveHypervisor, type Protocol } from "./sync/index.js";
import { NO_VERSION, renegotiationAnswer } from "./version.js";

const FEATURES: readonly number[] = [
  FFA_ERROR,
  FFA_SUCCESS_32,
  FFA_SUCCESS_64,
  FFA_VERSION,
  FFA_FEATURES,
  FFA_RX_RELEASE,
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
  if ((yield* accessOnce(ctx.guestVers, "ReadGuestVers")) === NO_VERSION) {
    const answer = yield* negotiateVersion(mediator, ctx, call);
    if (answer !== null) return answer;
  }
  switch (call[0]) {
    case FFA_VERSION:
      return yield* versionAfterNegotiation(mediator, ctx, call);
    case FFA_ID_GET:
      return success(ctx.ffaId, 0);
    case FFA_FEATURES:
      return FEATURES.includes(call[1]) ? success(0, 0) : error(NOT_SUPPORTED);
    case FFA_PARTITION_INFO_GET:
      return yield* partitionInfoGet(mediator, ctx, call);
    case FFA_RX_RELEASE: {
      const released = yield* releaseRx(ctx);
      return released === OK ? success(0, 0) : error(released);
    }
    default:
      return error(NOT_SUPPORTED);
  }
}

/** FFA_VERSION changes nothing any more; the policy says what it answers. */
function* versionAfterNegotiation(
  { options }: MediatorState,
  ctx: Context,
  call: Registers,
): Protocol<Registers> {
  const negotiated =
    options.policy === "always-mine"
      ? NO_VERSION
      : yield* accessOnce(ctx.guestVers, "ReadNegotiatedVers");
  return renegotiationAnswer(call[1], negotiated, options);
}
