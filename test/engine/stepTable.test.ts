/** The table of steps: what it must refuse, and keys that are too wide for it. */
import { describe, expect, it } from "vitest";
import { RUNNING } from "../../src/sync/index.js";
import { explore } from "../../verify/engine/explore.js";
import { footprintOf } from "../../verify/engine/footprint.js";
import { declaredWidths } from "../../verify/engine/packing.js";
import {
  createScriptedSystem,
  type Script,
  type ScriptStep,
} from "../../verify/engine/scripted.js";
import { effectOf } from "../../verify/engine/stepEffect.js";
import { Stepper } from "../../verify/engine/stepper.js";
import { naiveSearch } from "./naiveSearch.js";

const step = (kind: ScriptStep["kind"], at: number, operand = 0): ScriptStep => ({
  kind,
  at,
  operand,
});

const counter = { kind: "counter" as const, owner: 0, low: 0, high: 3 };

describe("the effect of a step", () => {
  it("is an error when the footprint forgets what the step depends on", () => {
    const system = createScriptedSystem({
      locations: [counter],
      actors: [[[step("add", 0, 1)]], [[step("read", 0)]]],
    });
    const { packing, automata, initial } = new Stepper(system);
    const nothing = { reads: [], onlyWhenZero: false };
    for (const automaton of automata) {
      const [op] = automaton.firsts;
      const forgetful = () => effectOf(system.layout, packing, nothing, op, 1, 0, initial, 0);
      expect(forgetful).toThrow(expect.objectContaining({ code: "FOOTPRINT_INCOMPLETE" }));
      const footprint = footprintOf(system.layout, op, 1);
      expect(effectOf(system.layout, packing, footprint, op, 1, 0, initial, 0)).not.toBeNull();
    }
  });

  it("names the bits that change, and none that the step only looks at", () => {
    const domain = { kind: "domain" as const, owner: 1, vcpus: 3, references: 1 };
    const system = createScriptedSystem({
      locations: [counter, domain],
      actors: [[[step("read", 0)], [step("add", 0, 1)], [step("create", 1, RUNNING)]]],
    });
    const { packing, automata, initial } = new Stepper(system);
    const changed = automata[0].firsts.map((op) => {
      const footprint = footprintOf(system.layout, op, 1);
      const effect = effectOf(system.layout, packing, footprint, op, 1, 0, initial, 0);
      return packing.slots.map(({ word, shift, mask }) => (~effect!.keep[word] >>> shift) & mask);
    });
    // The slots are the counter's, then the domain's: vCPUs inside, life, holders, references.
    expect(changed).toEqual([
      [0, 0, 0, 0, 0],
      [1, 0, 0, 0, 0],
      [0, 0, 1, 0, 1],
    ]);
  });
});

describe("the table of steps", () => {
  it("says which actor has more local states than its field can number", () => {
    const long = Array.from({ length: 9 }, () => step("read", 0));
    const system = createScriptedSystem({ locations: [counter], actors: [[long]] });
    const stepper = new Stepper(system, declaredWidths(system, 2));
    const walk = () => {
      let state = stepper.initial.slice();
      for (let i = 0; i < 9; i++) {
        stepper.forEachStep(state, 0, (_, __, words) => {
          state = words.slice();
        });
      }
    };
    expect(walk).toThrow(
      expect.objectContaining({
        code: "FIELD_EXHAUSTED",
        what: "actor 1 has more than 4 local states",
      }),
    );
  });

  it("is right about locks and lists that are too wide for a key", async () => {
    const reading = [step("readLock", 0), step("readUnlock", 0)];
    const writing = [step("writeLock", 0), step("append", 1, 9), step("unlink", 1, 9)];
    const listing = [step("append", 1, 3), step("next", 1), step("unlink", 1, 3)];
    const idle = Array.from({ length: 26 }, () => []);
    const script: Script = {
      locations: [
        { kind: "rwlock", owner: 0 },
        { kind: "list", owner: 0, members: 9 },
      ],
      // The last may begin with either of two operations on a list.
      actors: [
        ...[[reading], ...idle, [[...writing, step("writeUnlock", 0)]], [reading]],
        [listing, [step("append", 1, 4), step("unlink", 1, 4)]],
      ],
    };
    const system = createScriptedSystem(script);
    const plain = naiveSearch(system, true);
    const { outcome, distinct, generated, depth } = await explore(system);
    expect(outcome.kind).toBe("holds");
    expect({ distinct, generated, depth }).toEqual({
      distinct: plain.distinct,
      generated: plain.generated,
      depth: plain.depth,
    });
  });
});
