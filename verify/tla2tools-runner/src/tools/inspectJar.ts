import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { ToolError } from "../support/ToolError.js";
import { KNOWN_JARS, type KnownJar } from "./knownJars.js";
import { readZipEntry } from "./readZipEntry.js";

/** What a jar is, found without running it. */
export interface JarFacts {
  /** SHA-256 of the file, in lower-case hexadecimal. */
  readonly sha256: string;
  /** The pinned jar with this hash, if it is one. */
  readonly known: KnownJar | undefined;
  /** The version of TLC inside, such as `2.18 of 20 March 2023`; undefined if it is not named. */
  readonly version: string | undefined;
  /** Whether this TLC writes a trace module beside the model unless told not to. */
  readonly writesTraceSpecs: boolean;
}

/** The hash of some bytes as lower-case hexadecimal. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/**
 * Reads a jar and checks that it holds TLC.
 *
 * @throws ToolError TLC_JAR_UNREADABLE or TLC_JAR_INVALID.
 */
export async function inspectJar(path: string): Promise<JarFacts> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new ToolError({
      code: "TLC_JAR_UNREADABLE",
      what: "the jar cannot be read",
      where: path,
      found: error instanceof Error ? error.message : String(error),
      hint: "Name an existing tla2tools.jar in TLA2TOOLS_JAR, or unset it to use another source.",
    });
  });
  const mainClass = classOf(bytes, "tlc2/TLC.class", path);
  if (mainClass === undefined) throw invalidJar(path, "a zip archive without that class");
  const sha256 = sha256Of(bytes);
  const known = KNOWN_JARS.find((jar) => jar.sha256 === sha256);
  return {
    sha256,
    known,
    version: known?.version ?? versionIn(classOf(bytes, "tlc2/TLCGlobals.class", path)),
    writesTraceSpecs: mainClass.includes("-noGenerateSpecTE"),
  };
}

function classOf(jar: Buffer, name: string, path: string): Buffer | undefined {
  try {
    return readZipEntry(jar, name);
  } catch {
    throw invalidJar(path, `${jar.length} bytes that are no zip archive`);
  }
}

function invalidJar(path: string, found: string): ToolError {
  return new ToolError({
    code: "TLC_JAR_INVALID",
    what: "the file is no jar of TLC",
    where: path,
    expected: "a zip archive that holds the class tlc2/TLC",
    found,
    hint: "Name a tla2tools.jar in TLA2TOOLS_JAR, or unset it to use another source.",
  });
}

function versionIn(globalsClass: Buffer | undefined): string | undefined {
  return /Version (\d+\.\d+ of [\w ]+?\d{4})/.exec(globalsClass?.toString("latin1") ?? "")?.[1];
}
