import { ToolError } from "../support/ToolError.js";
import { parseState } from "../value/parseState.js";
import type { TlaState } from "../value/TlaValue.js";

/** A state of a trace, and its text if that was no state: it never takes the verdict away. */
export interface ReadState {
  readonly state: TlaState;
  readonly unread?: string | undefined;
}

/** Reads a state as TLC prints it; it has no variables where none can be told. */
export function readState(text: string): ReadState {
  try {
    return { state: parseState(text) };
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return { state: new Map(), unread: text.trim() };
  }
}
