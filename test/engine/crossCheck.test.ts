/** The explorer against a search that has none of its shortcuts. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { execute, SyncFault } from "../../src/sync/index.js";
import { explore } from "../../verify/engine/explore.js";
import { changeField, declaredWidths, readField } from "../../verify/engine/packing.js";
import { createScriptedSystem, type Script } from "../../verify/engine/scripted.js";
import { Stepper } from "../../verify/engine/stepper.js";
import { naiveSearch } from "./naiveSearch.js";
import { script } from "./protocols.js";

/** Searches both ways, and compares everything that is said. */
async function compare(code: Script, deadlock: boolean): Promise<string> {
  const plain = createScriptedSystem(code);
  const slot = plain.layout.slotLimits.length - 1;
  const never = slot < 0 ? undefined : { name: "Never", slot, code: 2 };
  const system = createScriptedSystem({ ...code, ...(never && { never: { Never: never } }) });
  const naive = naiveSearch(system, deadlock, never);
  const invariants = never ? ["Never"] : [];
  const fast = await explore(system, { deadlock, invariants });
  if (fast.outcome.kind === "violation") {
    const { kind, name, length, behavior } = fast.outcome.violation;
    expect(naive.problems).toContainEqual({ kind, name, length });
    expect(behavior).toHaveLength(length - 1);
    return kind;
  }
  expect(naive.problems).toEqual([]);
  expect({ ...fast.outcome }).toEqual({ kind: "holds" });
  const { distinct, generated, depth, generatedByAction } = fast;
  expect({ distinct, generated, depth }).toEqual({
    distinct: naive.distinct,
    generated: naive.generated,
    depth: naive.depth,
  });
  expect(new Map([...generatedByAction].toSorted())).toEqual(
    new Map([...naive.byLabel].toSorted()),
  );
  return "holds";
}

describe("the explorer", () => {
  it("agrees with a naive search on 1,000 random protocols, of which every kind of end occurs", async () => {
    const ends = new Map<string, number>();
    const property = fc.asyncProperty(script, fc.boolean(), async (code, deadlock) => {
      const end = await compare(code, deadlock);
      ends.set(end, (ends.get(end) ?? 0) + 1);
    });
    // The same protocols each time, so that what occurs among them is no matter of chance.
    await fc.assert(property, { numRuns: 500, seed: 1 });
    expect([...ends.keys()].toSorted()).toEqual(["deadlock", "fault", "holds", "invariant"]);
    for (const count of ends.values()) expect(count).toBeGreaterThan(20);
    await fc.assert(property, { numRuns: 500 });
  });

  it("takes each step as execute does, in random states", () => {
    fc.assert(
      fc.property(script, fc.array(fc.nat(), { minLength: 60, maxLength: 60 }), (code, numbers) => {
        const system = createScriptedSystem(code);
        // The same table for all states, so that what it remembers of one is used for the others.
        const stepper = new Stepper(system, declaredWidths(system, 8));
        for (let i = 0; i < 6; i++) compareSteps(system, stepper, numbers.slice(10 * i));
      }),
      { numRuns: 400 },
    );
  });
});

type Scripted = ReturnType<typeof createScriptedSystem>;

function compareSteps(system: Scripted, stepper: Stepper<Scripted>, numbers: readonly number[]) {
  const { layout, actors } = system;
  const slots = layout.slotLimits.map(
    (limit, i) => (numbers[i % numbers.length] >>> (i % 3)) % limit,
  );
  const words = new Int32Array(stepper.packing.words);
  for (const [i, field] of stepper.packing.slots.entries())
    changeField(words, 0, field, 0, slots[i]);
  const expected: string[] = [];
  try {
    for (const [a, { programs }] of actors.entries()) {
      for (const [p] of programs.entries()) {
        const op = stepper.automata[a].firsts[p];
        const after = Int32Array.from(slots);
        if (execute(layout, after, op, a + 1) < 0) continue;
        if (after.some((value, i) => value < 0 || value >= layout.slotLimits[i])) return;
        expected.push(`${a + 1} ${p} ${after}`);
      }
    }
  } catch (fault) {
    if (!(fault instanceof SyncFault)) throw fault;
    expect(() => stepper.forEachStep(words, 0, () => {})).toThrow(SyncFault);
    return;
  }
  const found: string[] = [];
  stepper.forEachStep(words, 0, (actor, _, after, branch) => {
    const codes = stepper.packing.slots.map((field) => readField(after, 0, field));
    found.push(`${actor} ${branch} ${codes}`);
  });
  expect(found).toEqual(expected);
}
