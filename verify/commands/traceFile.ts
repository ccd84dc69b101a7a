/** The file that a trace is written to. */
import { accessSync, constants, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { VerifyError } from "../support/verifyError.js";
import { formatItf, type Trace } from "../trace/itf.js";

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

/** @throws VerifyError FILE_UNWRITABLE */
export function writeTrace(path: string, trace: Trace): void {
  try {
    writeFileSync(path, formatItf(trace));
  } catch (cause) {
    throw unwritable(path, cause as Error);
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
