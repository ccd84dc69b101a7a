/** What a clause sees of a state: what it declares that it reads, and nothing else. */
import { expect, it } from "vitest";
import { createScriptedSystem } from "../../verify/engine/scripted.js";
import { viewOf } from "../../verify/engine/stateView.js";
import { Stepper } from "../../verify/engine/stepper.js";

const lock = { kind: "spinlock" as const, owner: 0 };
const system = createScriptedSystem({ locations: [lock, lock], actors: [[], []] });
const { automata, packing, initial } = new Stepper(system);
const nodeOf = (actor: number, node: number) => automata[actor - 1].nodes[node];
const reads = { actors: [1], slots: [{ slot: 0, mask: 1 }] };
const view = viewOf("AnyInv", reads, packing, nodeOf, initial, 0);

it("gives what is declared", () => {
  expect(view.profile(1)).toBe(system.idle);
  expect(view.code(0)).toBe(0);
});

it("refuses what is not", () => {
  const readsMore = expect.objectContaining({ code: "INVARIANT_READS_MORE" });
  expect(() => view.profile(2)).toThrow(readsMore);
  expect(() => view.code(1)).toThrow(readsMore);
});
