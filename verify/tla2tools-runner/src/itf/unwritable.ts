import { ToolError } from "../support/ToolError.js";

/** The error of a trace that the Informal Trace Format has no form for. */
export function unwritable(found: string, expected: string): ToolError {
  return new ToolError({
    code: "ITF_UNWRITABLE",
    what: "the trace cannot be written in the Informal Trace Format",
    expected,
    found,
    hint: "a trace needs states that all have the same variables; see Apalache's ADR 015",
  });
}
