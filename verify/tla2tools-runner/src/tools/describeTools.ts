import { ToolError } from "../support/ToolError.js";
import { type JarTool, type LocateJarOptions, locateJar } from "./locateJar.js";
import { type JavaTool, locateJava } from "./locateJava.js";

/** What TLC runs with. */
export interface TlcTools {
  readonly java: JavaTool;
  readonly jar: JarTool;
}

/** What was found of the tools; what is missing is there as the error that says why. */
export interface ToolsDescription {
  readonly java: JavaTool | ToolError;
  readonly jar: JarTool | ToolError;
}

/**
 * Finds Java and the jar, obtaining the jar if need be.
 *
 * @throws ToolError as `locateJava` and `locateJar` do.
 */
export async function locateTools(options: LocateJarOptions = {}): Promise<TlcTools> {
  const java = await locateJava(options.env);
  return { java, jar: await locateJar(options) };
}

/**
 * Says which Java, which jar, which version and hash, and why each earlier source was passed
 * over. A missing tool is part of the answer and not thrown. With `offline` nothing is obtained.
 */
export async function describeTools(options: LocateJarOptions = {}): Promise<ToolsDescription> {
  return {
    java: await locateJava(options.env).catch(onlyToolError),
    jar: await locateJar(options).catch(onlyToolError),
  };
}

function onlyToolError(error: unknown): ToolError {
  if (error instanceof ToolError) return error;
  throw error;
}
