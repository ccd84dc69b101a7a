/**
 * What the mediator is to the engine, and to every tool: its declared state, its actors, and for
 * each actor the tasks that it may start.
 *
 * This folder is the one place where an implementation of the model plugs in. Nobody else in
 * verify/ imports the mediator of src/: comparison, replay, exploration, reports and commands know
 * a System, a Model that configures one (loadModel.ts), its state as the model writes it
 * (refinement.ts), and the tables of the correspondence. The next implementation gives these, and
 * the rest stays as it is.
 */
import type { Registers } from "../../src/abi.js";
import type { MediatorState } from "../../src/context.js";
import type { Actor, Explorable, Program, RunSoFar } from "../engine/explorable.js";
import type { ModelCall } from "./correspondence/words.js";
import type { ModelOptions } from "./model.js";
import type { Profile } from "./profile.js";

/** What a task gives back: the registers of a call; nothing of a task of the toolstack. */
export type TaskAnswer = Registers | undefined;

export interface MediatorProgram extends Program<TaskAnswer> {
  /** The call of a vCPU; null for a task of the toolstack or the timer. */
  readonly call: ModelCall | null;
  profile(run: RunSoFar<TaskAnswer>): Profile;
}

export interface MediatorActor extends Actor {
  readonly kind: "vcpu" | "toolstack" | "timer";
  /** 0 for the timer. */
  readonly domainId: number;
  readonly programs: readonly MediatorProgram[];
}

/** Everything that runs under one configuration of the mediator. */
export interface System extends Explorable {
  readonly actors: readonly MediatorActor[];
  readonly state: MediatorState;
  readonly options: ModelOptions;
  readonly calls: readonly ModelCall[];
}
