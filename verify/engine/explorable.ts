/**
 * What the engine needs to know of a system: the declared shared state, who acts, what each actor
 * may start, and how runs are told apart. Whatever gives this can be explored.
 */
import type { Layout, Operation, Protocol } from "../../src/sync/index.js";
import { VerifyError } from "../support/verifyError.js";
import type { Checkable } from "./clause.js";
import type { LocalProfile } from "./localProfile.js";

/** One step that a task has taken. */
export interface TakenStep {
  readonly operation: Operation;
  readonly result: number;
}

/** A task under way. */
export interface RunSoFar<Answer = unknown> {
  readonly steps: readonly TakenStep[];
  /** The operation that comes next. */
  readonly next: Operation;
  /** Runs the task on from here with one result, and gives what it returns, if it ends there. */
  resume(result: number): Answer | undefined;
}

/** A task that an idle actor may start. */
export interface Program<Answer = unknown> {
  start(): Protocol<Answer>;
  /** What tells a run of this program apart from others of the same actor. */
  profile(run: RunSoFar<Answer>): LocalProfile;
}

export interface Actor {
  /** From 1, as in the model. */
  readonly number: number;
  /** For people: `vCPU 1.0`. */
  readonly name: string;
  readonly programs: readonly Program[];
}

/** What builds a system again, elsewhere: plain data, so that a worker can be sent it. */
export interface SystemRecipe {
  /** The URL of a compiled module that is a {@link SystemModule}. */
  readonly module: string;
  /** What its builder is given. */
  readonly data: unknown;
}

export interface SystemModule<Data = unknown> {
  /** The same system each time. */
  systemFrom(data: Data): Explorable;
}

export interface Explorable {
  readonly layout: Layout;
  /** Index 0 is actor 1. */
  readonly actors: readonly Actor[];
  /** The profile of an actor that runs no task. */
  readonly idle: LocalProfile;
  /** The slots that do not tell two states apart to the model. */
  readonly hiddenSlots: readonly number[];
  /** The names of all invariants and action properties that can be checked. */
  readonly checkableNames: readonly string[];
  /** The invariant or action property of that name; undefined when there is none. */
  checkable(name: string): Checkable | undefined;
  readonly recipe: SystemRecipe;
}

export function unknownCheckable({ checkableNames }: Explorable, name: string): VerifyError {
  return new VerifyError({
    code: "INVARIANT_UNKNOWN",
    what: `${name} cannot be checked on the implementation`,
    expected: checkableNames.join(", "),
    found: name,
    hint: "name one of these, or leave it to TLC",
  });
}
