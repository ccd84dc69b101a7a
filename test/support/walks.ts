/** Random walks of the plain machine beside the packed steps. */
import fc from "fast-check";
import { expect } from "vitest";
import { Stepper } from "../../verify/engine/stepper.js";
import { stateTextOf } from "../../verify/mediator/refinement.js";
import type { System } from "../../verify/mediator/system.js";
import { createMachine, type MachineStep } from "../../verify/replay/machine.js";

/** Which of the enabled steps is taken, one after the other. */
export const picks = fc.array(fc.nat(), { maxLength: 80, size: "max" });

/** Compares the steps that both offer, in their order, and where each leads. */
export function compareWalks(system: System, numRuns = 40): void {
  const stepper = new Stepper(system);
  fc.assert(
    fc.property(picks, (all) => {
      const machine = createMachine(system);
      let words: Int32Array = stepper.initial;
      for (const pick of all) {
        const offers: { step: MachineStep; words: Int32Array }[] = [];
        stepper.forEachStep(words, 0, (actor, { label }, successor, branch) => {
          offers.push({ step: { actor, action: label, branch }, words: successor.slice() });
        });
        expect(machine.enabledSteps()).toEqual(offers.map(({ step }) => step));
        for (const { step, words: to } of offers) {
          expect(machine.successor(step)).toEqual(stateTextOf(stepper, to));
        }
        const chosen = offers[pick % offers.length];
        machine.take(chosen.step);
        words = chosen.words;
        expect(machine.stateText()).toEqual(stateTextOf(stepper, words));
      }
    }),
    { numRuns },
  );
}
