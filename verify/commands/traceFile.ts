/** Traces as files, in the Informal Trace Format. */
import { accessSync, constants, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { createItf, formatItf, parseItf, type TlaState } from "tla2tools-runner";
import { VerifyError } from "../support/verifyError.js";

export interface TraceFile {
  /** The name of the model in the manifest; undefined when the file does not say. */
  readonly model: string | undefined;
  readonly states: readonly TlaState[];
  /** The index, from 0, of the state that follows the last one; undefined without a loop. */
  readonly loop: number | undefined;
}

/** @throws VerifyError FILE_UNREADABLE; ToolError ITF_MALFORMED, with the place in the file */
export function readTraceFile(path: string): TraceFile {
  const { meta, states, loop } = parseItf(readText(path), path);
  const model = typeof meta.model === "string" ? meta.model : undefined;
  return { model, states: states.map(({ values }) => values), loop };
}

/**
 * Looks before a long run whether its trace can be written. Nothing is created.
 *
 * @throws VerifyError FILE_UNWRITABLE
 */
export function requireWritable(path: string): void {
  try {
    const there = statSync(path, { throwIfNoEntry: false });
    if (there?.isDirectory()) throw new Error("it is a directory");
    accessSync(there === undefined ? dirname(resolve(path)) : path, constants.W_OK);
  } catch (cause) {
    throw unwritable(path, cause as Error);
  }
}

/** @throws VerifyError FILE_UNWRITABLE; ToolError ITF_UNWRITABLE */
export function writeTraceFile(path: string, { model, states, loop }: TraceFile): void {
  const meta = { format: "ITF", description: "A behavior found by ffa-verify", model };
  const text = formatItf(createItf(states, { meta, loop }));
  try {
    writeFileSync(path, text);
  } catch (cause) {
    throw unwritable(path, cause as Error);
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new VerifyError({
      code: "FILE_UNREADABLE",
      what: `the trace cannot be read: ${(cause as Error).message}`,
      where: path,
      hint: "write one with: ffa-verify check MCH1 --itf FILE",
    });
  }
}

function unwritable(path: string, { message }: Error): VerifyError {
  return new VerifyError({
    code: "FILE_UNWRITABLE",
    what: `the trace cannot be written: ${message}`,
    where: path,
    hint: "name a file in a directory that you can write to",
  });
}
