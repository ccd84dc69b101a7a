/**
 * What the mediator is to the engine, and to every tool: its declared state, its actors, and for
 * each actor the tasks that it may start.
 */
import type { Registers } from "../../src/abi.js";
import type { MediatorState } from "../../src/context.js";
import type { MediatorOptions } from "../../src/options.js";
import type { Profile } from "../correspondence/profile.js";
import type { ModelCall } from "../correspondence/words.js";
import type { Actor, Explorable, Program, RunSoFar } from "./explorable.js";

/** What a task gives back: the registers of a call; nothing of a task of the toolstack. */
export type TaskAnswer = Registers | undefined;

export interface MediatorProgram extends Program<TaskAnswer> {
  /** The call of a vCPU; null for a task of the toolstack. */
  readonly call: ModelCall | null;
  profile(run: RunSoFar<TaskAnswer>): Profile;
}

export interface MediatorActor extends Actor {
  readonly kind: "vcpu" | "toolstack";
  readonly domainId: number;
  readonly programs: readonly MediatorProgram[];
}

/** Everything that runs under one configuration of the mediator. */
export interface System extends Explorable {
  readonly actors: readonly MediatorActor[];
  readonly state: MediatorState;
  readonly options: MediatorOptions;
  readonly calls: readonly ModelCall[];
}
