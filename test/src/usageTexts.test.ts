/** src/: what each wrong use of the library is told, in full. */
import { expect, test } from "vitest";
import { REFUSALS } from "../../src/abi.js";
import { CHOICES } from "../../src/choices.js";
import { declareMediator } from "../../src/context.js";
import { createMediator, FFA_ID_GET } from "../../src/index.js";
import { defaultOptions, type MediatorOptions } from "../../src/options.js";

const { choices } = defaultOptions;
const names = Object.keys(CHOICES).join(", ");

test.each<readonly [string, Partial<Record<keyof MediatorOptions, unknown>>]>([
  [
    "maxDomains x (maxVcpus + 1) is 29 at the most, not 6 x (4 + 1)",
    { maxDomains: 6, maxVcpus: 4 },
  ],
  [
    "rxBytes is a whole number of 40..16777216 (an entry and a header must fit), not 39",
    { rxBytes: 39 },
  ],
  ["txBytes is a whole number of 40..16777216 (a header must fit), not 39", { txBytes: 39 }],
  ["maxShm is a whole number of 0..32 (as the mediator has it), not 33", { maxShm: 33 }],
  [
    `secureAnswers is 0 and then some of ${REFUSALS.join(", ")}, each once, not 0,-9`,
    { secureAnswers: [0, -9] },
  ],
  ["version is one of 0x10000, 0x10001, 0x10002, not 0x10003", { version: 0x10003 }],
  [`choices are ${names}, not later, never`, { choices: { ...choices, later: 1, never: 2 } }],
  ["choices.early is one of ", { choices: { ...choices, early: undefined } }],
  [", not nothing", { choices: { otherMajor: "mine" } }],
  ["choices.ends is one of ", { choices: { ...choices, ends: "ajar" } }],
  [`one of ${CHOICES.ends.join(", ")}, not ajar`, { choices: { ...choices, ends: "ajar" } }],
  ["fixes are some of PublishLast, ", { fixes: ["One", "Two"] }],
  [", not One, Two", { fixes: ["One", "Two"] }],
])("%s", (message, options) => {
  expect(() => createMediator(options as Partial<MediatorOptions>)).toThrow(message);
});

test("a domain or a vCPU that cannot be", () => {
  const mediator = createMediator({ maxDomains: 2, maxVcpus: 2 });
  const create = (id: number, vcpus: number) => () => mediator.createDomain({ id, vcpus });
  expect(create(3, 1)).toThrow("DOMAIN_OUT_OF_RANGE: a domain ID is 1..2 (maxDomains), not 3");
  expect(create(1, 3)).toThrow("VCPU_OUT_OF_RANGE: a domain has 1..2 vCPUs (maxVcpus), not 3");
  expect(() => mediator.destroyDomain(1)).toThrow("DOMAIN_ABSENT: there is no domain 1");
  const [, old] = create(1, 2)();
  expect(create(1, 1)).toThrow("DOMAIN_EXISTS: domain 1 is there already");
  expect(() => mediator.call({ domainId: 1, index: 2 }, [FFA_ID_GET])).toThrow(
    "VCPU_OUT_OF_RANGE: domain 1 has vCPUs 0..1, not 2",
  );
  mediator.destroyDomain(1);
  create(1, 2)();
  expect(() => mediator.call(old, [FFA_ID_GET])).toThrow(
    "VCPU_GONE: domain 1 is another one now; a vCPU is what the createDomain of its domain gave out",
  );
});

test("more registers than there are", () => {
  const mediator = createMediator();
  const [vcpu] = mediator.createDomain({ id: 1, vcpus: 1 });
  expect(() => mediator.call(vcpu, Array(19).fill(0))).toThrow(
    "BAD_REGISTERS: x0..x17 are 18 registers, not 19",
  );
});

test("no field has a value that the design does not need", () => {
  const wordsOf = (options: Partial<MediatorOptions>) =>
    declareMediator({ ...defaultOptions, ...options }).layout.locations.map(({ values }) =>
      (values ?? []).map((value) => typeof value),
    );
  for (const fixes of [[], ["FillerOwnsRx"]] as const) {
    expect(new Set(wordsOf({ fixes }).flat())).toEqual(new Set(["number"]));
  }
});

test("each location has the name of its field in C", () => {
  const { layout } = declareMediator({ ...defaultOptions, maxDomains: 1 });
  expect(layout.locations.map(({ name }) => name).toSorted()).toEqual([
    "domain",
    "ffa_ctx_head",
    "ffa_ctx_list_rwlock",
    "ffa_rx_buffer_lock",
    "ffa_teardown_head",
    "ffa_teardown_lock",
    "ffa_teardown_timer",
    "ffa_tx_buffer_lock",
    "ffa_vm_count",
    "guest_vers",
    "guest_vers_lock",
    "guest_vers_tmp",
    "is_dying",
    "lock",
    "page_count",
    "rx",
    "rx_is_free",
    "rx_lock",
    "secure world",
    "shm_count",
    "shm_list",
    "tx",
    "tx_lock",
    "vm_destroy_bitmap",
  ]);
  const once = layout.locations.filter(({ accessOnce }) => accessOnce);
  expect(once.map(({ name }) => name)).toEqual(["guest_vers"]);
});
