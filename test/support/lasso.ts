/** A behavior of the implementation that comes back to one of its states. */
import { parseValue, type TlaState } from "tla2tools-runner";
import type { System } from "../../verify/mediator/system.js";
import type { StateText } from "../../verify/model/stateText.js";
import { createMachine, type MachineStep } from "../../verify/replay/machine.js";

export interface ImplementationLasso {
  readonly states: readonly TlaState[];
  /** The index of the state that follows the last one. */
  readonly loop: number;
  /** From the first state to the last, and back. */
  readonly steps: readonly MachineStep[];
}

const valuesOf = (text: StateText): TlaState =>
  new Map([...text].map(([variable, value]) => [variable, parseValue(value)]));

/** The domain is created and makes calls until a state comes that was there before. */
export function lassoOf(system: System): ImplementationLasso {
  const machine = createMachine(system);
  const keyOf = (text: StateText): string => JSON.stringify([...text]);
  const texts: StateText[] = [machine.initial];
  for (;;) {
    const steps = machine.enabledSteps().filter(({ action }) => action !== "PauseDomain");
    machine.take(steps[steps.length - 1]);
    const text = machine.stateText();
    const loop = texts.findIndex((before) => keyOf(before) === keyOf(text));
    if (loop >= 0) return { states: texts.map(valuesOf), loop, steps: [...machine.taken] };
    texts.push(text);
  }
}
