/** What every command shares: the engine that serves, the screen, and how errors are shown. */
import { resolve } from "node:path";
import { locateTools, type TlcTools, ToolError } from "tla2tools-runner";
import type { Engine } from "../check/checkModel.js";
import { loadModels } from "../mediator/loadModel.js";
import type { Model } from "../mediator/model.js";
import { findEntry, readManifest } from "../model/manifest.js";
import { modelDirectory } from "../model/paths.js";
import { VerifyError } from "../support/verifyError.js";

/** Exit codes of the command line. */
export const ALL_AS_EXPECTED = 0;
export const SOMETHING_DIFFERS = 1;
export const BAD_USAGE_OR_TOOL = 2;

/** Options that several commands have. */
export interface CommonOptions {
  readonly json?: boolean;
  readonly engine?: string;
  readonly timeout?: string;
  readonly heap?: string;
  /** Another directory of models, with a manifest.json of its own. */
  readonly models?: string;
}

export interface ChosenEngine {
  readonly engine: Engine;
  readonly tools: TlcTools | undefined;
  /** Why TLC does not serve, when it does not and was not refused. */
  readonly reason: string | undefined;
}

/**
 * TLC, unless the embedded engine is asked for or TLC is not to be had.
 *
 * @throws ToolError when TLC is asked for and Java or the jar is missing
 * @throws VerifyError USAGE
 */
export async function chooseEngine(asked: string | undefined): Promise<ChosenEngine> {
  if (asked !== undefined && asked !== "tlc" && asked !== "embedded") {
    throw usage(`--engine is tlc or embedded, not ${asked}`);
  }
  if (asked === "embedded") return { engine: "embedded", tools: undefined, reason: "asked for" };
  try {
    return { engine: "tlc", tools: await locateTools(), reason: undefined };
  } catch (error) {
    // A jar that is named, or cached, and wrong is the user's to mend; nothing takes its place.
    const missing = ["TLC_NO_JAVA", "TLC_JAVA_TOO_OLD", "TLC_NO_JAR"];
    const falls = error instanceof ToolError && missing.includes(error.code) && asked === undefined;
    if (!falls) throw error;
    return { engine: "embedded", tools: undefined, reason: error.message };
  }
}

/** The models of these names, or all that are chosen when none is named. @throws VerifyError */
export async function chooseModels(
  names: readonly string[],
  chosen: (model: Model) => boolean,
  directory?: string,
): Promise<readonly Model[]> {
  const at = directory === undefined ? modelDirectory : resolve(directory);
  const entries = readManifest(at);
  const wanted = names.length === 0 ? entries : names.map((name) => findEntry(entries, name, at));
  const models = await loadModels(wanted, at);
  return names.length === 0 ? models.filter(chosen) : models;
}

/** A whole number above zero, from the command line. @throws VerifyError USAGE */
export function positive(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw usage(`${name} takes a whole number above zero, not ${text}`);
}

export function usage(what: string): VerifyError {
  return new VerifyError({ code: "USAGE", what, hint: "see ffa-verify --help" });
}

/** One stable JSON document on standard output. */
export function printJson(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
