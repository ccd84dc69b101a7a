import { access, constants } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";
import { execa } from "execa";
import { ToolError } from "../support/ToolError.js";
import type { Environment, PassedOver } from "./toolTypes.js";

/** The oldest Java that runs the jars this package knows. */
export const OLDEST_JAVA = 11;

/** How long a Java may take to name its version, in milliseconds. */
const VERSION_TIMEOUT = 20_000;

/** A Java that can run TLC. */
export interface JavaTool {
  /** The path of the `java` program. */
  readonly path: string;
  /** The version as Java prints it, such as `17.0.15`. */
  readonly version: string;
  /** The feature version: 17 for 17.0.15, 8 for 1.8.0_292. */
  readonly major: number;
  readonly source: "JAVA_HOME" | "PATH";
  /** What was looked at before and why it was not taken. */
  readonly passedOver: readonly PassedOver[];
}

/** Where a Java might be. */
interface Candidate {
  readonly path: string;
  readonly source: "JAVA_HOME" | "PATH";
}

/**
 * Finds a Java of version 11 or later: under JAVA_HOME, then on PATH.
 *
 * @throws ToolError TLC_NO_JAVA, TLC_JAVA_TOO_OLD or TLC_JAVA_UNUSABLE.
 */
export async function locateJava(env: Environment = process.env): Promise<JavaTool> {
  const passedOver: PassedOver[] = [];
  let tooOld: string | undefined;
  let broken: string | undefined;
  for (const candidate of candidates(env, passedOver)) {
    if (!(await isExecutable(candidate.path))) {
      if (candidate.source === "JAVA_HOME") {
        passedOver.push({ source: "JAVA_HOME", reason: `${candidate.path} is no program` });
      }
      continue;
    }
    const version = await javaVersion(candidate.path, env);
    if (version === undefined) {
      broken ??= candidate.path;
      passedOver.push({ source: candidate.path, reason: "it does not answer -version" });
      continue;
    }
    const major = majorVersion(version);
    if (major >= OLDEST_JAVA) return { ...candidate, version, major, passedOver };
    tooOld ??= `${candidate.path} is version ${version}`;
    passedOver.push({ source: candidate.path, reason: `version ${version} is too old` });
  }
  throw noJava(passedOver, tooOld, broken);
}

function candidates(env: Environment, passedOver: PassedOver[]): Candidate[] {
  const program = process.platform === "win32" ? "java.exe" : "java";
  const found: Candidate[] = [];
  if (env.JAVA_HOME) {
    found.push({ path: join(env.JAVA_HOME, "bin", program), source: "JAVA_HOME" });
  } else {
    passedOver.push({ source: "JAVA_HOME", reason: "the variable is not set" });
  }
  for (const directory of (env.PATH ?? "").split(delimiter)) {
    if (isAbsolute(directory)) found.push({ path: join(directory, program), source: "PATH" });
  }
  return found;
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function javaVersion(path: string, env: Environment): Promise<string | undefined> {
  const result = await execa(path, ["-XX:-UsePerfData", "-version"], {
    env: { ...env },
    extendEnv: false,
    reject: false,
    stdin: "ignore",
    timeout: VERSION_TIMEOUT,
  });
  if (result.failed) return undefined;
  return /version "([^"]+)"/.exec(`${result.stderr}\n${result.stdout}`)?.[1];
}

function majorVersion(version: string): number {
  const [first = 0, second = 0] = version.split(/[._+-]/).map(Number);
  return first === 1 ? second : first;
}

function noJava(
  passedOver: readonly PassedOver[],
  tooOld: string | undefined,
  broken: string | undefined,
): ToolError {
  const common = {
    expected: `Java ${OLDEST_JAVA} or later`,
    hint: `Install a Java runtime ${OLDEST_JAVA}+ and put it on PATH, or set JAVA_HOME to it.`,
    reproduce: "java -version",
  };
  if (tooOld !== undefined) {
    return new ToolError({
      ...common,
      code: "TLC_JAVA_TOO_OLD",
      what: "Java is too old for TLC",
      found: tooOld,
    });
  }
  if (broken !== undefined) {
    return new ToolError({
      ...common,
      code: "TLC_JAVA_UNUSABLE",
      what: "Java was found but does not start",
      where: broken,
      found: "no version in its answer to -version",
    });
  }
  const reasons = passedOver.map(({ source, reason }) => `${source}: ${reason}`);
  return new ToolError({
    ...common,
    code: "TLC_NO_JAVA",
    what: "no Java was found",
    found: [...reasons, "PATH: no program named java"].join("\n"),
  });
}
