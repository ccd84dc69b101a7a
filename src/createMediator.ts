/** The mediator as a library: domains come and go, and each call runs straight through. */
import type { Registers } from "./abi.js";
import { checkOptions } from "./checkOptions.js";
import { declareMediator, toolstackActor, vcpuActor } from "./context.js";
import { createDomain, destroyDomain } from "./domainTeardown.js";
import { type GuestRegisters, lowerHalves } from "./guestRegisters.js";
import { vcpuCall } from "./mediator.js";
import { defaultOptions, type MediatorOptions } from "./options.js";
import { SharedMemory } from "./sync/index.js";
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
  /** @throws UsageError DOMAIN_EXISTS, DOMAIN_OUT_OF_RANGE, VCPU_OUT_OF_RANGE */
  createDomain(shape: DomainShape): readonly Vcpu[];
  /** Pauses, tears down and frees the domain. @throws UsageError DOMAIN_ABSENT */
  destroyDomain(id: number): void;
  /**
   * One SMCCC call: x0..x17 as the guest has them, missing ones 0.
   *
   * @returns w0..w7, each 0..2^32-1; x8..x17 stay as they were.
   * @throws UsageError DOMAIN_ABSENT, VCPU_OUT_OF_RANGE; VCPU_GONE when the domain of that ID is
   *   not the one that `vcpu` was given out for; BAD_REGISTERS
   */
  call(vcpu: Vcpu, registers: GuestRegisters): Registers;
  /** The bytes of a domain's RX buffer. @throws UsageError DOMAIN_ABSENT */
  rx(id: number): Uint8Array;
}

/** @throws UsageError OPTION_OUT_OF_RANGE */
export function createMediator(chosen: Partial<MediatorOptions> = {}): Mediator {
  checkOptions({ ...defaultOptions, ...chosen });
  const options = frozen(structuredClone({ ...defaultOptions, ...chosen }));
  const state = declareMediator(options);
  const memory = new SharedMemory(state.layout);
  /** The vCPUs of the domains that are there. */
  const domains = new Map<number, readonly Vcpu[]>();

  const vcpusOf = (id: number): readonly Vcpu[] => {
    const vcpus = domains.get(id);
    if (!vcpus) throw new UsageError("DOMAIN_ABSENT", `there is no domain ${id}`);
    return vcpus;
  };

  return {
    options,
    createDomain(shape) {
      const { id, vcpus: count, is64bit = true } = shape;
      checkShape(shape, options);
      if (domains.has(id)) throw new UsageError("DOMAIN_EXISTS", `domain ${id} is there already`);
      state.contexts[id] = { ...state.contexts[id], vcpus: count, is64bit };
      memory.bytes(state.contexts[id].rx).fill(0);
      memory.run(createDomain(state.contexts[id]), toolstackActor(options, id));
      const vcpus = Array.from({ length: count }, (_, index) => ({ domainId: id, index }));
      domains.set(id, frozen(vcpus));
      return vcpus;
    },
    destroyDomain(id) {
      vcpusOf(id);
      memory.run(destroyDomain(state, state.contexts[id]), toolstackActor(options, id));
      domains.delete(id);
    },
    call(vcpu, registers) {
      const { domainId, index } = vcpu;
      checkVcpu(vcpu, vcpusOf(domainId));
      const actor = vcpuActor(options, domainId, index);
      return memory.run(vcpuCall(state, state.contexts[domainId], lowerHalves(registers)), actor);
    },
    rx(id) {
      vcpusOf(id);
      return memory.bytes(state.contexts[id].rx);
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
