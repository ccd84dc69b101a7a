/** `ffa-verify replay`: a trace or a schedule, step by step, on the implementation. */
import { readFileSync, writeFileSync } from "node:fs";
import { Guards, refusalText, type Standing } from "../explain/guards.js";
import { systemOf } from "../mediator/createSystem.js";
import type { Model } from "../mediator/model.js";
import type { System } from "../mediator/system.js";
import type { StateText } from "../model/stateText.js";
import { createMachine, type Machine, type MachineStep } from "../replay/machine.js";
import { replayComparison } from "../replay/replayComparison.js";
import { type ReplayResult, replayTrace } from "../replay/replayTrace.js";
import { formatSchedule, parseSchedule, type ScheduleStep } from "../replay/schedule.js";
import { behaviorRows, formatBehavior } from "../report/behaviorView.js";
import { formatDivergence } from "../report/differenceView.js";
import { divergenceReasons } from "../report/reasons.js";
import { formatStandings, standingJson } from "../report/standings.js";
import { agree, type ExitCode, exitCodeOf } from "../support/comparison.js";
import { VerifyError } from "../support/verifyError.js";
import { formatItf, parseItf, traceOfTexts } from "../trace/itf.js";
import { chooseModels, print, printJson, usage } from "./common.js";

export interface ReplayCommandOptions {
  readonly model?: string;
  /** Another directory of models. */
  readonly models?: string;
  readonly schedule?: string;
  /** Where the behavior goes, as ITF. */
  readonly itf?: string;
  readonly json?: boolean;
  /** Say of each actor what it may do behind the last step, and what keeps it from that. */
  readonly explain?: boolean;
}

interface Replayed extends ReplayResult {
  readonly model: Model;
  readonly system: System;
}

export async function replayCommand(
  file: string | undefined,
  options: ReplayCommandOptions,
): Promise<ExitCode> {
  if ((file === undefined) === (options.schedule === undefined)) {
    throw usage("replay takes a file, or --model and --schedule");
  }
  const replayed = await (file === undefined ? replaySchedule(options) : replayFile(file, options));
  const exit = exitCodeOf([replayComparison(replayed.traceLength, replayed)]);
  if (options.itf !== undefined) write(options.itf, replayed);
  const standings = options.explain === true ? standingsOf(replayed) : [];
  if (options.json) printJson(documentOf(replayed, standings));
  else show(replayed, standings);
  return exit;
}

async function replayFile(
  file: string,
  { model: named, models }: ReplayCommandOptions,
): Promise<Replayed> {
  const trace = parseItf(file, readText(file));
  const name = named ?? trace.model;
  if (name === undefined) throw usage(`${file} names no model; give it with --model`);
  const [model] = await chooseModels([name], () => true, models);
  const system = systemOf(model);
  return { model, system, ...replayTrace(system, trace.states) };
}

async function replaySchedule({
  model: name,
  models,
  schedule = "",
}: ReplayCommandOptions): Promise<Replayed> {
  if (name === undefined) throw usage("--schedule needs --model");
  const [model] = await chooseModels([name], () => true, models);
  const system = systemOf(model);
  const machine = createMachine(system);
  const states: StateText[] = [machine.initial];
  const steps: MachineStep[] = parseSchedule(schedule).map((step) => {
    const taken = takeOrExplain(model, machine, step);
    states.push(machine.stateText());
    return taken;
  });
  const [traceLength, reached] = [states.length, states.length];
  const result = { steps, states, traceLength, reached, ignored: [], divergence: undefined };
  return { model, system, ...result };
}

/** Takes a step; where it cannot be taken, the spec's own reason is part of the error. */
function takeOrExplain(model: Model, machine: Machine, step: ScheduleStep): MachineStep {
  try {
    return machine.take(step);
  } catch (error) {
    if (!(error instanceof VerifyError) || error.code !== "STEP_NOT_ENABLED") throw error;
    const guards = new Guards(model);
    const waiting = guards
      .standings(machine.system, machine.stateText())
      .filter(({ actor, refusal }) => actor.number === step.actor && refusal !== undefined);
    const reasons = waiting.flatMap(({ refusal }) => (refusal ? [refusalText(refusal)] : []));
    const found = [error.found, ...reasons.map((reason) => `waits: ${reason}`)].join("\n");
    throw new VerifyError({ ...error.toJSON(), found });
  }
}

function standingsOf({ model, system, states }: Replayed): readonly Standing[] {
  return new Guards(model).standings(system, states[states.length - 1]);
}

function show(replayed: Replayed, standings: readonly Standing[]): void {
  const { model, system, steps, states, ignored } = replayed;
  if (!agree([replayComparison(replayed.traceLength, replayed)])) {
    print(formatDivergence(system, replayed));
    return;
  }
  print(formatBehavior(system, behaviorRows(system, steps, states)));
  print(`\n${model.name}: the implementation takes all ${steps.length} steps`);
  if (ignored.length > 0) print(`not compared, for want of a counterpart: ${ignored.join(", ")}`);
  print(`schedule: ${formatSchedule(steps)}`);
  if (standings.length > 0) print(`\n${formatStandings(standings)}`);
}

function documentOf(replayed: Replayed, standings: readonly Standing[]): object {
  const { model, system, steps, states, ignored, divergence } = replayed;
  return {
    command: "replay",
    ok: agree([replayComparison(replayed.traceLength, replayed)]),
    model: model.name,
    schedule: formatSchedule(steps),
    ignored,
    steps: behaviorRows(system, steps, states).map(({ changes, ...row }) => ({ ...row, changes })),
    ...(standings.length > 0 && { next: standings.map(standingJson) }),
    divergence: divergence
      ? {
          state: divergence.state,
          model: Object.fromEntries(divergence.model),
          implementation: divergence.implementation
            ? Object.fromEntries(divergence.implementation)
            : null,
          reasons: divergenceReasons(system, replayed),
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
    writeFileSync(path, formatItf(traceOfTexts(model.name, states)));
  } catch (cause) {
    throw new VerifyError({
      code: "FILE_UNWRITABLE",
      what: `the trace cannot be written: ${(cause as Error).message}`,
      where: path,
      hint: "name a file in a directory that you can write to",
    });
  }
}
