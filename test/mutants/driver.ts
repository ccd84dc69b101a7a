/**
 * Runs beside mutated code, in a process of its own: reads a task, runs the oracles that need the
 * code to run, and prints what each of them has to say.
 */
import { readFileSync } from "node:fs";
import type { MediatorOptions } from "../../src/options.js";
import { conform } from "../../verify/conform/conform.js";
import { Stepper } from "../../verify/engine/stepper.js";
import type { ModelCall } from "../../verify/mediator/correspondence/words.js";
import { createSystem } from "../../verify/mediator/createSystem.js";
import { VerifyError } from "../../verify/support/verifyError.js";
import { guestScript } from "./guestScript.js";

export interface DriverTask {
  readonly options: MediatorOptions;
  readonly calls: readonly ModelCall[];
  readonly dump: string;
  /** The script's lines on the code as it is. */
  readonly script: readonly string[];
}

/** One entry an oracle that caught the mutant: its name, and what it saw. */
export type DriverReport = readonly string[];

function byConform({ options, calls, dump }: DriverTask): DriverReport {
  try {
    const { difference } = conform(new Stepper(createSystem(options, calls)), dump);
    return difference ? [`conform: ${difference.kind} at ${difference.action}`] : [];
  } catch (error) {
    if (error instanceof VerifyError) return [`automaton: ${error.code}`];
    throw error;
  }
}

function byScript({ script }: DriverTask): DriverReport {
  const lines = guestScript();
  const faults = lines.flatMap((line) => /: fault (\w+)$/.exec(line)?.[1] ?? []);
  const first = lines.findIndex((line, i) => line !== script[i]);
  const answers = first < 0 ? [] : [`answers: ${lines[first]}`];
  return [...new Set(faults.map((code) => `fault: ${code}`)), ...answers];
}

const task = JSON.parse(readFileSync(process.argv[2], "utf8")) as DriverTask;
process.stdout.write(JSON.stringify([...byConform(task), ...byScript(task)]));
