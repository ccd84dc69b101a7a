/** Values that a trace has as texts only: nothing can be compared with them. */
import type { TlaState, TlaValue } from "tla2tools-runner";
import { assertNever } from "../../src/sync/index.js";
import { VerifyError } from "../support/verifyError.js";

/** @throws VerifyError TRACE_UNREADABLE for the first text in one of these variables */
export function refuseTexts(trace: readonly TlaState[], variables: readonly string[]): void {
  for (const [index, state] of trace.entries()) {
    for (const variable of variables) {
      const value = state.get(variable);
      const text = value && textIn(value);
      if (text !== undefined) throw unreadable(index, variable, text);
    }
  }
}

/** The first text in a value, at any depth. */
function textIn(value: TlaValue): string | undefined {
  switch (value.type) {
    case "text":
      return value.text;
    case "set":
    case "tuple":
      return firstIn(value.elements);
    case "record":
      return firstIn(value.fields.map(([, field]) => field));
    case "function":
      return firstIn(value.entries.flat());
    case "int":
    case "string":
    case "boolean":
    case "model":
    case "interval":
      return undefined;
    default:
      return assertNever(value);
  }
}

function firstIn(values: readonly TlaValue[]): string | undefined {
  for (const value of values) {
    const text = textIn(value);
    if (text !== undefined) return text;
  }
  return undefined;
}

const unreadable = (index: number, variable: string, found: string): VerifyError =>
  new VerifyError({
    code: "TRACE_UNREADABLE",
    what: "a value of the trace is known by its text only",
    where: `state ${index + 1}, variable ${variable}`,
    expected: "a value that is written out: a number, a string, a set of such, ...",
    found,
    hint: "let the trace have its values written out; nothing else can be compared",
  });
