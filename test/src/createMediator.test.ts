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
    { rxBytes: 23 },
    { rxBytes: -1 },
    { rxBytes: 24.5 },
    { maxDomains: 6, maxVcpus: 5 },
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
    expect(() => createMediator({ fixes })).toThrow("no fixes of this mediator: Nothing");
    const expected = "none, oldest, mine expected for initial, not newest";
    expect(() => createMediator({ choices })).toThrow(expected);
    expect(() => createMediator({ version: 0x10003 })).toThrow("version 0x10003 is not known");
  });

  test("an RX buffer of one entry is the smallest", () => {
    expect(() => createMediator({ rxBytes: 24 })).not.toThrow();
  });

  test("30 actors are the most", () => {
    expect(() => createMediator({ maxDomains: 5, maxVcpus: 5 })).not.toThrow();
  });
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

  test.each([[[-1]], [[2 ** 32]], [[0.5]], [[Number.NaN]], [[1, 2, 3, 4, 5, 6, 7, 8, 9]]])(
    "%j are no registers",
    (words) => {
      expect(() => mediator.call(vcpu, words)).toThrow(usageError("BAD_REGISTERS"));
    },
  );

  test("missing registers are zero", () => {
    expect(mediator.call(vcpu, [])).toEqual(registers(0x84000060, 0, -1));
  });

  test("an error says what was expected, and nothing has changed", () => {
    expect(() => mediator.createDomain({ id: 1, vcpus: 1 })).toThrow(UsageError);
    expect(() => mediator.createDomain({ id: 9, vcpus: 1 })).toThrow("1..2 expected, not 9");
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
