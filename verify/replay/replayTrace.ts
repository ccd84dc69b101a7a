/**
 * Replays a trace of the model on the implementation: for each pair of states, the step that leads
 * from the one to the other.
 */
import { canonicalValue, formatValue, type TlaState } from "tla2tools-runner";
import { Stepper } from "../engine/stepper.js";
import { localVariables } from "../mediator/correspondence/localVariables.js";
import { sharedVariables } from "../mediator/correspondence/sharedVariables.js";
import { stateTextOf } from "../mediator/refinement.js";
import type { System } from "../mediator/system.js";
import type { StateText } from "../model/stateText.js";
import { VerifyError } from "../support/verifyError.js";
import { createMachine, type Machine, type MachineStep } from "./machine.js";
import { refuseTexts } from "./refuseTexts.js";

export interface Divergence {
  /** The number of the first state that the implementation does not reach, from 1. */
  readonly state: number;
  /** Whether it was reached before, and is not come back to from the last state of a lasso. */
  readonly back: boolean;
  readonly model: StateText;
  /** The state that the implementation's nearest step leads to; undefined without any step. */
  readonly implementation: StateText | undefined;
  /** That step. */
  readonly step: MachineStep | undefined;
}

export interface ReplayResult {
  /** The steps that were replayed. */
  readonly steps: readonly MachineStep[];
  /** How many states there are to reach; a lasso has one more, the one that it comes back to. */
  readonly traceLength: number;
  /** How many of them the machine was in, one after the other. */
  readonly reached: number;
  /** The machine's states, the initial one first. */
  readonly states: readonly StateText[];
  /** For a lasso, the index in `states` of the state that the behavior comes back to at its end. */
  readonly loop: number | undefined;
  readonly divergence: Divergence | undefined;
  /** Variables of the trace that the implementation has no counterpart of, such as a monitor's. */
  readonly ignored: readonly string[];
}

type TracedMachine = Pick<Machine, "initial" | "take" | "stateText">;

export interface ReplayOptions {
  /** For a lasso, the index, from 0, of the state that follows the last one. */
  readonly loop?: number | undefined;
  /** What takes the steps, from its initial state. */
  readonly machine?: TracedMachine;
}

/** How many states a replay has to reach. */
export const statesToReach = (states: number, loop: number | undefined): number =>
  loop === undefined ? states : states + 1;

/** The variables of the core spec. */
export const coreVariables: readonly string[] = [
  ...localVariables,
  ...sharedVariables.map(({ variable }) => variable),
];

/**
 * Takes a trace, state by state. A lasso is gone round once: the step behind its last state must
 * lead back to the very state that the loop began with, hidden parts included.
 *
 * @throws VerifyError ITF_OTHER_MODEL when a variable of the model is missing in some state;
 *   TRACE_UNREADABLE when of a value only the text is known
 */
export function replayTrace(
  system: System,
  trace: readonly TlaState[],
  { loop, machine = createMachine(system) }: ReplayOptions = {},
): ReplayResult {
  const missing = coreVariables.filter((variable) => trace.some((state) => !state.has(variable)));
  if (missing.length > 0) throw otherModel(missing);
  refuseTexts(trace, coreVariables);
  const ignored = [...trace[0].keys()].filter((variable) => !coreVariables.includes(variable));
  const wanted = trace.map(traceStateText);
  const traceLength = statesToReach(wanted.length, loop);
  const walk = new Walk(system, machine);
  const { steps, states } = walk;
  const all = { steps, states, traceLength, ignored };
  const diverging = (at: number, back: boolean, instead: Reached | undefined): ReplayResult => {
    const { text: implementation, step } = instead ?? { text: undefined, step: undefined };
    const divergence = { state: at + 1, back, model: wanted[at], implementation, step };
    return { ...all, reached: back ? wanted.length : at, loop: undefined, divergence };
  };

  if (differing(states[0], wanted[0]).length > 0) {
    return diverging(0, false, { text: states[0], step: undefined });
  }
  const places: Place[] = [];
  for (const [state, text] of wanted.entries()) {
    const instead = walk.to(text);
    if (instead !== REACHED) return diverging(state, false, instead);
    places.push(walk.place);
  }
  const whole = { ...all, reached: traceLength, divergence: undefined };
  if (loop === undefined) return { ...whole, loop };
  const instead = walk.to(wanted[loop]);
  if (instead !== REACHED) return diverging(loop, true, instead);
  const { words, index } = places[loop];
  if (walk.place.words.some((word, w) => word !== words[w])) {
    return diverging(loop, true, { text: states[states.length - 1], step: steps.at(-1) });
  }
  return { ...whole, loop: index };
}

/** What the implementation's nearest step leads to. */
interface Reached {
  readonly step: MachineStep | undefined;
  readonly text: StateText;
}

/** A packed state, and the index of its text among the states that were reached. */
interface Place {
  readonly words: Int32Array;
  readonly index: number;
}

const REACHED = Symbol("reached");

/** The implementation along a trace: the packed steps find a step, and the machine must agree. */
class Walk {
  readonly steps: MachineStep[] = [];
  readonly states: StateText[];
  place: Place;
  private readonly stepper: Stepper<System>;

  constructor(
    system: System,
    private readonly machine: TracedMachine,
  ) {
    this.stepper = new Stepper(system);
    this.states = [this.machine.initial];
    this.place = { words: this.stepper.initial, index: 0 };
  }

  /**
   * Goes on to a state: it stays where that one looks the same, and else takes a step.
   *
   * @returns `REACHED`, or what is reached in its place; undefined where there is no step.
   */
  to(wanted: StateText): typeof REACHED | Reached | undefined {
    const { states, stepper } = this;
    const here = states[states.length - 1];
    if (differing(here, wanted).length === 0) return REACHED;
    const nearest = nearestStep(stepper, this.place.words, wanted);
    if (nearest?.step === undefined || differing(nearest.text, wanted).length > 0) return nearest;
    this.steps.push(this.machine.take(nearest.step));
    const text = this.machine.stateText();
    this.place = { words: nearest.words, index: states.push(text) - 1 };
    return differing(text, wanted).length > 0 ? { text, step: nearest.step } : REACHED;
  }
}

/** The variables in which two states differ, of those that both have. */
export function differing(one: StateText, other: StateText): readonly string[] {
  return [...one.keys()].filter((variable) => {
    return other.has(variable) && one.get(variable) !== other.get(variable);
  });
}

interface Nearest extends Reached {
  readonly words: Int32Array;
}

/** The step that lands in the wanted state, or else in one that differs in the fewest variables. */
function nearestStep(
  stepper: Stepper<System>,
  from: Int32Array,
  wanted: StateText,
): Nearest | undefined {
  let nearest: Nearest | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  stepper.forEachStep(from, 0, (actor, operation, words, branch) => {
    const text = stateTextOf(stepper, words);
    const count = differing(text, wanted).length;
    if (count >= fewest) return;
    fewest = count;
    nearest = { step: { actor, branch, action: operation.label }, text, words: words.slice() };
  });
  return nearest;
}

/** A state of a trace as TLC prints its values. */
export const traceStateText = (state: TlaState): StateText =>
  new Map([...state].map(([variable, value]) => [variable, formatValue(canonicalValue(value))]));

function otherModel(missing: readonly string[]): VerifyError {
  return new VerifyError({
    code: "ITF_OTHER_MODEL",
    what: "the trace is not one of this model",
    expected: coreVariables.join(", "),
    found: `no values of ${missing.join(", ")}`,
    hint: "name the model that the trace is of: ffa-verify replay FILE --model NAME",
  });
}
