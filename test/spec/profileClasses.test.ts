/** verify/spec/profileClasses.ts: what a clause says of a state follows from what it sees of it. */
import { expect, test } from "vitest";
import type { StateClause, StateView } from "../../verify/engine/clause.js";
import { StateTable } from "../../verify/engine/stateTable.js";
import { Stepper } from "../../verify/engine/stepper.js";
import { systemOf } from "../../verify/mediator/createSystem.js";
import { modelInMemory } from "../support/testModel.js";

/** The posted design breaks many of these, so that both verdicts are there. */
const model = modelInMemory({
  calls: '{ <<"VERSION", 100>>, <<"PARTITION_INFO_GET", 0>>, <<"RXTX_UNMAP", 0>> }',
  constants: { Fixes: "<- Posted" },
});
const system = systemOf(model);
const stepper = new Stepper(system);

function statesOf(limit: number): readonly StateView[] {
  const { words } = stepper.packing;
  const table = new StateTable(words);
  table.add(stepper.initial);
  for (let from = 0; from < Math.min(table.size, limit); from++) {
    stepper.forEachStep(table.arena.slice(from * words, (from + 1) * words), 0, (_, __, after) => {
      table.add(after);
    });
  }
  return Array.from({ length: table.size }, (_, i) =>
    stepper.viewAt(table.arena.slice(i * words, (i + 1) * words), 0),
  );
}

// Some of those that come first, and as many of later ones.
const states = statesOf(3000).filter((_, i) => i % 7 === 0);

/** All that the engine knows a state by, for a clause. */
const seenBy = ({ actors, slots, classOf }: StateClause, state: StateView): string =>
  [
    ...actors.map((actor) => classOf?.(actor, state)),
    ...slots.map(({ slot, mask }) => state.code(slot) & mask),
  ].join("|");

const verdictOf = (clause: StateClause, state: StateView): boolean | string => {
  try {
    return clause.holds(state);
  } catch {
    return "no value";
  }
};

test("states that look the same to a clause get the same verdict", () => {
  const said = new Set<boolean | string>();
  let fewer = 0;
  for (const name of system.checkableNames) {
    for (const clause of system.checkable(name)?.states ?? []) {
      const verdicts = new Map<string, boolean | string>();
      for (const state of states) {
        const seen = seenBy(clause, state);
        const verdict = verdictOf(clause, state);
        expect(verdicts.get(seen) ?? verdict, `${name}: ${seen}`).toBe(verdict);
        verdicts.set(seen, verdict);
        said.add(verdict);
      }
      const profiles = new Set(
        states.map((state) => clause.actors.map((actor) => state.profile(actor).key).join()),
      );
      if (clause.slots.length === 0 && verdicts.size < profiles.size) fewer++;
    }
  }
  expect(said).toContain(true);
  expect(said).toContain(false);
  // It is worth it: there are clauses that tell few of the profiles apart.
  expect(fewer).toBeGreaterThan(10);
});
