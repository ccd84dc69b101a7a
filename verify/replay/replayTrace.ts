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

export interface Divergence {
  /** The number of the first state that the implementation does not reach, from 1. */
  readonly state: number;
  readonly model: StateText;
  /** The state that the implementation's nearest step leads to; undefined without any step. */
  readonly implementation: StateText | undefined;
  /** That step. */
  readonly step: MachineStep | undefined;
}

export interface ReplayResult {
  /** The steps that were replayed. */
  readonly steps: readonly MachineStep[];
  /** How many states the trace has. */
  readonly traceLength: number;
  /** How many of them the machine was in, one after the other. */
  readonly reached: number;
  /** The machine's states, the initial one first. */
  readonly states: readonly StateText[];
  readonly divergence: Divergence | undefined;
  /** Variables of the trace that the implementation has no counterpart of, such as a monitor's. */
  readonly ignored: readonly string[];
}

/** The variables of the core spec. */
export const coreVariables: readonly string[] = [
  ...localVariables,
  ...sharedVariables.map(({ variable }) => variable),
];

/**
 * @param machine What takes the steps, from its initial state.
 * @throws VerifyError ITF_OTHER_MODEL when a variable of the model is missing in some state.
 */
export function replayTrace(
  system: System,
  trace: readonly TlaState[],
  machine: Pick<Machine, "initial" | "take" | "stateText"> = createMachine(system),
): ReplayResult {
  const missing = coreVariables.filter((variable) => trace.some((state) => !state.has(variable)));
  if (missing.length > 0) throw otherModel(missing);
  const ignored = [...trace[0].keys()].filter((variable) => !coreVariables.includes(variable));
  const wanted = trace.map(traceStateText);
  const traceLength = wanted.length;
  const stepper = new Stepper(system);
  const states: StateText[] = [machine.initial];
  const steps: MachineStep[] = [];

  const diverge = (state: number, nearest: Nearest | undefined): ReplayResult => {
    const divergence = {
      state,
      model: wanted[state - 1],
      implementation: nearest?.text,
      step: nearest?.step,
    };
    return { steps, states, traceLength, reached: state - 1, ignored, divergence };
  };

  if (differing(machine.initial, wanted[0]).length > 0) {
    return diverge(1, { text: machine.initial, step: undefined, words: stepper.initial });
  }
  let words = stepper.initial;
  for (let i = 1; i < wanted.length; i++) {
    if (differing(states[states.length - 1], wanted[i]).length === 0) continue;
    const nearest = nearestStep(stepper, words, wanted[i]);
    if (nearest?.step === undefined || differing(nearest.text, wanted[i]).length > 0) {
      return diverge(i + 1, nearest);
    }
    // The packed stepper found the step; the plain machine takes it and must agree.
    steps.push(machine.take(nearest.step));
    const reached = machine.stateText();
    states.push(reached);
    if (differing(reached, wanted[i]).length > 0)
      return diverge(i + 1, { ...nearest, text: reached });
    words = nearest.words;
  }
  return { steps, states, traceLength, reached: traceLength, ignored, divergence: undefined };
}

/** The variables in which two states differ, of those that both have. */
export function differing(one: StateText, other: StateText): readonly string[] {
  return [...one.keys()].filter((variable) => {
    return other.has(variable) && one.get(variable) !== other.get(variable);
  });
}

interface Nearest {
  readonly step: MachineStep | undefined;
  readonly text: StateText;
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
  stepper.forEachStep(from, 0, (actor, operation, words, program) => {
    const text = stateTextOf(stepper, words);
    const count = differing(text, wanted).length;
    if (count >= fewest) return;
    fewest = count;
    nearest = { step: { actor, program, action: operation.label }, text, words: words.slice() };
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
