/**
 * The system of one configuration: the tasks of vCPUs and toolstacks, as generators of src/.
 */
import {
  declareMediator,
  type MediatorState,
  timerActor,
  toolstackActor,
  vcpuActor,
} from "../../src/context.js";
import { createDomain, destroyDomain, freeDomain } from "../../src/domainTeardown.js";
import { vcpuCall } from "../../src/mediator.js";
import type { MediatorOptions } from "../../src/options.js";
import type { GuestPages, Protocol } from "../../src/sync/index.js";
import { teardownTimer } from "../../src/teardownRound.js";
import { compiledModule } from "../engine/compiledModule.js";
import { checkableNames, deriveCheckable } from "../spec/deriveCheckable.js";
import { type SpecData, theoryOf, withNumbers } from "../spec/specData.js";
import { hiddenSlotsOf } from "./correspondence/sharedVariables.js";
import { callRegisters, type ModelCall, txBytesOf } from "./correspondence/words.js";
import type { Model, ModelOptions } from "./model.js";
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
  options: ModelOptions,
  calls: readonly ModelCall[],
  spec?: SpecData,
): System {
  const txContents = options.txContents ?? [0];
  const state = declareMediator(options, pagesOf(options, txContents));
  const context = { state, txContents };
  const domains = Array.from({ length: options.maxDomains }, (_, i) => i + 1);
  const vcpus = Array.from({ length: options.maxVcpus }, (_, i) => i);
  let values: StateValues | undefined;
  const system: System = {
    layout: state.layout,
    actors: [
      ...domains.flatMap((domainId) => vcpus.map((vcpu) => vcpuOf(context, domainId, vcpu, calls))),
      ...domains.map((domainId) => toolstackOf(context, domainId)),
      timerOf(context),
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

/** The TX pages of all guests, each with any of the contents. */
function pagesOf(options: MediatorOptions, txContents: readonly number[]): GuestPages {
  const pages = Array.from({ length: options.maxDomains }, (_, i) =>
    txContents.map((content) => txBytesOf(content, i + 1, options)),
  );
  return {
    contents: txContents.length,
    bytes: ({ owner }, copy) => pages[owner - 1][copy],
  };
}

/** What programs are made of. */
interface Configured {
  readonly state: MediatorState;
  readonly txContents: readonly number[];
}

function vcpuOf(
  configured: Configured,
  domainId: number,
  vcpu: number,
  calls: readonly ModelCall[],
): MediatorActor {
  const { state } = configured;
  return {
    number: vcpuActor(state.options, domainId, vcpu),
    kind: "vcpu",
    domainId,
    name: `vCPU ${domainId}.${vcpu}`,
    programs: calls.map((call) => {
      const words = callRegisters[call.name](call.argument);
      const start = () => vcpuCall(state, state.contexts[domainId], words);
      return program(configured, domainId, call, start);
    }),
  };
}

function toolstackOf(configured: Configured, domainId: number): MediatorActor {
  const { state } = configured;
  const ctx = state.contexts[domainId];
  const task = (start: () => Protocol<unknown>) =>
    program(configured, domainId, null, () => withoutAnswer(start()));
  return {
    number: toolstackActor(state.options, domainId),
    kind: "toolstack",
    domainId,
    name: `toolstack ${domainId}`,
    programs: [
      task(() => createDomain(state, ctx)),
      task(() => destroyDomain(state, ctx)),
      task(() => freeDomain(ctx)),
    ],
  };
}

function timerOf(configured: Configured): MediatorActor {
  const { state } = configured;
  const start = () => withoutAnswer(teardownTimer(state));
  return {
    number: timerActor(state.options),
    kind: "timer",
    domainId: 0,
    name: "timer",
    programs: [program(configured, 0, null, start)],
  };
}

const program = (
  { state, txContents }: Configured,
  domainId: number,
  call: ModelCall | null,
  start: () => Protocol<TaskAnswer>,
): MediatorProgram => ({
  call,
  start,
  profile: (run) => profileOf(state, { call, domainId, txContents }, run),
});

function* withoutAnswer(code: Protocol<unknown>): Protocol<undefined> {
  yield* code;
  return undefined;
}
