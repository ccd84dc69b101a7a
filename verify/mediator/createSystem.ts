/**
 * The system of one configuration: the tasks of vCPUs and toolstacks, as generators of src/.
 */
import {
  declareMediator,
  type MediatorState,
  toolstackActor,
  vcpuActor,
} from "../../src/context.js";
import { createDomain, destroyDomain } from "../../src/domainTeardown.js";
import { vcpuCall } from "../../src/mediator.js";
import type { MediatorOptions } from "../../src/options.js";
import type { Protocol } from "../../src/sync/index.js";
import { compiledModule } from "../engine/compiledModule.js";
import { checkableNames, deriveCheckable } from "../spec/deriveCheckable.js";
import { type SpecData, theoryOf, withNumbers } from "../spec/specData.js";
import { hiddenSlotsOf } from "./correspondence/sharedVariables.js";
import { callRegisters, type ModelCall } from "./correspondence/words.js";
import type { Model } from "./model.js";
import { idleProfile, profileOf } from "./profile.js";
import { StateValues } from "./stateValues.js";
import type { MediatorActor, MediatorProgram, System, TaskAnswer } from "./system.js";

/** Bounds, where they are other than a model's own. */
export interface Bounds {
  readonly domains: number;
  readonly vcpus: number;
}

/** The system of a model: its configuration, with what its spec says of it. */
export function systemOf(model: Model, bounds = boundsOf(model)): System {
  const { domains, vcpus } = bounds;
  const options = { ...model.options, maxDomains: domains, maxVcpus: vcpus };
  const spec = withNumbers(model.spec, { NumDomains: domains, VcpusPerDomain: vcpus });
  return createSystem(options, model.calls, spec);
}

export const boundsOf = ({ options }: Pick<Model, "options">): Bounds => ({
  domains: options.maxDomains,
  vcpus: options.maxVcpus,
});

/**
 * @param calls The calls that every vCPU may make.
 * @param spec Where invariants and properties are defined; without it there are none to check.
 */
export function createSystem(
  options: MediatorOptions,
  calls: readonly ModelCall[],
  spec?: SpecData,
): System {
  const state = declareMediator(options);
  const domains = Array.from({ length: options.maxDomains }, (_, i) => i + 1);
  const vcpus = Array.from({ length: options.maxVcpus }, (_, i) => i);
  let values: StateValues | undefined;
  const system: System = {
    layout: state.layout,
    actors: [
      ...domains.flatMap((domainId) => vcpus.map((vcpu) => vcpuOf(state, domainId, vcpu, calls))),
      ...domains.map((domainId) => toolstackOf(state, domainId)),
    ],
    idle: idleProfile,
    hiddenSlots: hiddenSlotsOf(state.layout),
    checkableNames: spec === undefined ? [] : checkableNames(theoryOf(spec)),
    checkable(name) {
      if (spec === undefined) return undefined;
      values ??= new StateValues(system, theoryOf(spec));
      return deriveCheckable(name, theoryOf(spec), values.cell);
    },
    recipe: { module: compiledModule(import.meta.url), data: { options, calls, spec } },
    state,
    options,
    calls,
  };
  return system;
}

/** The builder that a worker finds: see {@link SystemModule}. */
export const systemFrom = ({ options, calls, spec }: Configuration): System =>
  createSystem(options, calls, spec);

interface Configuration extends Pick<System, "options" | "calls"> {
  readonly spec?: SpecData;
}

function vcpuOf(
  state: MediatorState,
  domainId: number,
  vcpu: number,
  calls: readonly ModelCall[],
): MediatorActor {
  return {
    number: vcpuActor(state.options, domainId, vcpu),
    kind: "vcpu",
    domainId,
    name: `vCPU ${domainId}.${vcpu}`,
    programs: calls.map((call) => {
      const words = callRegisters[call.name](call.argument);
      return program(state, call, () => vcpuCall(state, state.contexts[domainId], words));
    }),
  };
}

function toolstackOf(state: MediatorState, domainId: number): MediatorActor {
  const ctx = state.contexts[domainId];
  return {
    number: toolstackActor(state.options, domainId),
    kind: "toolstack",
    domainId,
    name: `toolstack ${domainId}`,
    programs: [
      program(state, null, () => withoutAnswer(createDomain(ctx))),
      program(state, null, () => withoutAnswer(destroyDomain(state, ctx))),
    ],
  };
}

const program = (
  state: MediatorState,
  call: ModelCall | null,
  start: () => Protocol<TaskAnswer>,
): MediatorProgram => ({ call, start, profile: (run) => profileOf(state, call, run) });

function* withoutAnswer(code: Protocol<void>): Protocol<undefined> {
  yield* code;
  return undefined;
}
