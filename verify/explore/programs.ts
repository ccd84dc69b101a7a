/**
 * Who acts, and what each actor may start: the tasks of a configuration, as generators of src/.
 */
import type { Registers } from "../../src/abi.js";
import {
  declareMediator,
  type MediatorState,
  toolstackActor,
  vcpuActor,
} from "../../src/context.js";
import { createDomain, destroyDomain } from "../../src/domainTeardown.js";
import { vcpuCall } from "../../src/mediator.js";
import type { MediatorOptions } from "../../src/options.js";
import type { Layout, Operation, Protocol } from "../../src/sync/index.js";
import type { TakenStep } from "../correspondence/localVariables.js";
import { type Profile, profileOf } from "../correspondence/profile.js";
import { hiddenSlotsOf } from "../correspondence/sharedVariables.js";
import { callRegisters, type ModelCall } from "../correspondence/words.js";
import { mediatorCheckable } from "./checkables.js";
import type { Checkable } from "./clause.js";
import type { SystemRecipe } from "./recipe.js";

/** A task that an idle actor may start. */
export interface Program {
  /** The call of a vCPU; null for a task of the toolstack. */
  readonly call: ModelCall | null;
  readonly start: () => Protocol<Registers | undefined>;
}

export interface Actor {
  /** From 1, as in the model. */
  readonly number: number;
  readonly kind: "vcpu" | "toolstack";
  readonly domainId: number;
  /** For people: `vCPU 1.0`, `toolstack 1`. */
  readonly name: string;
  readonly programs: readonly Program[];
}

/**
 * What tells two runs of one actor's tasks apart: the steps taken, and the operation that comes
 * next. `resume` runs the task on from here with one result, and gives what it returns.
 */
export type ProfileOf = (
  program: Program,
  steps: readonly TakenStep[],
  next: Operation,
  resume: (result: number) => Registers | undefined,
) => Profile;

/**
 * What the explorer needs to know: the declared shared state, who acts, and how to tell runs
 * apart.
 */
export interface Explorable {
  readonly layout: Layout;
  /** Index 0 is actor 1. */
  readonly actors: readonly Actor[];
  readonly profile: ProfileOf;
  /** The slots that the model does not mirror. */
  readonly hiddenSlots: readonly number[];
  /** The invariant or action property of that name; undefined when there is none. */
  readonly checkable: (name: string) => Checkable | undefined;
  /** What builds the same system again, elsewhere. */
  readonly recipe: SystemRecipe;
}

/** Everything that runs under one configuration of the mediator. */
export interface System extends Explorable {
  readonly state: MediatorState;
  readonly options: MediatorOptions;
  readonly calls: readonly ModelCall[];
}

/** @param calls The calls that every vCPU may make. */
export function createSystem(options: MediatorOptions, calls: readonly ModelCall[]): System {
  const state = declareMediator(options);
  const actors: Actor[] = [];
  for (let domainId = 1; domainId <= options.maxDomains; domainId++) {
    for (let vcpu = 0; vcpu < options.maxVcpus; vcpu++) {
      actors.push({
        number: vcpuActor(options, domainId, vcpu),
        kind: "vcpu",
        domainId,
        name: `vCPU ${domainId}.${vcpu}`,
        programs: calls.map((call) => vcpuProgram(state, domainId, call)),
      });
    }
  }
  for (let domainId = 1; domainId <= options.maxDomains; domainId++) {
    actors.push({
      number: toolstackActor(options, domainId),
      kind: "toolstack",
      domainId,
      name: `toolstack ${domainId}`,
      programs: toolstackPrograms(state, domainId),
    });
  }
  const system: System = {
    layout: state.layout,
    actors,
    profile: (...run) => profileOf(system, ...run),
    hiddenSlots: hiddenSlotsOf(state.layout),
    checkable: (name) => mediatorCheckable(system, name),
    recipe: { kind: "mediator", options, calls },
    state,
    options,
    calls,
  };
  return system;
}

function vcpuProgram(state: MediatorState, domainId: number, call: ModelCall): Program {
  const words = callRegisters[call.name](call.argument);
  return { call, start: () => vcpuCall(state, state.contexts[domainId], words) };
}

function* withoutAnswer(code: Protocol<void>): Protocol<undefined> {
  yield* code;
  return undefined;
}

function toolstackPrograms(state: MediatorState, domainId: number): readonly Program[] {
  const ctx = state.contexts[domainId];
  return [
    { call: null, start: () => withoutAnswer(createDomain(ctx)) },
    { call: null, start: () => withoutAnswer(destroyDomain(state, ctx)) },
  ];
}
