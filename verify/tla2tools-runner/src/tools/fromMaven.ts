import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { execa } from "execa";
import { withTemporaryDirectory } from "../support/temporaryDirectory.js";
import { MAVEN_JAR } from "./knownJars.js";
import type { Environment } from "./toolTypes.js";

/** How long Maven may take, in milliseconds: a first run also downloads its own plugin. */
const MAVEN_TIMEOUT = 180_000;

/**
 * Asks the Maven client for the artifact. Maven finds it by its name, with the user's own
 * settings; this package names no host.
 *
 * @returns The jar's bytes, unchecked, or the reason why there are none.
 */
export async function fromMaven(
  env: Environment,
  signal: AbortSignal | undefined,
): Promise<Buffer | { readonly reason: string }> {
  return withTemporaryDirectory("tla2tools-maven", env, async (directory) => {
    const args = [
      "-q",
      "-B",
      "dependency:copy",
      `-Dartifact=${MAVEN_JAR.artifact}`,
      `-DoutputDirectory=${directory}`,
    ];
    const result = await execa("mvn", args, {
      cwd: directory,
      env: { ...env },
      extendEnv: false,
      reject: false,
      stdin: "ignore",
      timeout: MAVEN_TIMEOUT,
      ...(signal && { cancelSignal: signal }),
    });
    if (result.code === "ENOENT") return { reason: "no Maven client (mvn) on PATH" };
    if (result.timedOut) return { reason: `Maven took longer than ${MAVEN_TIMEOUT / 1000} s` };
    if (result.failed) {
      return { reason: `Maven failed: ${firstError(`${result.stdout}\n${result.stderr}`)}` };
    }
    return readFile(join(directory, MAVEN_JAR.fileName)).catch(() => ({
      reason: "Maven reported success but copied no jar",
    }));
  });
}

function firstError(output: string): string {
  const lines = stripVTControlCharacters(output)
    .split("\n")
    .map((line) => line.replace(/^\[\w+\]\s*/, "").trim());
  const line = lines.find((text) => text !== "") ?? "no output";
  // A host of the user's own settings has no place in a message that may be published.
  return line.replaceAll(/\bhttps?:\/\/[^\s)]+/g, "(a repository)").slice(0, 300);
}
