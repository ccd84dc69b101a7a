import { ToolError } from "../support/ToolError.js";

/** The coded error for a model that the embedded engine cannot express. */
export function unsupported(what: string, where: string, hint?: string): ToolError {
  return new ToolError({
    code: "EMBEDDED_UNSUPPORTED",
    what: `the embedded engine cannot check this model: ${what}`,
    where,
    hint: hint ?? "Run TLC on this model instead; it needs Java 11 or later.",
  });
}
