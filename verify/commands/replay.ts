/** `ffa-verify replay`: a trace or a schedule, step by step, on the implementation. */
import { parseValue } from "tla2tools-runner";
import { Guards, refusalsText, type Standing } from "../explain/guards.js";
import { systemOf } from "../mediator/createSystem.js";
import type { Model } from "../mediator/model.js";
import type { System } from "../mediator/system.js";
import type { StateText } from "../model/stateText.js";
import {
  type Asking,
  createMachine,
  type Machine,
  type MachineStep,
  machineAfter,
} from "../replay/machine.js";
import { replayComparison } from "../replay/replayComparison.js";
import { type ReplayResult, replayTrace } from "../replay/replayTrace.js";
import {
  formatSchedule,
  parseSchedule,
  placeInSchedule,
  type ScheduleStep,
} from "../replay/schedule.js";
import { behaviorRows, formatBehavior } from "../report/behaviorView.js";
import { formatDivergence } from "../report/differenceView.js";
import { divergenceReasons } from "../report/reasons.js";
import { formatStandings, standingJson } from "../report/standings.js";
import { agree, type ExitCode, exitCodeOf } from "../support/comparison.js";
import { VerifyError } from "../support/verifyError.js";
import { chooseModels, print, printJson, usage } from "./common.js";
import { modelOfTrace } from "./modelOfTrace.js";
import { readTraceFile, requireWritable, type TraceFile, writeTraceFile } from "./traceFile.js";

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
  /** Who named the model; `trace` where the trace was found to fit this one alone. */
  readonly modelFrom: "option" | "file" | "trace";
  readonly system: System;
}

export async function replayCommand(
  file: string | undefined,
  options: ReplayCommandOptions,
): Promise<ExitCode> {
  if ((file === undefined) === (options.schedule === undefined)) {
    throw usage("replay takes a file, or --model and --schedule");
  }
  if (options.itf !== undefined) requireWritable(options.itf);
  const replayed = await (file === undefined ? replaySchedule(options) : replayFile(file, options));
  const exit = exitCodeOf([replayComparison(replayed.traceLength, replayed)]);
  const standings = options.explain === true ? standingsOf(replayed) : [];
  if (options.json) printJson(documentOf(replayed, standings));
  else show(replayed, standings);
  if (options.itf !== undefined) writeBehavior(options.itf, replayed);
  return exit;
}

async function replayFile(
  file: string,
  { model: named, models }: ReplayCommandOptions,
): Promise<Replayed> {
  const trace = readTraceFile(file);
  const { model, modelFrom } = await modelFor(file, trace, named, models);
  const system = systemOf(model);
  return { model, modelFrom, system, ...replayTrace(system, trace.states, { loop: trace.loop }) };
}

export async function modelFor(
  file: string,
  trace: TraceFile,
  named: string | undefined,
  models: string | undefined,
): Promise<Pick<Replayed, "model" | "modelFrom">> {
  const name = named ?? trace.model;
  if (name === undefined) {
    return { model: await modelOfTrace(file, trace, models), modelFrom: "trace" };
  }
  try {
    const [model] = await chooseModels([name], () => true, models);
    return { model, modelFrom: named === undefined ? "file" : "option" };
  } catch (error) {
    const isInFile = named === undefined && error instanceof VerifyError;
    if (!isInFile || error.code !== "MODEL_UNKNOWN") throw error;
    const hint = `${error.hint} (--model NAME is heeded before the file)`;
    throw new VerifyError({ ...error.toJSON(), where: `${file}: #meta.model`, hint });
  }
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
  const steps: MachineStep[] = parseSchedule(schedule).map((step, i) => {
    const taken = takeOrExplain(model, machine, step, placeInSchedule(schedule, i));
    states.push(machine.stateText());
    return taken;
  });
  const [traceLength, reached] = [states.length, states.length];
  const rest = { loop: undefined, ignored: [], divergence: undefined };
  return { model, modelFrom: "option", system, steps, states, traceLength, reached, ...rest };
}

/** Takes a step; where it cannot be taken, the spec's own reason is part of the error. */
function takeOrExplain(
  model: Model,
  machine: Machine,
  step: ScheduleStep,
  where: string,
): MachineStep {
  try {
    return machine.take(step);
  } catch (error) {
    if (!(error instanceof VerifyError)) throw error;
    if (error.code !== "STEP_NOT_ENABLED") throw new VerifyError({ ...error.toJSON(), where });
    const guards = new Guards(model);
    const waiting = guards
      .standings(machine.system, machine.stateText())
      .filter(({ actor, refusals }) => actor.number === step.actor && refusals.length > 0);
    const reasons = waiting.map(({ refusals }) => refusalsText(refusals));
    const found = [error.found, ...reasons.map((reason) => `waits: ${reason}`)].join("\n");
    throw new VerifyError({ ...error.toJSON(), where, found });
  }
}

function standingsOf({ model, system, states }: Replayed): readonly Standing[] {
  return new Guards(model).standings(system, states[states.length - 1]);
}

/** Who goes on as the environment chooses, behind the last step. */
const askingIn = ({ system, steps }: Replayed): readonly Asking[] =>
  machineAfter(system, steps).machine.asking();

function show(replayed: Replayed, standings: readonly Standing[]): void {
  const { model, modelFrom, system, steps, states, loop, ignored } = replayed;
  if (modelFrom === "trace") {
    print(`the file names no model: of all, ${model.name} alone has its variables and its steps\n`);
  }
  if (!agree([replayComparison(replayed.traceLength, replayed)])) {
    print(formatDivergence(model, system, replayed));
    return;
  }
  print(formatBehavior(system, behaviorRows(system, steps, states, model)));
  const all = steps.length === 1 ? "the one step" : `all ${steps.length} steps`;
  const back = loop === undefined ? "" : `, and comes back to state ${loop + 1}`;
  print(`\n${model.name}: the implementation takes ${all}${back}`);
  if (ignored.length > 0) print(`not compared, for want of a counterpart: ${ignored.join(", ")}`);
  print(`schedule: ${formatSchedule(steps)}`);
  if (standings.length > 0) print(`\n${formatStandings(standings, askingIn(replayed))}`);
}

function documentOf(replayed: Replayed, standings: readonly Standing[]): object {
  const { model, modelFrom, system, steps, states, loop, ignored, divergence } = replayed;
  return {
    command: "replay",
    ok: agree([replayComparison(replayed.traceLength, replayed)]),
    model: model.name,
    modelFrom,
    schedule: formatSchedule(steps),
    loop: loop ?? null,
    ignored,
    steps: behaviorRows(system, steps, states, model),
    ...(standings.length > 0 && {
      next: standings.map((standing) => standingJson(standing, askingIn(replayed))),
    }),
    divergence: divergence
      ? {
          state: divergence.state,
          back: divergence.back,
          model: Object.fromEntries(divergence.model),
          implementation: divergence.implementation
            ? Object.fromEntries(divergence.implementation)
            : null,
          reasons: divergenceReasons(system, replayed),
        }
      : null,
  };
}

/** The last state of a lasso that was gone round is the first of its loop, and is written once. */
function writeBehavior(path: string, { model, states, loop }: Replayed): void {
  const isClosed = loop !== undefined && loop < states.length - 1;
  const values = (isClosed ? states.slice(0, -1) : states).map(
    (state) => new Map([...state].map(([variable, text]) => [variable, parseValue(text)])),
  );
  writeTraceFile(path, { model: model.name, states: values, loop });
}
