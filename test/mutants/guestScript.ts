/**
 * What guests see, call by call, on mediators of every option: answers as registers, RX as bytes.
 * It runs on the code as it is and on each mutant; the first line that differs has caught it.
 */
import {
  createMediator,
  DENIED,
  designs,
  FFA_FEATURES,
  FFA_ID_GET,
  FFA_INTERRUPT,
  FFA_PARTITION_INFO_GET,
  FFA_RX_RELEASE,
  FFA_RXTX_MAP_32,
  FFA_RXTX_MAP_64,
  FFA_RXTX_UNMAP,
  FFA_VERSION,
  type Mediator,
  type MediatorOptions,
  presets,
  registers,
  SyncFault,
  type Vcpu,
  VERSION_1_0,
  VERSION_1_1,
  VERSION_1_2,
} from "../../src/index.js";

const SP = { id: 0x8001, executionContexts: 2, properties: 0x13 };
const BIT_31 = 2 ** 31;
const VERSION_2_0 = 0x20000;
const MAP = [FFA_RXTX_MAP_64, 0x1000, 0x2000, 1];

/** Answers as hexadecimal words without trailing zeros. */
class Script {
  readonly lines: string[] = [];
  private readonly mediator: Mediator;

  constructor(
    private readonly name: string,
    options: Partial<MediatorOptions>,
  ) {
    this.mediator = createMediator({ maxDomains: 3, maxVcpus: 2, ...options });
  }

  create(id: number, vcpus: number, is64bit = true): readonly Vcpu[] {
    return this.mediator.createDomain({ id, vcpus, is64bit });
  }

  destroy(id: number): void {
    this.mediator.destroyDomain(id);
  }

  call(vcpu: Vcpu, ...words: readonly number[]): void {
    const answer = this.mediator.call(vcpu, registers(...words));
    this.note(`${vcpu.domainId}.${vcpu.index} ${hex(words)}: ${hex(answer)}`);
  }

  list(vcpu: Vcpu): void {
    this.call(vcpu, FFA_PARTITION_INFO_GET);
    const rx = this.mediator.rx(vcpu.domainId).subarray(0, 96);
    this.note(`rx ${Buffer.from(rx).toString("hex")}`);
  }

  note(line: string): void {
    this.lines.push(`${this.name}: ${line}`);
  }
}

const hex = (words: readonly number[]): string =>
  words
    .map((word) => word.toString(16))
    .join(" ")
    .replace(/( 0)+$/, "");

export function guestScript(): readonly string[] {
  const mine = { securePartitions: [SP] };
  const all: readonly (readonly [string, Partial<MediatorOptions>])[] = [
    ["hardened", mine],
    ["posted", { ...mine, fixes: designs.posted }],
    ["1.0", { ...mine, version: VERSION_1_0 }],
    ["1.2", { ...mine, version: VERSION_1_2 }],
    ["no VM-to-VM", { ...mine, vmToVm: false }],
    ["mapped at the start", { ...mine, mappedAtStart: true }],
    ["room for an SP", { ...mine, rxBytes: 40 }],
    ["no room", { securePartitions: [SP, SP], rxBytes: 40 }],
    ...Object.entries(presets).map(([name, preset]) => [name, { ...mine, ...preset }] as const),
  ];
  return all.flatMap(([name, options]) => {
    const script = new Script(name, options);
    try {
      conversation(script);
    } catch (error) {
      // Nobody knows what memory holds behind a fault, so that conversation is over.
      if (!(error instanceof SyncFault)) throw error;
      script.note(`fault ${error.code}`);
    }
    return script.lines;
  });
}

function conversation(script: Script): void {
  script.create(3, 1);
  script.destroy(3);
  const [one, sibling] = script.create(1, 2);
  const [two] = script.create(2, 1, false);
  for (const word of [BIT_31 + VERSION_1_0, VERSION_2_0, VERSION_1_2, VERSION_1_1]) {
    script.call(one, FFA_ID_GET);
    script.call(one, FFA_VERSION, word);
  }
  script.call(sibling, FFA_ID_GET);
  script.call(two, FFA_VERSION, VERSION_1_0);
  script.call(two, FFA_INTERRUPT);
  script.call(two, FFA_VERSION, VERSION_1_0);
  script.call(two, FFA_FEATURES, FFA_FEATURES);
  afterNegotiation(script, one);
  afterNegotiation(script, two);
  script.list(one);
  script.destroy(1);
  script.list(two);
  const [again] = script.create(1, 1);
  script.call(again, FFA_PARTITION_INFO_GET, 0, 0, 0, 0, 1);
  script.call(again, FFA_VERSION, VERSION_1_1);
  script.call(again, ...MAP);
  script.list(again);
  script.destroy(1);
  script.destroy(2);
}

function afterNegotiation(script: Script, vcpu: Vcpu): void {
  for (const word of [VERSION_1_0, VERSION_1_1, VERSION_1_2, VERSION_2_0, BIT_31]) {
    script.call(vcpu, FFA_VERSION, word);
  }
  script.call(vcpu, FFA_FEATURES, DENIED >>> 0);
  for (const flags of [1, 2, 3]) script.call(vcpu, FFA_PARTITION_INFO_GET, 0, 0, 0, 0, flags);
  script.list(vcpu);
  script.call(vcpu, FFA_RX_RELEASE);
  script.call(vcpu, FFA_RXTX_UNMAP);
  script.call(vcpu, FFA_RXTX_UNMAP);
  script.call(vcpu, FFA_RXTX_MAP_32, 0x1000, 0x2000, 2);
  script.call(vcpu, ...MAP);
  script.call(vcpu, ...MAP);
  script.list(vcpu);
  script.list(vcpu);
  script.call(vcpu, FFA_RXTX_UNMAP);
  script.call(vcpu, FFA_RX_RELEASE);
  script.call(vcpu, FFA_RX_RELEASE);
  script.call(vcpu, 0x840000ff);
}
