/** Results that the environment chooses, explored: each choice is a step, and each is counted. */
import { describe, expect, it } from "vitest";
import { auditAutomaton } from "../../verify/engine/auditAutomaton.js";
import { Automaton } from "../../verify/engine/automaton.js";
import type { BehaviorStep } from "../../verify/engine/behavior.js";
import { GOES_ON } from "../../verify/engine/branch.js";
import { mostStepsOf } from "../../verify/engine/expander.js";
import type { Explorable, Program } from "../../verify/engine/explorable.js";
import { explore } from "../../verify/engine/explore.js";
import {
  createScriptedSystem,
  type Script,
  type ScriptStep,
} from "../../verify/engine/scripted.js";
import { Stepper } from "../../verify/engine/stepper.js";
import { told } from "../support/told.js";
import { naiveSearch } from "./naiveSearch.js";

const CELL = 0;
const WORLD = 1;

const step = (kind: ScriptStep["kind"], at: number, operand = 0): ScriptStep => ({
  kind,
  at,
  operand,
});
const skippingOn = (result: number, of: ScriptStep): ScriptStep => {
  return { ...of, branch: { result, skip: 1 } };
};

const world = (answers: readonly number[], objects = 1) => {
  return { kind: "secureWorld" as const, owner: 0, answers, objects };
};
const cell = { kind: "cell" as const, owner: 0, values: [0, 1] };
const begin = step("read", CELL);

const script = (
  answers: readonly number[],
  actors: Script["actors"],
  objects = 1,
  more: Partial<Script> = {},
): Script => ({ locations: [cell, world(answers, objects)], actors, ...more });

/** It asks, and writes unless it is told OK. */
const WRITES_ON_REFUSAL = [begin, skippingOn(0, step("tell", WORLD)), step("write", CELL, 1)];

describe("states and steps, counted by hand", () => {
  // Behind the first step there are three answers, and each leads back to the start.
  it("of one actor that is told what does not matter to it", async () => {
    const system = createScriptedSystem(script([0, -5, -2], [[[begin, step("tell", WORLD)]]]));
    const { outcome, distinct, generated, depth, generatedByAction } = await explore(system);
    expect({ outcome, distinct, generated, depth }).toEqual({
      outcome: { kind: "holds" },
      distinct: 2,
      generated: 1 + 1 + 3,
      depth: 2,
    });
    expect([...generatedByAction]).toEqual([
      ["step 0 read", 1],
      ["step 1 tell", 3],
    ]);
  });

  // 1 + 1 steps where both are idle, 3 + 1 where one asks, 3 + 3 where both do.
  it("of two such actors", async () => {
    const ask = [[begin, step("tell", WORLD)]];
    const result = await explore(createScriptedSystem(script([0, -5, -2], [ask, ask])));
    expect(result).toMatchObject({ distinct: 4, generated: 1 + 2 + 4 + 4 + 6, depth: 3 });
  });

  // Idle with 0, asking, about to write as told -5 or -2; and the same four with 1.
  it("of an actor that goes on as it is told", async () => {
    const system = createScriptedSystem(script([0, -5, -2], [[WRITES_ON_REFUSAL]]));
    const { distinct, generated, depth, generatedByAction } = await explore(system);
    expect({ distinct, generated, depth }).toEqual({
      distinct: 8,
      generated: 1 + 2 * (1 + 3 + 2),
      depth: 6,
    });
    expect([...generatedByAction.values()]).toEqual([2, 6, 4]);
  });

  // It shares, is refused the object back, begins anew, and there is no room for a second one.
  it("of an actor that shares and reclaims, until too much is shared", async () => {
    const code = [begin, step("share", WORLD), step("reclaim", WORLD, 1)];
    const { outcome } = await explore(createScriptedSystem(script([0, -1], [[code]])));
    expect(outcome).toMatchObject({
      kind: "violation",
      violation: {
        kind: "fault",
        name: "VALUE_OUT_OF_RANGE",
        behavior: [{ branch: 0 }, { branch: 0 }, { branch: 1 }, { branch: 0 }],
        fault: { action: "step 1 share", branch: 0, where: "location 1" },
      },
    });
  });

  // What is not held is refused, whether that is chosen or OK was: two steps into one state.
  it("of an actor that reclaims what is not there", async () => {
    const code = [begin, step("reclaim", WORLD, 1), begin];
    const result = await explore(createScriptedSystem(script([0, -1], [[code]])));
    expect(result).toMatchObject({ distinct: 3, generated: 1 + 1 + 2 + 1, depth: 3 });
  });

  it("of a secure world that has one answer: no choice, and no branch", async () => {
    const system = createScriptedSystem(script([0], [[[begin, step("tell", WORLD)]]]));
    expect(await explore(system)).toMatchObject({ distinct: 2, generated: 3 });
    const stepper = new Stepper(system);
    expect(branchesIn(stepper, ["0", ""])).toEqual([GOES_ON]);
  });
});

/** The branches of the steps behind a way of branches; of the one actor. */
function branchesIn(stepper: Stepper, way: readonly string[]): readonly number[] {
  let state = stepper.initial;
  let branches: number[] = [];
  for (const wanted of way) {
    branches = [];
    let next = state;
    stepper.forEachStep(state, 0, (_, __, words, branch) => {
      branches.push(branch);
      if (String(branch) === wanted) next = words.slice();
    });
    state = next;
  }
  return branches;
}

const twoWorlds: Script = {
  locations: [cell, world([0, -1, -2, -3]), world([0, -1], 2), world([0, -7], 30)],
  actors: [
    [
      [begin, step("tell", 2), step("tell", 1)],
      [begin, step("tell", 1), step("read", CELL)],
    ],
    // Too wide for a key: what the third world holds is looked up by its text.
    [[begin, skippingOn(31, step("share", 3)), step("reclaim", 3, 1)]],
    [],
  ],
};

describe("worlds of several widths and numbers of answers", () => {
  it("are searched as by a search without shortcuts, by one and by two workers", async () => {
    const code = { ...twoWorlds, actors: [twoWorlds.actors[0], twoWorlds.actors[0]] };
    for (const of of [code, twoWorlds]) {
      const system = createScriptedSystem(of);
      const plain = naiveSearch(system, true);
      const [one, two] = [await explore(system), await explore(system, { workers: 2 })];
      expect(told(two)).toEqual(told(one));
      const { outcome } = one;
      if (outcome.kind === "violation") {
        const { kind, name, length } = outcome.violation;
        expect(plain.problems).toContainEqual({ kind, name, length });
        continue;
      }
      const { distinct, generated, depth } = plain;
      expect(one).toMatchObject({ distinct, generated, depth });
    }
  });

  it("offer the branches of the operation that comes next, and of no other", () => {
    const stepper = new Stepper(
      createScriptedSystem({ ...twoWorlds, actors: [twoWorlds.actors[0]] }),
    );
    expect(branchesIn(stepper, [""])).toEqual([0, 1]);
    expect(branchesIn(stepper, ["0", ""])).toEqual([0, 1]);
    expect(branchesIn(stepper, ["0", "1", ""])).toEqual([0, 1, 2, 3]);
    expect(branchesIn(stepper, ["1", ""])).toEqual([0, 1, 2, 3]);
    expect(branchesIn(stepper, ["1", "3", ""])).toEqual([GOES_ON]);
    expect(stepper.offersOf(0, stepper.initial).map(({ branch }) => branch)).toEqual([0, 1]);
  });

  it("are looked up by choice where what they hold is too wide for a key", () => {
    const code = { locations: [cell, world([0, -7], 30)], actors: [[[begin, step("share", 1)]]] };
    const stepper = new Stepper(createScriptedSystem(code));
    const held: number[] = [];
    stepper.forEachStep(stepper.initial, 0, (_, __, asking) => {
      const before = asking.slice();
      stepper.forEachStep(before, 0, (_, __, words) => {
        held.push(stepper.viewAt(words, 0).code(1));
      });
    });
    expect(held).toEqual([0b01, 0]);
  });

  it("have room for the steps of a state", () => {
    const { table } = new Stepper(createScriptedSystem(twoWorlds));
    expect(mostStepsOf(table)).toBe(4 + 4 + 4);
  });
});

it("a fault names the branch that fails, not the first", async () => {
  const code = {
    locations: [{ kind: "spinlock" as const, owner: 0 }],
    actors: [[[step("tryLock", 0)], [step("unlock", 0)]]],
  };
  const { outcome } = await explore(createScriptedSystem(code));
  expect(outcome).toMatchObject({
    violation: { name: "NOT_THE_HOLDER", fault: { action: "step 0 unlock", branch: 1 } },
  });
});

describe("a finding names the choices on its way", () => {
  const never = { Never: { slot: CELL, code: 1 } };
  const system = createScriptedSystem(script([0, -5], [[WRITES_ON_REFUSAL]], 1, { never }));

  /** The state that the steps of a behavior lead to, by actor and branch alone. */
  function replayed(stepper: Stepper, behavior: readonly BehaviorStep[]): Int32Array {
    let state = stepper.initial;
    for (const { actor, branch } of behavior) {
      const found: Int32Array[] = [];
      stepper.forEachStep(state, 0, (who, _, words, on) => {
        if (who === actor && on === branch) found.push(words.slice());
      });
      expect(found).toHaveLength(1);
      state = found[0];
    }
    return state;
  }

  it.each([1, 2])("with %i workers", async (workers) => {
    const { outcome } = await explore(system, { invariants: ["Never"], workers });
    if (outcome.kind !== "violation") throw new Error("Never holds");
    const { behavior, length } = outcome.violation;
    expect(length).toBe(4);
    expect(behavior.map(({ branch }) => branch)).toEqual([0, 1, GOES_ON]);
    const stepper = new Stepper(system);
    expect(stepper.viewAt(replayed(stepper, behavior), 0).code(CELL)).toBe(1);
  });
});

describe("a task that asks again until it is told OK", () => {
  function* asks(again: (told: number, times: number) => boolean) {
    const at = (kind: ScriptStep["kind"], label: string) => {
      return { label, kind, at: kind === "tell" ? WORLD : CELL, operand: 0 };
    };
    yield at("read", "Begin");
    for (let times = 1; again(yield at("tell", "Ask"), times); times++);
    return undefined;
  }
  const persistent = (again: Parameters<typeof asks>[0]): Explorable => {
    const plain = createScriptedSystem(script([0, -7], [[[begin]]]));
    const program: Program = {
      start: () => asks(again),
      profile: ({ next }) => ({ key: next.label }),
    };
    return { ...plain, actors: [{ ...plain.actors[0], programs: [program] }] };
  };

  it("has a step back to where it is, and no end of runs; they are audited for some rounds", async () => {
    const system = persistent((status) => status !== 0);
    const result = await explore(system);
    expect(result).toMatchObject({ distinct: 2, generated: 1 + 1 + 2, depth: 2 });
    const [automaton] = result.stepper.automata;
    // Asking, up to five times, and being done, up to four times before it has come back too often.
    const runs = [1, 4, 500].map((most) => auditAutomaton(automaton, most));
    expect(runs).toEqual([2, 8, 9]);
  });

  it.each([1, 2, 3])("is not taken for one that gives up after %i rounds", async (rounds) => {
    const system = persistent((status, times) => status !== 0 && times <= rounds);
    await expect(explore(system)).rejects.toMatchObject({ code: "LOCALS_INCOMPLETE" });
  });
});

it("a program cannot begin with a choice of the environment's, where that has one", () => {
  const automatonOf = (answers: readonly number[]) => {
    const system = createScriptedSystem(script(answers, [[[step("tell", WORLD)]]]));
    return new Automaton(system, system.actors[0]);
  };
  expect(() => automatonOf([0, -1])).toThrow("begins with a step of its own, not with step 0 tell");
  expect(automatonOf([0]).firsts).toHaveLength(1);
});
