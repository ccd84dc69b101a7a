/**
 * src/ through its public API: whatever guests do, one call after the other, they see what an
 * independent description says. (Safety of negotiation, FFA_VERSION, FFA_PARTITION_INFO_GET,
 * FFA_RX_RELEASE; H6 for the posted design.)
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  CHOICES,
  createMediator,
  defaultOptions,
  FFA_VERSION,
  type Mediator,
  type MediatorOptions,
} from "../../src/index.js";
import { type GuestAction, guestAction, mediatorOptions } from "../support/arbitraries.js";
import { GuestOracle } from "../support/guestOracle.js";

/** Carries the actions out that are possible, and tells `onAnswer` of each call. */
function play(
  mediator: Mediator,
  actions: readonly GuestAction[],
  oracle: GuestOracle,
  onAnswer: (action: GuestAction & { kind: "call" }, answer: readonly number[]) => void,
): void {
  const vcpus = new Map<number, number>();
  for (const action of actions) {
    if (action.kind === "create") {
      if (vcpus.has(action.id)) continue;
      vcpus.set(action.id, action.vcpus);
      mediator.createDomain(action);
      oracle.create(action);
    } else if (vcpus.has(action.id)) {
      if (action.kind === "destroy") {
        vcpus.delete(action.id);
        mediator.destroyDomain(action.id);
        oracle.destroy(action.id);
      } else {
        const index = action.vcpu % (vcpus.get(action.id) ?? 1);
        onAnswer(action, mediator.call({ domainId: action.id, index }, action.words));
      }
    }
  }
}

function expectAsDescribed(options: MediatorOptions, actions: readonly GuestAction[]): number {
  let calls = 0;
  const mediator = createMediator(options);
  const oracle = new GuestOracle(options);
  play(mediator, actions, oracle, ({ id, words }, answer) => {
    calls++;
    const expected = oracle.call(id, words);
    expect(answer).toEqual(expected.answer);
    const { rx } = expected;
    if (rx) expect(mediator.rx(id).subarray(0, rx.length)).toEqual(rx);
  });
  return calls;
}

const actions = fc.array(guestAction, { maxLength: 60, size: "max" });

test("answers and RX are as described, for every option", () => {
  fc.assert(
    fc.property(mediatorOptions, actions, (options, all) => {
      expectAsDescribed(options, all);
    }),
    { numRuns: 500 },
  );
});

test("no answer but NOT_SUPPORTED before a version was requested", () => {
  fc.assert(
    fc.property(mediatorOptions, actions, (drawn, all) => {
      const choices = { ...drawn.choices, initial: "none" } as const;
      const options: MediatorOptions = { ...drawn, choices };
      const withoutVersion = all.filter(
        (action) => action.kind !== "call" || action.words[0] !== FFA_VERSION,
      );
      const oracle = new GuestOracle(options);
      play(createMediator(options), withoutVersion, oracle, (_, answer) => {
        expect(answer).toEqual([0x84000060, 0, 0xffffffff, 0, 0, 0, 0, 0]);
      });
    }),
  );
});

test("a mediator of another fix, choice or version is told from the described one", () => {
  const different = (options: Partial<MediatorOptions>): void => {
    fc.assert(
      fc.property(mediatorOptions, actions, (drawn, all) => {
        const described = { ...drawn, choices: defaultOptions.choices };
        const oracle = new GuestOracle(described);
        play(createMediator({ ...described, ...options }), all, oracle, ({ id, words }, answer) => {
          expect(answer).toEqual(oracle.call(id, words).answer);
        });
      }),
      { numRuns: 3000, endOnFailure: true },
    );
  };
  expect(() => different({ fixes: [] })).toThrow(/Property failed/);
  for (const [choice, values] of Object.entries(CHOICES)) {
    for (const value of values.slice(1)) {
      const choices = { ...defaultOptions.choices, [choice]: value };
      expect(() => different({ choices }), `${choice} ${value}`).toThrow(/Property failed/);
    }
  }
  expect(() => different({ version: 0x10000 })).toThrow(/Property failed/);
  expect(() => different({ vmToVm: false })).toThrow(/Property failed/);
  expect(() => different({ rxBytes: 24 })).toThrow(/Property failed/);
});
