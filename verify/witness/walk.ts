/**
 * A behavior that nobody wrote: the machine takes, of the steps that are enabled, one that it has
 * taken least often. So it comes to every label and branch soon, and to rare ones as often as to
 * others, whatever the steps of the model are called and however many there are.
 */
import type { System } from "../mediator/system.js";
import type { StateText } from "../model/stateText.js";
import { createMachine, type MachineStep } from "../replay/machine.js";

export interface Walked {
  /** One more than there are steps. */
  readonly states: readonly StateText[];
  readonly steps: readonly MachineStep[];
}

export interface Walk {
  /** How many steps; fewer where none is enabled any more. */
  readonly length: number;
  /** What decides between steps that were taken equally often; from 1. */
  readonly seed: number;
  /** An action that is put off while there is much else to do, so that others come upon it. */
  readonly late?: string;
}

export function walk(system: System, { length, seed, late }: Walk): Walked {
  const machine = createMachine(system);
  const states = [machine.initial];
  const counts = new Map<string, number>();
  const numbers = numbersFrom(seed);
  const weightOf = ({ action }: MachineStep): number => {
    if (action === late) return LATE;
    return action === "PauseDomain" ? LIFE : 1;
  };
  while (machine.taken.length < length) {
    const enabled = machine.enabledSteps();
    const rank = (step: MachineStep) => weightOf(step) * (1 + (counts.get(keyOf(step)) ?? 0));
    const least = Math.min(...enabled.map(rank));
    const rarest = enabled.filter((step) => rank(step) === least);
    if (rarest.length === 0) break;
    const step = rarest[numbers() % rarest.length];
    counts.set(keyOf(step), 1 + (counts.get(keyOf(step)) ?? 0));
    machine.take(step);
    states.push(machine.stateText());
  }
  return { states, steps: machine.taken };
}

const keyOf = ({ actor, action, branch }: MachineStep): string => `${actor} ${action} ${branch}`;

/** Destruction ends a life in which there is more to see: each call is made a few times before. */
const LIFE = 4;
const LATE = 30;

/** The generator of Park and Miller: the same numbers from the same seed, everywhere. */
function numbersFrom(seed: number): () => number {
  let last = seed;
  return () => {
    last = (last * 48_271) % 2_147_483_647;
    return last;
  };
}
