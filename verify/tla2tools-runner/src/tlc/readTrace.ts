import { messageCodes as code } from "./messageCodes.js";
import { readState } from "./readState.js";
import { locationsIn, type ModuleFiles, type SourceLocation } from "./SourceLocation.js";
import type { TlcMessage } from "./TlcMessage.js";
import type { Lasso, TraceStep } from "./TlcResult.js";

/** A counterexample. */
export interface Trace {
  readonly steps: readonly TraceStep[];
  readonly lasso: Lasso | undefined;
}

/** The name TLC gives to the step into an initial state. */
export const INITIAL_ACTION = "Initial predicate";

const INITIAL_STATE = /(?:by|on) the initial state:\n([\s\S]+)$/;

/** Reads the counterexample from TLC's messages; without one the trace is empty. */
export function readTrace(messages: readonly TlcMessage[], files: ModuleFiles): Trace {
  let steps: TraceStep[] = [];
  let lasso: Lasso | undefined;
  for (const message of messages) {
    switch (message.code) {
      case code.TLC_BEHAVIOR_UP_TO_THIS_POINT:
      case code.TLC_COUNTER_EXAMPLE:
        steps = [];
        break;
      case code.TLC_INVARIANT_VIOLATED_INITIAL:
      case code.TLC_PROPERTY_VIOLATED_INITIAL:
      case code.TLC_INITIAL_STATE:
        steps = initialStep(message.text);
        break;
      case code.TLC_STATE_PRINT1:
      case code.TLC_STATE_PRINT2:
        steps.push(readStep(message.text, files));
        break;
      case code.TLC_STATE_PRINT3:
        lasso = { kind: "stuttering", after: steps.length };
        break;
      case code.TLC_BACK_TO_STATE:
        lasso = readBackTo(message.text, files);
        break;
    }
  }
  return { steps, lasso };
}

/** TLC prints an initial state that is at fault inside the message that says so. */
function initialStep(text: string): TraceStep[] {
  const state = INITIAL_STATE.exec(text)?.[1];
  if (state === undefined) return [];
  return [{ index: 1, ...namedAction(""), location: undefined, ...readState(state) }];
}

function readStep(text: string, files: ModuleFiles): TraceStep {
  const lineEnd = text.indexOf("\n");
  const header = lineEnd < 0 ? text : text.slice(0, lineEnd);
  const state = lineEnd < 0 ? "" : text.slice(lineEnd + 1);
  return {
    index: Number.parseInt(header, 10),
    ...readAction(header, files),
    ...readState(state),
  };
}

function readBackTo(text: string, files: ModuleFiles): Lasso {
  const { action, location } = readAction(text, files);
  return { kind: "back-to", index: Number.parseInt(text, 10), action, location };
}

/** The action, its parameters and its place in `<Act(1) line 6, col 8 to … of module A>`. */
export function readAction(
  text: string,
  files: ModuleFiles,
): {
  readonly action: string;
  readonly parameters: string | undefined;
  readonly location: SourceLocation | undefined;
} {
  // A parameter may hold any character, so the place is what stands before the last bracket.
  const named = /<(.*)>/.exec(text)?.[1]?.replace(PLACE_AT_END, "") ?? "";
  return { ...namedAction(named), location: locationsIn(text, files).at(-1) };
}

/** In TLC's coverage, the place of an action's part may follow as `(7 8 9 10)`. */
const PLACE_AT_END = / line \d+, col \d+ to line \d+, col \d+ of module \w+(?: \([\d ]+\))?$/;

function namedAction(named: string): { action: string; parameters: string | undefined } {
  const [, action, parameters] = /^([^(]*)(?:\((.*)\))?$/.exec(named) ?? [];
  return { action: action?.trim() || INITIAL_ACTION, parameters };
}
