/** `ffa-verify replay`: a trace or a schedule, step by step, on the implementation. */
import { readFileSync, writeFileSync } from "node:fs";
import { createSystem } from "../mediator/createSystem.js";
import type { System } from "../mediator/system.js";
import type { StateText } from "../model/stateText.js";
import { createMachine, type MachineStep } from "../replay/machine.js";
import { type ReplayResult, replayTrace } from "../replay/replayTrace.js";
import { formatSchedule, parseSchedule } from "../replay/schedule.js";
import { behaviorRows, formatBehavior } from "../report/behaviorView.js";
import { formatDivergence } from "../report/differenceView.js";
import { VerifyError } from "../support/verifyError.js";
import { formatItf, parseItf, traceOfTexts } from "../trace/itf.js";
import {
  ALL_AS_EXPECTED,
  chooseModels,
  type ExitCode,
  print,
  printJson,
  SOMETHING_DIFFERS,
  usage,
} from "./common.js";

export interface ReplayCommandOptions {
  readonly model?: string;
  /** Another directory of models. */
  readonly models?: string;
  readonly schedule?: string;
  /** Where the behavior goes, as ITF. */
  readonly itf?: string;
  readonly json?: boolean;
}

interface Replayed extends ReplayResult {
  readonly model: string;
  readonly system: System;
}

export function replayCommand(file: string | undefined, options: ReplayCommandOptions): ExitCode {
  if ((file === undefined) === (options.schedule === undefined)) {
    throw usage("replay takes a file, or --model and --schedule");
  }
  const replayed = file === undefined ? replaySchedule(options) : replayFile(file, options);
  const ok = replayed.divergence === undefined;
  if (options.itf !== undefined) write(options.itf, replayed);
  if (options.json) printJson(documentOf(replayed));
  else show(replayed);
  return ok ? ALL_AS_EXPECTED : SOMETHING_DIFFERS;
}

function replayFile(file: string, { model: named, models }: ReplayCommandOptions): Replayed {
  const trace = parseItf(file, readText(file));
  const model = named ?? trace.model;
  if (model === undefined) throw usage(`${file} names no model; give it with --model`);
  const system = systemOf(model, models);
  return { model, system, ...replayTrace(system, trace.states) };
}

function replaySchedule({ model, models, schedule = "" }: ReplayCommandOptions): Replayed {
  if (model === undefined) throw usage("--schedule needs --model");
  const system = systemOf(model, models);
  const machine = createMachine(system);
  const states: StateText[] = [machine.initial];
  const steps: MachineStep[] = parseSchedule(schedule).map((step) => {
    const taken = machine.take(step);
    states.push(machine.stateText());
    return taken;
  });
  return { model, system, steps, states, ignored: [], divergence: undefined };
}

function systemOf(name: string, models: string | undefined): System {
  const [model] = chooseModels([name], () => true, models);
  return createSystem(model.options, model.calls);
}

function show({ model, system, steps, states, ignored, ...rest }: Replayed): void {
  if (rest.divergence !== undefined) {
    print(formatDivergence(system, { steps, states, ignored, ...rest }));
    return;
  }
  print(formatBehavior(system, behaviorRows(system, steps, states)));
  print(`\n${model}: the implementation takes all ${steps.length} steps`);
  if (ignored.length > 0) print(`not compared, for want of a counterpart: ${ignored.join(", ")}`);
  print(`schedule: ${formatSchedule(steps)}`);
}

function documentOf({ model, system, steps, states, divergence, ignored }: Replayed): object {
  return {
    command: "replay",
    ok: divergence === undefined,
    model,
    schedule: formatSchedule(steps),
    ignored,
    steps: behaviorRows(system, steps, states).map(({ changes, ...row }) => ({ ...row, changes })),
    divergence: divergence
      ? {
          state: divergence.state,
          model: Object.fromEntries(divergence.model),
          implementation: divergence.implementation
            ? Object.fromEntries(divergence.implementation)
            : null,
        }
      : null,
  };
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

function write(path: string, { model, states }: Replayed): void {
  try {
    writeFileSync(path, formatItf(traceOfTexts(model, states)));
  } catch (cause) {
    throw new VerifyError({
      code: "FILE_UNWRITABLE",
      what: `the trace cannot be written: ${(cause as Error).message}`,
      where: path,
      hint: "name a file in a directory that you can write to",
    });
  }
}
