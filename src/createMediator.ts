/** The mediator as a library: domains come and go, and each call runs straight through. */
import { REGISTER_COUNT, type Registers } from "./abi.js";
import { CHOICES } from "./choices.js";
import { declareMediator, type MediatorState, toolstackActor, vcpuActor } from "./context.js";
import { createDomain, destroyDomain } from "./domainTeardown.js";
import { isSecure } from "./endpoint.js";
import { FIXES } from "./fixes.js";
import { vcpuCall } from "./mediator.js";
import { defaultOptions, type MediatorOptions } from "./options.js";
import { ENTRY_SIZE_1_1 } from "./partitionEntry.js";
import { SharedMemory } from "./sync/index.js";
import { KNOWN_VERSIONS } from "./versionWord.js";

export type UsageErrorCode =
  | "OPTION_OUT_OF_RANGE"
  | "DOMAIN_OUT_OF_RANGE"
  | "DOMAIN_EXISTS"
  | "DOMAIN_ABSENT"
  | "VCPU_OUT_OF_RANGE"
  | "BAD_REGISTERS";

/** A call of this library that cannot be carried out; nothing has changed. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  constructor(
    readonly code: UsageErrorCode,
    detail: string,
  ) {
    super(`${code}: ${detail}`);
  }
}

export interface DomainShape {
  /** 1..maxDomains. */
  readonly id: number;
  /** 1..maxVcpus. */
  readonly vcpus: number;
  /** Whether the guest runs in AArch64; the partition information says so. Default true. */
  readonly is64bit?: boolean;
}

/** A virtual CPU of a domain, numbered from 0. */
export interface Vcpu {
  readonly domainId: number;
  readonly index: number;
}

export interface Mediator {
  readonly options: MediatorOptions;
  /** @throws UsageError DOMAIN_EXISTS, DOMAIN_OUT_OF_RANGE, VCPU_OUT_OF_RANGE */
  createDomain(shape: DomainShape): readonly Vcpu[];
  /** Pauses, tears down and frees the domain. @throws UsageError DOMAIN_ABSENT */
  destroyDomain(id: number): void;
  /**
   * One SMCCC call. `registers` are w0..w7, each 0..2^32-1; missing ones are 0.
   *
   * @throws UsageError DOMAIN_ABSENT, VCPU_OUT_OF_RANGE, BAD_REGISTERS
   */
  call(vcpu: Vcpu, registers: Registers): Registers;
  /** The bytes of a domain's RX buffer. @throws UsageError DOMAIN_ABSENT */
  rx(id: number): Uint8Array;
}

/** @throws UsageError OPTION_OUT_OF_RANGE */
export function createMediator(chosen: Partial<MediatorOptions> = {}): Mediator {
  const options = { ...defaultOptions, ...chosen };
  checkOptions(options);
  const state = declareMediator(options);
  const memory = new SharedMemory(state.layout);
  const shapes = new Map<number, DomainShape>();

  const shapeOf = (id: number): DomainShape => {
    const shape = shapes.get(id);
    if (!shape) throw new UsageError("DOMAIN_ABSENT", `there is no domain ${id}`);
    return shape;
  };

  return {
    options,
    createDomain(shape) {
      checkShape(shape, options, shapes);
      const { id, vcpus, is64bit = true } = shape;
      state.contexts[id] = { ...state.contexts[id], vcpus, is64bit };
      memory.bytes(state.contexts[id].rx).fill(0);
      memory.run(createDomain(state.contexts[id]), toolstackActor(options, id));
      shapes.set(id, shape);
      return Array.from({ length: vcpus }, (_, index) => ({ domainId: id, index }));
    },
    destroyDomain(id) {
      shapeOf(id);
      memory.run(destroyDomain(state, state.contexts[id]), toolstackActor(options, id));
      shapes.delete(id);
    },
    call(vcpu, registers) {
      const { vcpus } = shapeOf(vcpu.domainId);
      if (!Number.isInteger(vcpu.index) || vcpu.index < 0 || vcpu.index >= vcpus) {
        throw new UsageError("VCPU_OUT_OF_RANGE", `0..${vcpus - 1} expected, not ${vcpu.index}`);
      }
      const actor = vcpuActor(options, vcpu.domainId, vcpu.index);
      return memory.run(vcpuCall(state, contextOf(state, vcpu), checked(registers)), actor);
    },
    rx(id) {
      shapeOf(id);
      return memory.bytes(state.contexts[id].rx);
    },
  };
}

const contextOf = (state: MediatorState, vcpu: Vcpu) => state.contexts[vcpu.domainId];

function checkOptions(options: MediatorOptions): void {
  const { maxDomains, maxVcpus, version, rxBytes } = options;
  const actors = maxDomains * (maxVcpus + 1);
  const whole =
    [maxDomains, maxVcpus, rxBytes].every((n) => Number.isInteger(n) && n > 0) &&
    rxBytes >= ENTRY_SIZE_1_1;
  if (!whole || actors > 30) {
    throw new UsageError(
      "OPTION_OUT_OF_RANGE",
      `maxDomains x (maxVcpus + 1) must be 1..30 and rxBytes ${ENTRY_SIZE_1_1} or more, not ` +
        `${maxDomains} x (${maxVcpus} + 1) and ${rxBytes}`,
    );
  }
  const unknown = options.fixes.filter((fix) => !FIXES.includes(fix));
  if (unknown.length > 0) {
    throw new UsageError("OPTION_OUT_OF_RANGE", `no fixes of this mediator: ${unknown.join(", ")}`);
  }
  const choices = new Map<string, string>(Object.entries(options.choices));
  const strange = [...choices.keys()].filter((name) => !Object.hasOwn(CHOICES, name));
  if (strange.length > 0) {
    const expected = `${Object.keys(CHOICES).join(", ")} expected`;
    throw new UsageError("OPTION_OUT_OF_RANGE", `${expected}, not ${strange.join(", ")}`);
  }
  for (const [name, values] of Object.entries(CHOICES)) {
    const chosen = choices.get(name) ?? "nothing";
    if (!values.some((value) => value === chosen)) {
      const expected = `${values.join(", ")} expected for ${name}`;
      throw new UsageError("OPTION_OUT_OF_RANGE", `${expected}, not ${chosen}`);
    }
  }
  for (const { id, executionContexts, properties } of options.securePartitions) {
    const fits = isUnsigned(id, 16) && isSecure(id) && isUnsigned(executionContexts, 16);
    if (!fits || !isUnsigned(properties, 32)) {
      throw new UsageError(
        "OPTION_OUT_OF_RANGE",
        `a secure partition has an ID of 16 bits with bit 15 set, execution contexts of 16 bits ` +
          `and properties of 32 bits, not ${id}, ${executionContexts} and ${properties}`,
      );
    }
  }
  if (!KNOWN_VERSIONS.includes(version)) {
    throw new UsageError("OPTION_OUT_OF_RANGE", `version 0x${version.toString(16)} is not known`);
  }
}

const isUnsigned = (value: number, bits: number): boolean =>
  Number.isInteger(value) && value >= 0 && value < 2 ** bits;

function checkShape(
  { id, vcpus }: DomainShape,
  options: MediatorOptions,
  shapes: ReadonlyMap<number, DomainShape>,
): void {
  if (!Number.isInteger(id) || id < 1 || id > options.maxDomains) {
    throw new UsageError("DOMAIN_OUT_OF_RANGE", `1..${options.maxDomains} expected, not ${id}`);
  }
  if (shapes.has(id)) throw new UsageError("DOMAIN_EXISTS", `domain ${id} is there already`);
  if (!Number.isInteger(vcpus) || vcpus < 1 || vcpus > options.maxVcpus) {
    throw new UsageError("VCPU_OUT_OF_RANGE", `1..${options.maxVcpus} expected, not ${vcpus}`);
  }
}

function checked(call: Registers): Registers {
  const words = Array.from({ length: REGISTER_COUNT }, (_, i) => call[i] ?? 0);
  const bad = words.find((word) => !Number.isInteger(word) || word < 0 || word >= 2 ** 32);
  if (bad !== undefined || call.length > REGISTER_COUNT) {
    throw new UsageError("BAD_REGISTERS", "at most 8 unsigned 32-bit words expected");
  }
  return words;
}
