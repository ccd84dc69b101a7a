/** The mediator as a library: domains come and go; calls run straight through, or step by step. */
import { OK, type Registers } from "./abi.js";
import { checkOptions } from "./checkOptions.js";
import { declareMediator, timerActor, toolstackActor, vcpuActor } from "./context.js";
import { createDomain, destroyDomain, freeDomain } from "./domainTeardown.js";
import { type GuestRegisters, lowerHalves } from "./guestRegisters.js";
import { vcpuCall } from "./mediator.js";
import { defaultOptions, type MediatorOptions } from "./options.js";
import { type PendingCall, StepwiseCall } from "./pendingCall.js";
import {
  ABSENT,
  type Answer,
  CopiedPages,
  DROPPED,
  LIFE_SLOT,
  type Protocol,
  SharedMemory,
} from "./sync/index.js";
import { teardownTimer } from "./teardownRound.js";
import { UsageError } from "./usageError.js";

export interface DomainShape {
  /** 1..maxDomains. */
  readonly id: number;
  /** 1..maxVcpus. */
  readonly vcpus: number;
  /** Whether the guest runs in AArch64; in AArch32 it has no 64-bit calls. Default true. */
  readonly is64bit?: boolean;
}

/** A virtual CPU of a domain, as `createDomain` gave it out. It is gone when its domain is. */
export interface Vcpu {
  readonly domainId: number;
  /** From 0. */
  readonly index: number;
}

export interface Mediator {
  /** A copy of what was given, with the defaults; nobody can change it. */
  readonly options: MediatorOptions;
  /**
   * @throws UsageError DOMAIN_OUT_OF_RANGE, VCPU_OUT_OF_RANGE; DOMAIN_EXISTS, also while its
   *   teardown goes on; DOMAIN_REFUSED when an SP that is told of it refuses
   */
  createDomain(shape: DomainShape): readonly Vcpu[];
  /**
   * Pauses the domain and tears it down. It is freed at once, unless the secure world has something
   * of it still: then the timer goes on.
   *
   * @throws UsageError DOMAIN_ABSENT. SyncFault WOULD_BLOCK, and nothing has changed, while one of
   *   its vCPUs is in the midst of a call.
   */
  destroyDomain(id: number): void;
  /**
   * Lets the time pass until the timer fires, and a teardown goes on.
   *
   * @returns Whether it was set.
   */
  fireTimer(): boolean;
  /**
   * One SMCCC call: x0..x17 as the guest has them, missing ones 0.
   *
   * @returns w0..w7, each 0..2^32-1; x8..x17 stay as they were.
   * @throws UsageError DOMAIN_ABSENT, VCPU_OUT_OF_RANGE; VCPU_GONE when the domain of that ID is
   *   not the one that `vcpu` was given out for; VCPU_BUSY; BAD_REGISTERS. SyncFault WOULD_BLOCK,
   *   and nothing has changed, where it waits for a call that is taken step by step.
   */
  call(vcpu: Vcpu, registers: GuestRegisters): Registers;
  /**
   * The same call, to be taken step by step beside others of other vCPUs.
   *
   * @throws UsageError as `call`; VCPU_BUSY while a call of the vCPU is under way
   */
  begin(vcpu: Vcpu, registers: GuestRegisters): PendingCall;
  /** The bytes of a domain's RX buffer. @throws UsageError DOMAIN_ABSENT */
  rx(id: number): Uint8Array;
  /** The bytes of its TX buffer, for the guest to write. @throws UsageError DOMAIN_ABSENT */
  tx(id: number): Uint8Array;
}

/** What the mediator asks the secure world. */
export interface SecureQuestion {
  /** The step that asks: `TellCreated`, `TellDestroyed`, `AskShare`, `AskReclaim`, .... */
  readonly step: string;
  /** The domain that it is about. */
  readonly domainId: number;
  /** The endpoint ID of the SP that is told, or the handle of the memory; 0 where there is none. */
  readonly about: number;
}

/**
 * @param secureWorld Answers with a status, one of `secureAnswers`. Default: always OK. For another
 *   status whatever asked it throws UsageError BAD_ANSWER, and what it throws itself is passed on;
 *   then nothing has changed.
 * @throws UsageError OPTION_OUT_OF_RANGE
 */
export function createMediator(
  chosen: Partial<MediatorOptions> = {},
  secureWorld: (question: SecureQuestion) => number = () => OK,
): Mediator {
  checkOptions({ ...defaultOptions, ...chosen });
  const options = frozen(structuredClone({ ...defaultOptions, ...chosen }));
  const pages = new CopiedPages();
  const state = declareMediator(options, pages);
  const memory = new SharedMemory(state.layout, pages);
  /** The vCPUs of the domains that are there. */
  const domains = new Map<number, readonly Vcpu[]>();

  const vcpusOf = (id: number): readonly Vcpu[] => {
    const vcpus = domains.get(id);
    if (!vcpus) throw new UsageError("DOMAIN_ABSENT", `there is no domain ${id}`);
    return vcpus;
  };

  const answer: Answer = (op, at) => {
    const status = secureWorld({ step: op.label, domainId: at.owner, about: op.operand });
    const choice = options.secureAnswers.indexOf(status);
    if (choice >= 0) return choice;
    const expected = `one of ${options.secureAnswers.join(", ")} (secureAnswers)`;
    throw new UsageError("BAD_ANSWER", `the answer to ${op.label} is ${expected}, not ${status}`);
  };
  /** The call of each vCPU that has begun one; it may have ended. */
  const begun = new Map<Vcpu, PendingCall>();
  const isBusy = (vcpu: Vcpu): boolean => begun.get(vcpu)?.next !== undefined;
  const forgetPages = (): void => {
    if (![...begun.keys()].some(isBusy)) pages.forget();
  };
  const run = <T>(code: Protocol<T>, actor: number): T => {
    forgetPages();
    const before = memory.slots.slice();
    try {
      return memory.run(code, actor, answer);
    } catch (error) {
      // Where the secure world fails, the code is left in the midst of what it holds locks for.
      memory.slots.set(before);
      throw error;
    }
  };
  const lifeOf = (id: number): number => memory.slots[state.contexts[id].domain.slot + LIFE_SLOT];
  const freeDropped = (): void => {
    for (const ctx of state.contexts.slice(1)) {
      if (lifeOf(ctx.domainId) !== DROPPED) continue;
      run(freeDomain(ctx), toolstackActor(options, ctx.domainId));
    }
  };

  /** The code of a call, and who runs it. */
  const callOf = (vcpu: Vcpu, registers: GuestRegisters) => {
    const { domainId, index } = vcpu;
    checkVcpu(vcpu, vcpusOf(domainId));
    if (isBusy(vcpu)) {
      const detail = `a call of vCPU ${index} of domain ${domainId} has begun and not ended`;
      throw new UsageError("VCPU_BUSY", detail);
    }
    const actor = vcpuActor(options, domainId, index);
    return { code: vcpuCall(state, state.contexts[domainId], lowerHalves(registers)), actor };
  };

  return {
    options,
    createDomain(shape) {
      const { id, vcpus: count, is64bit = true } = shape;
      checkShape(shape, options);
      if (domains.has(id)) throw new UsageError("DOMAIN_EXISTS", `domain ${id} is there already`);
      if (lifeOf(id) !== ABSENT) {
        throw new UsageError("DOMAIN_EXISTS", `the teardown of domain ${id} has not ended`);
      }
      state.contexts[id] = { ...state.contexts[id], vcpus: count, is64bit };
      for (const page of ["rx", "tx"] as const) memory.bytes(state.contexts[id][page]).fill(0);
      const created = run(createDomain(state, state.contexts[id]), toolstackActor(options, id));
      freeDropped();
      if (!created) throw new UsageError("DOMAIN_REFUSED", `an SP refused domain ${id}`);
      const vcpus = Array.from({ length: count }, (_, index) => ({ domainId: id, index }));
      domains.set(id, frozen(vcpus));
      return vcpus;
    },
    destroyDomain(id) {
      vcpusOf(id);
      run(destroyDomain(state, state.contexts[id]), toolstackActor(options, id));
      for (const vcpu of vcpusOf(id)) begun.delete(vcpu);
      domains.delete(id);
      freeDropped();
    },
    fireTimer() {
      if (memory.slots[state.retries.timer.slot] === 0) return false;
      run(teardownTimer(state), timerActor(options));
      freeDropped();
      return true;
    },
    call(vcpu, registers) {
      const { code, actor } = callOf(vcpu, registers);
      return run(code, actor);
    },
    begin(vcpu, registers) {
      const { code, actor } = callOf(vcpu, registers);
      forgetPages();
      const call = new StepwiseCall(code, (op) => {
        checkVcpu(vcpu, vcpusOf(vcpu.domainId));
        return memory.executeWith(op, actor, answer);
      });
      begun.set(vcpu, call);
      return call;
    },
    rx(id) {
      vcpusOf(id);
      return memory.bytes(state.contexts[id].rx);
    },
    tx(id) {
      vcpusOf(id);
      return memory.bytes(state.contexts[id].tx);
    },
  };
}

/** Freezes plain data, and all that it holds. */
function frozen<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === "object") frozen(part);
  return Object.freeze(value);
}

function checkVcpu(vcpu: Vcpu, vcpus: readonly Vcpu[]): void {
  const { domainId, index } = vcpu;
  if (vcpus.includes(vcpu)) return;
  if (vcpus.some((one) => one.index === index)) {
    const expected = "a vCPU is what the createDomain of its domain gave out";
    throw new UsageError("VCPU_GONE", `domain ${domainId} is another one now; ${expected}`);
  }
  const detail = `domain ${domainId} has vCPUs 0..${vcpus.length - 1}, not ${index}`;
  throw new UsageError("VCPU_OUT_OF_RANGE", detail);
}

function checkShape({ id, vcpus }: DomainShape, { maxDomains, maxVcpus }: MediatorOptions): void {
  if (!Number.isInteger(id) || id < 1 || id > maxDomains) {
    const detail = `a domain ID is 1..${maxDomains} (maxDomains), not ${id}`;
    throw new UsageError("DOMAIN_OUT_OF_RANGE", detail);
  }
  if (!Number.isInteger(vcpus) || vcpus < 1 || vcpus > maxVcpus) {
    const detail = `a domain has 1..${maxVcpus} vCPUs (maxVcpus), not ${vcpus}`;
    throw new UsageError("VCPU_OUT_OF_RANGE", detail);
  }
}
