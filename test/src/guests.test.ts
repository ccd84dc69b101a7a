/**
 * src/ through its public API: whatever guests do, one call after the other, they see what an
 * independent description says. (Safety of negotiation, FFA_VERSION, FFA_PARTITION_INFO_GET,
 * mapping and release of RX, FFA_MSG_SEND2, FFA_MEM_SHARE, FFA_MEM_RECLAIM and what is left of them;
 * H6 without RefuseBit31.)
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { REFUSALS } from "../../src/abi.js";
import { CHOICES } from "../../src/choices.js";
import {
  createMediator,
  FFA_VERSION,
  FIXES,
  type Mediator,
  type MediatorOptions,
  presets,
  type Vcpu,
} from "../../src/index.js";
import { failed, STATUS, UNKNOWN } from "../support/answers.js";
import {
  answerAbout,
  exchange,
  type GuestAction,
  guestAction,
  mediatorOptions,
  negotiated,
} from "../support/arbitraries.js";
import { differingRegisters, expectAnswer, expectRx } from "../support/expectAnswer.js";
import { guestExamples } from "../support/guestExamples.js";
import { GuestOracle } from "../support/guestOracle.js";

/** A mediator beside SPs that hear of all VMs, and say of memory what they are told to say. */
class Played {
  answers: readonly number[] = [0];
  readonly mediator: Mediator;

  constructor(options: MediatorOptions) {
    this.mediator = createMediator(options, ({ step, about }) =>
      step.startsWith("Ask") ? answerAbout(this.answers, about) : 0,
    );
  }

  /** undefined when the ID is taken still. */
  create(action: GuestAction & { kind: "create" }): readonly Vcpu[] | undefined {
    try {
      return this.mediator.createDomain(action);
    } catch (error) {
      expect(error).toMatchObject({ name: "UsageError", code: "DOMAIN_EXISTS" });
      return undefined;
    }
  }
}

/** Carries the actions out that are possible, and tells `onAnswer` of each call. */
function play(
  played: Played,
  oracle: GuestOracle,
  actions: readonly GuestAction[],
  onAnswer: (action: GuestAction & { kind: "call" }, answer: readonly number[]) => void,
): void {
  const { mediator } = played;
  const vcpus = new Map<number, readonly Vcpu[]>();
  for (const action of actions) {
    if (action.kind !== "create") played.answers = action.answers;
    if (action.kind === "fire") {
      expect(mediator.fireTimer()).toBe(oracle.fire(action.answers));
    } else if (action.kind === "create") {
      if (vcpus.has(action.id)) continue;
      const created = played.create(action);
      expect(created !== undefined).toBe(oracle.isFree(action.id));
      if (created === undefined) continue;
      vcpus.set(action.id, created);
      oracle.create(action);
    } else if (vcpus.has(action.id)) {
      if (action.kind === "destroy") {
        vcpus.delete(action.id);
        mediator.destroyDomain(action.id);
        oracle.destroy(action.id, action.answers);
      } else {
        if (action.tx) {
          const tx = mediator.tx(action.id);
          tx.set(action.tx.slice(0, tx.length));
          oracle.write(action.id, action.tx);
        }
        const all = vcpus.get(action.id) ?? [];
        onAnswer(action, mediator.call(all[action.vcpu % all.length], action.words));
      }
    }
  }
}

/** Plays on a mediator, and expects what is described of one with `described`. */
function expectAsDescribed(
  described: MediatorOptions,
  actions: readonly GuestAction[],
  played = new Played(described),
): readonly (readonly number[])[] {
  const answers: (readonly number[])[] = [];
  const oracle = new GuestOracle(described);
  play(played, oracle, actions, ({ id, words, answers: said }, answer) => {
    expectAnswer(words, oracle.call(id, words, said), answer);
    answers.push(answer);
    // What a guest owns stays as it is, whatever it and others ask for.
    for (const [owner, bytes] of oracle.owned) {
      expectRx(owner, bytes, played.mediator.rx(owner).subarray(0, bytes.length));
    }
  });
  return answers;
}

const actions = fc.array(guestAction, { maxLength: 60, size: "max" });

test("answers and RX are as described, for every option", () => {
  fc.assert(
    fc.property(mediatorOptions, actions, (options, all) => {
      expectAsDescribed(options, all);
    }),
    { numRuns: 500, examples: [...guestExamples] },
  );
});

test("the examples are answered with every status", () => {
  const answers = guestExamples.flatMap(([options, all]) => expectAsDescribed(options, all));
  const found = answers.filter(([w0]) => w0 === 0x84000060).map(([, , w2]) => w2 | 0);
  expect(new Set(found)).toEqual(new Set(REFUSALS));
});

test("answers and RX are as described, of messages and memory of guests that negotiated", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(
      mediatorOptions,
      negotiated,
      fc.array(exchange, { maxLength: 40, size: "max" }),
      (options, before, all) => {
        const mapped = { ...options, mappedAtStart: true };
        for (const [w0, , w2] of expectAsDescribed(mapped, [...before, ...all])) {
          seen.add(`${w0} ${w2 | 0}`);
        }
      },
    ),
    { numRuns: 300, seed: 1 },
  );
  for (const status of Object.values(STATUS)) expect(seen).toContain(`${0x84000060} ${status}`);
});

describe("answers and RX are as described, negotiating like", () => {
  test.each(Object.entries(presets))("%s", (_, preset) => {
    fc.assert(
      fc.property(mediatorOptions, actions, (options, all) => {
        expectAsDescribed({ ...options, ...preset }, all);
      }),
    );
  });
});

test("NOT_SUPPORTED alone before a version was requested, to each call of FF-A", () => {
  fc.assert(
    fc.property(mediatorOptions, actions, (given, all) => {
      const options: MediatorOptions = { ...given, choices: { ...given.choices, initial: "none" } };
      const withoutVersion = all.filter(
        (action) => action.kind !== "call" || action.words[0] !== FFA_VERSION,
      );
      const oracle = new GuestOracle(options);
      play(new Played(options), oracle, withoutVersion, ({ words }, answer) => {
        const isUnknown = answer[0] === 0xffffffff;
        expectAnswer(words, isUnknown ? UNKNOWN : failed(STATUS.NOT_SUPPORTED), answer);
      });
    }),
    { examples: [...guestExamples] },
  );
});

describe("a mediator is told from the described one, if what differs is", () => {
  type Changed = (options: MediatorOptions) => MediatorOptions;

  /** @param described What is described, and @param played what guests talk to instead. */
  function expectTold(described: Changed, played: Changed): void {
    const { failed: told, errorInstance } = fc.check(
      fc.property(mediatorOptions, actions, (options, all) => {
        expectAsDescribed(described(options), all, new Played(played(options)));
      }),
      // What was found at random is among the examples, so that nothing is left to chance.
      { numRuns: guestExamples.length, examples: [...guestExamples], endOnFailure: true },
    );
    expect(told).toBe(true);
    expect(errorInstance).toMatchObject({ name: "AssertionError" });
  }
  const same: Changed = (options) => options;

  const pairs = Object.entries(CHOICES).flatMap(([name, values]) =>
    values.flatMap((from) =>
      values.filter((to) => to !== from).map((to) => [name, from, to] as const),
    ),
  );
  test.each(pairs)("%s: %s described, and %s there", (name, from, to) => {
    const choosing =
      (value: string): Changed =>
      (options) => ({ ...options, choices: { ...options.choices, [name]: value } });
    expectTold(choosing(from), choosing(to));
  });

  const without =
    (fix: string): Changed =>
    (options) => ({ ...options, fixes: options.fixes.filter((each) => each !== fix) });
  const VISIBLE = [
    ...(["PlainCount", "RefuseBit31", "MapInRxLock", "VmsOnNilOnly", "FfaIdsOnly"] as const),
    ...(["TxIsMapped", "RetryOnlyLeft"] as const),
  ];
  test.each(VISIBLE)("the fix %s", (fix) => {
    expectTold((options) => ({ ...options, fixes: [...options.fixes, fix] }), without(fix));
  });

  const invisible = FIXES.filter((fix) => !VISIBLE.some((visible) => visible === fix));
  test.each(invisible)("not the fix %s, which is about two calls at once", (fix) => {
    fc.assert(
      fc.property(mediatorOptions, actions, (options, all) => {
        const fixes = [...options.fixes, fix];
        expectAsDescribed({ ...options, fixes }, all, new Played(without(fix)(options)));
      }),
    );
  });

  const others: readonly Partial<MediatorOptions>[] = [
    { version: 0x10000 },
    { version: 0x10001 },
    { version: 0x10002 },
    { vmToVm: false },
    { vmToVm: true },
    { rxBytes: 40 },
    { txBytes: 64 },
    { maxShm: 1 },
    { mappedAtStart: false },
    { mappedAtStart: true },
  ];
  test.each(others)("%j", (change) => {
    expectTold(same, (options) => ({ ...options, ...change }));
  });
});

test("an answer that differs is told by register, and RX by byte", () => {
  const options = guestExamples[0][0];
  const told = fc.check(
    fc.property(mediatorOptions, actions, (_, all) => {
      const choices = { ...options.choices, otherMajor: "refuse" } as const;
      expectAsDescribed(options, all, new Played({ ...options, choices }));
    }),
    { numRuns: guestExamples.length, examples: [...guestExamples], endOnFailure: true },
  );
  expect(String(told.errorInstance)).toMatch(
    /the answer to 0x84000063 0x20000 .*: w0: 0x10001 expected, 0xffffffff found$/,
  );
  expect(differingRegisters([1, 2], [1, 2])).toEqual([]);
  expect(differingRegisters([1, 2, 3], [1, 255])).toEqual([
    "w1: 0x2 expected, 0xff found",
    "w2: 0x3 expected, nothing found",
  ]);
  const [expected, found] = [Uint8Array.of(1, 2), Uint8Array.of(1, 3)];
  expect(() => expectRx(1, expected, found)).toThrow("RX of domain 1: byte 1: 0x2 expected, 0x3");
});
