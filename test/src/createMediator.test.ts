/** src/createMediator.ts: the public API, and a code for every wrong use of it. */
import { describe, expect, test } from "vitest";
import {
  createMediator,
  defaultOptions,
  FFA_ID_GET,
  FFA_PARTITION_INFO_GET,
  FFA_RX_RELEASE,
  FFA_RXTX_UNMAP,
  FFA_VERSION,
  FIXES,
  presets,
  registers,
  UsageError,
} from "../../src/index.js";

const xen = presets["xen-posted"].choices;
const usageError = (code: string) => expect.objectContaining({ name: "UsageError", code });

test("options that are not given have their defaults", () => {
  expect(createMediator().options).toEqual(defaultOptions);
  expect(createMediator({ maxVcpus: 1 }).options).toEqual({ ...defaultOptions, maxVcpus: 1 });
});

test.each(Object.entries(presets))("a preset is a set of options: %s", (_, preset) => {
  const { options } = createMediator(preset);
  expect(options).toEqual({ ...defaultOptions, ...preset });
});

describe("options out of range", () => {
  test.each([
    { maxDomains: 0 },
    { maxDomains: 1.5 },
    { maxVcpus: 0 },
    { maxVcpus: Number.NaN },
    { rxBytes: 39 },
    { rxBytes: -1 },
    { rxBytes: 40.5 },
    { txBytes: 39 },
    { maxShm: -1 },
    { maxDomains: 6, maxVcpus: 4 },
    { version: 0x10003 },
    { version: 0x20000 },
    { version: 0 },
    { fixes: ["PublishFirst" as never] },
    { fixes: [...FIXES, "publishLast" as never] },
    { choices: { ...xen, early: "ajar" as never } },
    { choices: { ...xen, ends: "mine" as never } },
    { choices: { otherMajor: "mine" } as never },
    { choices: { ...xen, later: "mine" } as never },
    { securePartitions: [{ id: 0x10001, executionContexts: 1, properties: 0 }] },
    { securePartitions: [{ id: 0x0001, executionContexts: 1, properties: 0 }] },
    { securePartitions: [{ id: 0x8001, executionContexts: 65536, properties: 0 }] },
    { securePartitions: [{ id: 0x8001, executionContexts: 1, properties: -1 }] },
  ])("%j", (options) => {
    expect(() => createMediator(options)).toThrow(usageError("OPTION_OUT_OF_RANGE"));
  });

  test("the message says which, and what is expected", () => {
    const [fixes, choices] = [["Nothing" as never], { ...xen, initial: "newest" as never }];
    expect(() => createMediator({ fixes })).toThrow(
      /fixes are some of PublishLast, .*, not Nothing/,
    );
    const expected = "choices.initial is one of none, oldest, mine, not newest";
    expect(() => createMediator({ choices })).toThrow(expected);
    const known = "version is one of 0x10000, 0x10001, 0x10002, not 0x10003";
    expect(() => createMediator({ version: 0x10003 })).toThrow(known);
  });

  /** What is still within a limit, what is beyond it, and what the message says of that. */
  const sp = { id: 0x8001, executionContexts: 1, properties: 0 };
  const ofSp = (change: object) => ({ securePartitions: [sp, { ...sp, ...change }] });
  test.each<[object, object, string]>([
    [{ rxBytes: 40 }, { rxBytes: 39 }, "rxBytes is a whole number of 40..16777216"],
    [{ rxBytes: 2 ** 24 }, { rxBytes: 2 ** 24 + 1 }, "rxBytes is a whole number of 40..16777216"],
    [{ txBytes: 40 }, { txBytes: 39 }, "txBytes is a whole number of 40..16777216"],
    [{ txBytes: 2 ** 24 }, { txBytes: 2 ** 24 + 1 }, "txBytes is a whole number of 40..16777216"],
    [{ maxShm: 0 }, { maxShm: -1 }, "maxShm is a whole number of 0..32"],
    [{ maxShm: 32 }, { maxShm: 33 }, "maxShm is a whole number of 0..32"],
    [{ secureAnswers: [0] }, { secureAnswers: [] }, "secureAnswers is 0 and then some of -1, "],
    [{ secureAnswers: [0, -8] }, { secureAnswers: [-8, 0] }, "each once, not -8,0"],
    [{ secureAnswers: [0, -1] }, { secureAnswers: [0, -1, -1] }, "each once, not 0,-1,-1"],
    [{ secureAnswers: [0, -8] }, { secureAnswers: [0, -9] }, "each once, not 0,-9"],
    [{ secureAnswers: [0] }, { secureAnswers: undefined }, "each once, not undefined"],
    [{ maxDomains: 1 }, { maxDomains: 0 }, "maxDomains is a whole number of 1..30"],
    [{ maxVcpus: 1 }, { maxVcpus: 0 }, "maxVcpus is a whole number of 1..30"],
    [
      { maxDomains: 4, maxVcpus: 6 },
      { maxDomains: 6, maxVcpus: 4 },
      "maxDomains x (maxVcpus + 1) is 29 at the most, not 6 x (4 + 1)",
    ],
    [
      { maxDomains: 1, maxVcpus: 28 },
      { maxDomains: 1, maxVcpus: 29 },
      "maxDomains x (maxVcpus + 1) is 29 at the most, not 1 x (29 + 1)",
    ],
    [ofSp({ id: 0x8000 }), ofSp({ id: 0x7fff }), "securePartitions[1].id is a whole number"],
    [
      ofSp({ id: 0xffff }),
      ofSp({ id: 0x10000 }),
      "of 32768..65535 (bit 15 is set in those of SPs)",
    ],
    [
      ofSp({ executionContexts: 0xffff }),
      ofSp({ executionContexts: 0x10000 }),
      "securePartitions[1].executionContexts is a whole number of 0..65535 (16 bits), not 65536",
    ],
    [
      ofSp({ properties: 2 ** 32 - 1 }),
      ofSp({ properties: 2 ** 32 }),
      "securePartitions[1].properties is a whole number of 0..4294967295 (32 bits)",
    ],
    [ofSp({ properties: 0 }), ofSp({ properties: -1 }), "not -1"],
    [
      ofSp({ uuid: [0, 0, 0, 2 ** 32 - 1] }),
      ofSp({ uuid: [0, 0, 0, 2 ** 32] }),
      "securePartitions[1].uuid[3] is a whole number of 0..4294967295 (32 bits), not 4294967296",
    ],
    [ofSp({ uuid: [1, 2, 3, 4] }), ofSp({ uuid: [1, 2, 3] }), "uuid has 4 words, not 3"],
    [
      { securePartitions: Array(16).fill({ ...sp, properties: 0x60 }) },
      { securePartitions: Array(17).fill({ ...sp, properties: 0x60 }) },
      "16 SPs at the most that are told of VMs (properties 0x60), not 17",
    ],
    [
      { securePartitions: Array(17).fill(sp) },
      { securePartitions: Array(40).fill({ ...sp, properties: 0xff }) },
      "not 40",
    ],
    [{ fixes: [] }, { fixes: undefined }, "fixes is a list, not undefined"],
    [{ securePartitions: [] }, { securePartitions: null }, "securePartitions is a list, not null"],
    [{ vmToVm: false }, { vmToVm: 1 }, "vmToVm is true or false, not 1"],
    [{ mappedAtStart: true }, { mappedAtStart: "no" }, "mappedAtStart is true or false, not no"],
    [{ version: 0x10000 }, { version: undefined }, "not undefined"],
    [{ choices: xen }, { choices: undefined }, "choices.otherMajor is one of"],
  ])("%j is within the limit, and %j is not", (within, beyond, message) => {
    expect(() => createMediator(within)).not.toThrow();
    expect(() => createMediator(beyond)).toThrow(usageError("OPTION_OUT_OF_RANGE"));
    expect(() => createMediator(beyond)).toThrow(message);
  });
});

test("options are copied and frozen, all the way down", () => {
  const sp = { id: 0x8001, executionContexts: 1, properties: 0, uuid: [1, 2, 3, 4] as const };
  const given = { securePartitions: [sp], choices: { ...xen }, fixes: [...FIXES] };
  const { options, createDomain, call } = createMediator(given);
  const before = structuredClone(options);
  given.securePartitions.push({ ...sp, id: 0x8002 });
  Object.assign(sp, { properties: 2 ** 40 });
  given.fixes.length = 0;
  Object.assign(given.choices, { laterAnswer: "nonsense" });
  expect(options).toEqual(before);
  const held: object[] = [options];
  for (const one of held) {
    expect(Object.isFrozen(one)).toBe(true);
    held.push(...Object.values(one).filter((part) => typeof part === "object"));
  }
  const [vcpu] = createDomain({ id: 1, vcpus: 1 });
  call(vcpu, registers(FFA_VERSION, 0x10001));
  expect(call(vcpu, registers(FFA_PARTITION_INFO_GET, 0, 0, 0, 0, 1))[2]).toBe(1);
});

describe("domains", () => {
  const mediator = createMediator({ maxDomains: 2, maxVcpus: 2 });
  const [vcpu] = mediator.createDomain({ id: 1, vcpus: 1 });

  test.each([0, 3, 1.5, Number.NaN])("%d is no domain ID", (id) => {
    const create = () => mediator.createDomain({ id, vcpus: 1 });
    expect(create).toThrow(usageError("DOMAIN_OUT_OF_RANGE"));
  });

  test.each([0, 3, 0.5])("%d is no number of vCPUs", (vcpus) => {
    const create = () => mediator.createDomain({ id: 2, vcpus });
    expect(create).toThrow(usageError("VCPU_OUT_OF_RANGE"));
  });

  test("an ID is taken until its domain is destroyed", () => {
    const create = () => mediator.createDomain({ id: 1, vcpus: 1 });
    expect(create).toThrow(usageError("DOMAIN_EXISTS"));
  });

  test("what is not there cannot be destroyed, called or read", () => {
    const absent = usageError("DOMAIN_ABSENT");
    expect(() => mediator.destroyDomain(2)).toThrow(absent);
    expect(() => mediator.call({ domainId: 2, index: 0 }, [FFA_ID_GET])).toThrow(absent);
    expect(() => mediator.rx(2)).toThrow(absent);
  });

  test.each([-1, 1, 0.5])("vCPU %d is not there", (index) => {
    const call = () => mediator.call({ domainId: 1, index }, [FFA_ID_GET]);
    expect(call).toThrow(usageError("VCPU_OUT_OF_RANGE"));
  });

  test("a vCPU of a destroyed domain is refused after the ID is used again", () => {
    const two = createMediator();
    const [old] = two.createDomain({ id: 1, vcpus: 1 });
    two.destroyDomain(1);
    expect(() => two.call(old, [FFA_ID_GET])).toThrow(usageError("DOMAIN_ABSENT"));
    const [young] = two.createDomain({ id: 1, vcpus: 1 });
    expect(() => two.call(old, [FFA_ID_GET])).toThrow(usageError("VCPU_GONE"));
    expect(two.call(young, [FFA_ID_GET])).toEqual(registers(0x84000060, 0, -1));
    expect(() => mediator.call(young, [FFA_ID_GET])).toThrow(usageError("VCPU_GONE"));
  });

  test("what is given out cannot be made another vCPU", () => {
    expect(Object.isFrozen(vcpu)).toBe(true);
    const copy = { ...vcpu };
    expect(() => mediator.call(copy, [FFA_ID_GET])).toThrow(usageError("VCPU_GONE"));
  });

  test("an error says what was expected, and nothing has changed", () => {
    expect(() => mediator.createDomain({ id: 1, vcpus: 1 })).toThrow(UsageError);
    const expected = "a domain ID is 1..2 (maxDomains), not 9";
    expect(() => mediator.createDomain({ id: 9, vcpus: 1 })).toThrow(expected);
    expect(mediator.createDomain({ id: 2, vcpus: 2 })).toEqual([
      { domainId: 2, index: 0 },
      { domainId: 2, index: 1 },
    ]);
  });
});

test("a new life of a domain has no version and an empty RX, mapped as at the start", () => {
  const mediator = createMediator({
    mappedAtStart: true,
    securePartitions: [{ id: 0x8001, executionContexts: 1, properties: 0 }],
  });
  const [first] = mediator.createDomain({ id: 1, vcpus: 1 });
  mediator.call(first, registers(FFA_VERSION, 0x10001));
  mediator.call(first, registers(FFA_PARTITION_INFO_GET));
  expect(mediator.rx(1)[0]).toBe(1);
  mediator.call(first, registers(FFA_RX_RELEASE));
  expect(mediator.call(first, registers(FFA_RXTX_UNMAP))[0]).toBe(0x84000061);
  mediator.destroyDomain(1);
  const [second] = mediator.createDomain({ id: 1, vcpus: 2 });
  expect(mediator.rx(1).every((byte) => byte === 0)).toBe(true);
  expect(mediator.call(second, registers(FFA_ID_GET))[0]).toBe(0x84000060);
  mediator.call(second, registers(FFA_VERSION, 0x10001));
  expect(mediator.call(second, registers(FFA_RXTX_UNMAP))[0]).toBe(0x84000061);
});

test("two mediators share nothing", () => {
  const [one, two] = [createMediator(), createMediator()];
  one.createDomain({ id: 1, vcpus: 1 });
  expect(() => two.rx(1)).toThrow(usageError("DOMAIN_ABSENT"));
});

test("TX is its guest's to write, and empty in a new life", () => {
  const mediator = createMediator({ txBytes: 50, rxBytes: 60 });
  mediator.createDomain({ id: 1, vcpus: 1 });
  expect([mediator.tx(1).length, mediator.rx(1).length]).toEqual([50, 60]);
  mediator.tx(1).fill(7);
  expect(mediator.tx(1)).toEqual(new Uint8Array(50).fill(7));
  expect(mediator.rx(1)).toEqual(new Uint8Array(60));
  mediator.destroyDomain(1);
  expect(() => mediator.tx(1)).toThrow(usageError("DOMAIN_ABSENT"));
  mediator.createDomain({ id: 1, vcpus: 1 });
  expect(mediator.tx(1)).toEqual(new Uint8Array(50));
});
