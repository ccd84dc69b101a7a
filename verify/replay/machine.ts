/**
 * The implementation, stepped: shared memory, and for each actor at most one running generator.
 *
 * This is the plain reference. Nothing is packed and nothing is remembered from one run to the
 * next, so it is slow, and there is little in it that could be wrong.
 */
import {
  answersTo,
  BLOCKED,
  choicesOf,
  describeLocation,
  execute,
  type Operation,
  type Protocol,
  SharedMemory,
  statusOf,
} from "../../src/sync/index.js";
import { firstOperation } from "../engine/automaton.js";
import { branchOf, GOES_ON } from "../engine/branch.js";
import type { TakenStep } from "../engine/explorable.js";
import { idleProfile, type Profile } from "../mediator/profile.js";
import { stateTextFrom } from "../mediator/refinement.js";
import type { MediatorActor, MediatorProgram, System, TaskAnswer } from "../mediator/system.js";
import type { StateText } from "../model/stateText.js";
import { VerifyError, type VerifyErrorCode } from "../support/verifyError.js";
import { formatSchedule, type ScheduleStep } from "./schedule.js";

/** A step with its name: the operation's label, which is the model's action. */
export interface MachineStep extends ScheduleStep {
  readonly action: string;
  /** Of a step that was taken: what the secure world answered, where it was asked. */
  readonly status?: number;
}

/** Which step is asked for: `branch` is left out when the actor goes on. */
export interface StepChoice {
  readonly actor: number;
  readonly branch?: number;
}

/** An actor that cannot go on, and what it waits on, as in `guest_vers_lock of domain 1`. */
export interface Waiting extends MachineStep {
  readonly on: string;
}

/** An actor whose next step the environment chooses: what it may be answered, by choice. */
export interface Asking {
  readonly actor: number;
  readonly action: string;
  readonly statuses: readonly number[];
}

export interface Machine {
  readonly system: System;
  /** The state before the first step. */
  readonly initial: StateText;
  /** The steps taken so far; `formatSchedule(taken)` is the schedule that leads here. */
  readonly taken: readonly MachineStep[];
  /**
   * Every step that can be taken now, by actor and by branch. A step that would misuse shared
   * memory is one of them: taking it tells.
   */
  enabledSteps(): readonly MachineStep[];
  /**
   * Takes one step.
   *
   * @throws VerifyError NO_SUCH_ACTOR, NO_SUCH_PROGRAM, CHOICE_MISSING, NO_SUCH_CHOICE,
   *   STEP_NOT_ENABLED, with nothing changed.
   * @throws SyncFault when the code misuses shared memory; the machine stands still then.
   */
  take(choice: StepChoice): MachineStep;
  /** The state that a step leads to, without taking it. @throws as `take` does. */
  successor(choice: StepChoice): StateText;
  /** The actors that have begun and cannot go on now. */
  waiting(): readonly Waiting[];
  /** The actors that go on as the environment chooses. */
  asking(): readonly Asking[];
  /** Every variable of the model, as TLC prints its value. */
  stateText(): StateText;
  /** The bytes of a domain's RX buffer. */
  rx(domainId: number): Uint8Array;
}

/** A program under way. */
interface Task {
  readonly program: MediatorProgram;
  readonly code: Protocol<TaskAnswer>;
  readonly steps: readonly TakenStep[];
  readonly next: Operation;
}

export function createMachine(system: System): Machine {
  const memory = new SharedMemory(system.state.layout, null);
  const tasks: (Task | null)[] = system.actors.map(() => null);
  const taken: MachineStep[] = [];

  const isEnabled = (operation: Operation, actor: number, choice = 0): boolean =>
    !waits(system, memory, operation, actor, choice);

  /** The task that goes on, and what the environment chooses. */
  const asked = (step: StepChoice): { readonly task: Task; readonly chosen: number } => {
    const task = taskOf(system, tasks, step, taken);
    const isUnderWay = tasks[step.actor - 1] !== null;
    const chosen = isUnderWay ? Math.max(0, step.branch ?? GOES_ON) : 0;
    if (isEnabled(task.next, step.actor, chosen)) return { task, chosen };
    throw notEnabled(system, step, task.next, taken);
  };

  const stateText = (): StateText => {
    const profiles = tasks.map(profileIn);
    return stateTextFrom(system, profiles, (slot) => memory.slots[slot]);
  };

  return {
    system,
    initial: stateText(),
    taken,
    enabledSteps: () =>
      system.actors.flatMap((actor) =>
        offersOf(system, actor, tasks[actor.number - 1])
          .filter(({ operation, choice }) => isEnabled(operation, actor.number, choice))
          .map(({ branch, operation }) => ({
            actor: actor.number,
            action: operation.label,
            branch,
          })),
      ),
    waiting: () =>
      tasks.flatMap((task, i): readonly Waiting[] => {
        const actor = i + 1;
        const offers = offersOf(system, system.actors[i], task);
        if (task === null || offers.some((at) => isEnabled(at.operation, actor, at.choice))) {
          return [];
        }
        const on = placeOf(system, task.next);
        return [{ actor, branch: GOES_ON, action: task.next.label, on }];
      }),
    asking: () =>
      tasks.flatMap((task, i): readonly Asking[] => {
        const statuses = task === null ? [] : (answersTo(system.layout, task.next) ?? []);
        if (task === null || statuses.length < 2) return [];
        return [{ actor: i + 1, action: task.next.label, statuses }];
      }),
    take(choice) {
      const { task, chosen } = asked(choice);
      const { next } = task;
      const result = memory.execute(next, choice.actor, chosen);
      const { done, value } = task.code.next(result);
      const steps = [...task.steps, { operation: next, result }];
      tasks[choice.actor - 1] = done ? null : { ...task, steps, next: value };
      const { actor, branch = GOES_ON } = choice;
      const status = statusOf(system.layout, next, result);
      const step = { actor, branch, action: next.label, ...(status !== undefined && { status }) };
      taken.push(step);
      return step;
    },
    stateText,
    successor(choice) {
      const { task, chosen } = asked(choice);
      const slots = memory.slots.slice();
      const result = execute(system.state.layout, slots, task.next, choice.actor, chosen);
      const profiles = tasks.map(profileIn);
      profiles[choice.actor - 1] = profileIn(continued(task, result));
      return stateTextFrom(system, profiles, (slot) => slots[slot]);
    },
    rx: (domainId) => memory.bytes(system.state.contexts[domainId].rx),
  };
}

/** A machine that has taken these steps, and the states on its way. @throws as `take` does. */
export function machineAfter(
  system: System,
  steps: readonly StepChoice[],
): { readonly machine: Machine; readonly states: readonly StateText[] } {
  const machine = createMachine(system);
  const states = [machine.initial];
  for (const step of steps) {
    machine.take(step);
    states.push(machine.stateText());
  }
  return { machine, states };
}

/** Whether an operation waits. It is tried on a copy; one that faults does not wait. */
function waits(
  { state }: System,
  memory: SharedMemory,
  operation: Operation,
  actor: number,
  choice: number,
): boolean {
  try {
    return execute(state.layout, memory.slots.slice(), operation, actor, choice) === BLOCKED;
  } catch {
    return false;
  }
}

/** A step that comes next, if it is enabled. */
interface Offer {
  readonly branch: number;
  readonly operation: Operation;
  readonly choice: number;
}

function offersOf({ layout }: System, actor: MediatorActor, task: Task | null): readonly Offer[] {
  if (task === null) {
    return actor.programs.map((program, branch) => {
      return { branch, operation: firstOperation(program, layout), choice: 0 };
    });
  }
  const { next } = task;
  const choices = choicesOf(layout, next);
  return Array.from({ length: choices }, (_, choice) => {
    return { branch: branchOf(choice, false, choices), operation: next, choice };
  });
}

function begun(program: MediatorProgram, { layout }: System): Task {
  const next = firstOperation(program, layout);
  const code = program.start();
  code.next();
  return { program, code, steps: [], next };
}

/** The task that a step belongs to, which has that branch: the one under way, or a new one. */
function taskOf(
  system: System,
  tasks: readonly (Task | null)[],
  { actor, branch = GOES_ON }: StepChoice,
  taken: readonly MachineStep[],
): Task {
  const who = system.actors[actor - 1];
  const refuse = (code: VerifyErrorCode, what: string, expected: string): VerifyError =>
    refused(code, what, expected, { actor, branch }, taken);
  if (who === undefined) {
    const all = system.actors.map(({ number, name }) => `${number} (${name})`).join(", ");
    throw refuse("NO_SUCH_ACTOR", `there is no actor ${actor}`, all);
  }
  const task = tasks[actor - 1];
  if (task !== null) {
    const choices = choicesOf(system.layout, task.next);
    if (choices === 1 ? branch === GOES_ON : branch >= 0 && branch < choices) return task;
    const { label } = task.next;
    if (choices === 1) {
      const what = `${who.name} runs a program already, and ${label} has one result`;
      throw refuse("STEP_NOT_ENABLED", what, `${actor}`);
    }
    const expected = choicesText(actor, answersTo(system.layout, task.next) ?? []);
    if (branch === GOES_ON) {
      const what = `it is left open what the environment answers to ${label} of ${who.name}`;
      throw refuse("CHOICE_MISSING", what, expected);
    }
    const what = `the environment has no answer ${branch} to ${label} of ${who.name}`;
    throw refuse("NO_SUCH_CHOICE", what, expected);
  }
  if (branch === GOES_ON) {
    const expected = `${actor}:p with p in 0..${who.programs.length - 1}`;
    throw refuse("STEP_NOT_ENABLED", `${who.name} is idle and starts a program first`, expected);
  }
  const start = who.programs[branch];
  if (start === undefined) {
    const expected = `0..${who.programs.length - 1}`;
    throw refuse("NO_SUCH_PROGRAM", `${who.name} has no program ${branch}`, expected);
  }
  return begun(start, system);
}

/** A status of the secure world for people. */
export const statusText = (status: number): string => (status === 0 ? "OK" : String(status));

/** `1:c with c in 0..2 (0: OK, 1: -5, 2: -7)` */
export function choicesText(actor: number, statuses: readonly number[]): string {
  const each = statuses.map((status, choice) => `${choice}: ${statusText(status)}`);
  return `${actor}:c with c in 0..${statuses.length - 1} (${each.join(", ")})`;
}

const placeOf = ({ state }: System, { at }: Operation): string =>
  describeLocation(state.layout.locations[at]);

function notEnabled(
  system: System,
  { actor, branch = GOES_ON }: StepChoice,
  operation: Operation,
  taken: readonly MachineStep[],
): VerifyError {
  const at = placeOf(system, operation);
  const what = `${system.actors[actor - 1].name} cannot take ${operation.label}: it waits on ${at}`;
  const expected = "a step that is enabled";
  return refused("STEP_NOT_ENABLED", what, expected, { actor, branch }, taken);
}

function refused(
  code: VerifyErrorCode,
  what: string,
  expected: string,
  step: ScheduleStep,
  taken: readonly MachineStep[],
): VerifyError {
  return new VerifyError({
    code,
    what,
    where: `step ${taken.length + 1} of the schedule`,
    expected,
    found: formatSchedule([step]),
    hint:
      taken.length === 0
        ? "start with the toolstack's CreateDomain"
        : `the schedule can be replayed up to here: ${formatSchedule(taken)}`,
  });
}

function profileIn(task: Task | null): Profile {
  if (task === null) return idleProfile;
  const { program, steps, next } = task;
  return program.profile({ steps, next, resume: (last) => answerOf(task, last) });
}

/** What the task returns after one more result. */
function answerOf(task: Task, last: number): TaskAnswer {
  const end = rerun(task, last);
  return end.done ? end.value : undefined;
}

/** The task after one more result, as a run of its own; null when it has ended. */
function continued(task: Task, result: number): Task | null {
  const code = task.program.start();
  const end = rerun(task, result, code);
  const steps = [...task.steps, { operation: task.next, result }];
  return end.done ? null : { program: task.program, code, steps, next: end.value };
}

/** Runs the task's program from its start: a generator cannot be copied. */
function rerun(
  { program, steps }: Task,
  last: number,
  code = program.start(),
): IteratorResult<Operation, TaskAnswer> {
  code.next();
  for (const { result } of steps) code.next(result);
  return code.next(last);
}
