import { ToolError } from "../support/ToolError.js";
import type { JavaTool } from "./locateJava.js";

/** The coded error for a Java that was found and then could not be started. */
export function javaNotStarted(java: JavaTool, found: string): ToolError {
  return new ToolError({
    code: "TLC_JAVA_UNUSABLE",
    what: "Java was found but could not be started",
    where: java.path,
    found,
    hint: "Set JAVA_HOME to a Java that runs on this machine.",
  });
}
