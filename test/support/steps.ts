/** Protocol code of src/ run on its own: which steps it takes, and what comes back. */
import {
  type Context,
  declareMediator,
  type MediatorState,
  toolstackActor,
  vcpuActor,
} from "../../src/context.js";
import { createDomain, destroyDomain } from "../../src/domainTeardown.js";
import { type Registers, registers } from "../../src/index.js";
import { vcpuCall } from "../../src/mediator.js";
import { defaultOptions, type MediatorOptions } from "../../src/options.js";
import { BLOCKED, type Protocol, SharedMemory } from "../../src/sync/index.js";

export interface Bench {
  readonly state: MediatorState;
  readonly memory: SharedMemory;
  context(domainId: number): Context;
  /** Runs code of an actor to its end. */
  run<T>(
    code: Protocol<T>,
    actor?: number,
  ): { readonly labels: readonly string[]; readonly value: T };
  create(domainId: number): readonly string[];
  destroy(domainId: number): readonly string[];
  /** A call on the first vCPU of a domain. */
  call(
    domainId: number,
    ...words: readonly number[]
  ): { readonly labels: readonly string[]; readonly value: Registers };
}

/** A mediator of two domains with two vCPUs each, and its memory. */
export function createBench(options: Partial<MediatorOptions> = {}): Bench {
  const state = declareMediator({
    ...defaultOptions,
    maxDomains: 2,
    maxVcpus: 2,
    mappedAtStart: true,
    ...options,
  });
  const memory = new SharedMemory(state.layout);
  const run = <T>(code: Protocol<T>, actor = 1) => {
    const labels: string[] = [];
    let step = code.next();
    while (!step.done) {
      const result = memory.execute(step.value, actor);
      if (result === BLOCKED) throw new Error(`${step.value.label} waits`);
      labels.push(step.value.label);
      step = code.next(result);
    }
    return { labels, value: step.value };
  };
  const context = (id: number) => state.contexts[id];
  const toolstack = (id: number) => toolstackActor(state.options, id);
  return {
    state,
    memory,
    run,
    context,
    create: (id) => run(createDomain(context(id)), toolstack(id)).labels,
    destroy: (id) => run(destroyDomain(state, context(id)), toolstack(id)).labels,
    call: (id, ...words) =>
      run(vcpuCall(state, context(id), registers(...words)), vcpuActor(state.options, id, 0)),
  };
}

/** Runs one operation of a kind and gives its result. */
export const only = (bench: Bench, code: Protocol<number>, actor = 1): number =>
  bench.run(code, actor).value;
