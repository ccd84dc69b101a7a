/** Protocol code of src/ run on its own, or beside other such code: its steps, and its value. */
import {
  type Context,
  declareMediator,
  type MediatorState,
  timerActor,
  toolstackActor,
  vcpuActor,
} from "../../src/context.js";
import { createDomain, destroyDomain, freeDomain } from "../../src/domainTeardown.js";
import { FFA_ID_GET, FFA_VERSION, type Registers, registers } from "../../src/index.js";
import { vcpuCall } from "../../src/mediator.js";
import { defaultOptions, type MediatorOptions } from "../../src/options.js";
import {
  answersTo,
  BLOCKED,
  CopiedPages,
  type Location,
  type Operation,
  type Protocol,
  SharedMemory,
} from "../../src/sync/index.js";
import { teardownTimer } from "../../src/teardownRound.js";

/** What code did: the labels of its steps in order, and what it returned. */
export interface Outcome<T> {
  readonly labels: readonly string[];
  readonly value: T;
}

/** Answers for the secure world with a status. Default: OK. */
export type SecureWorld = (op: Operation) => number;

const granting: SecureWorld = () => 0;

/** Code of one actor that is taken step by step. */
export class Task<T> {
  readonly labels: string[] = [];
  private next: IteratorResult<Operation, T>;

  constructor(
    private readonly memory: SharedMemory,
    private readonly code: Protocol<T>,
    private readonly actor: number,
    private readonly secureWorld = granting,
  ) {
    this.next = code.next();
  }

  /** Takes one step. @throws Error when there is none, or when it has to wait; nothing changes. */
  step(): void {
    if (this.next.done) throw new Error("the code has ended");
    const op = this.next.value;
    const { label } = op;
    const answers = answersTo(this.memory.layout, op);
    const choice = answers === undefined ? 0 : answers.indexOf(this.secureWorld(op));
    const result = this.memory.execute(op, this.actor, choice);
    if (result === BLOCKED) throw new Error(`${label} waits`);
    this.labels.push(label);
    this.next = this.code.next(result);
  }

  /** Takes steps until the one of that label comes next. @throws Error when it never does. */
  until(label: string): this {
    while (this.next.done || this.next.value.label !== label) this.step();
    return this;
  }

  /** Takes all steps that are left, and after each calls `look`. */
  end(look: () => void = () => {}): Outcome<T> {
    while (!this.next.done) {
      this.step();
      look();
    }
    return { labels: this.labels, value: this.next.value };
  }
}

/** A mediator whose shared memory can be looked at. */
export interface Bench {
  readonly state: MediatorState;
  readonly memory: SharedMemory;
  context(domainId: number): Context;
  /** What a cell or a counter holds, and whom a spinlock or a writer's lock belongs to. */
  read(location: Location): number;
  /** The members of a list. */
  members(list: Location): readonly number[];
  /** Begins code of an actor, and takes no step of it. */
  begin<T>(code: Protocol<T>, actor?: number): Task<T>;
  /** Begins a call on a vCPU of a domain. */
  beginCall(domainId: number, vcpu: number, ...words: readonly number[]): Task<Registers>;
  /** Runs code of an actor to its end. */
  run<T>(code: Protocol<T>, actor?: number): Outcome<T>;
  create(domainId: number): Outcome<boolean>;
  destroy(domainId: number): readonly string[];
  /** Gives the context of a destroyed domain back. */
  free(domainId: number): readonly string[];
  fireTimer(): readonly string[];
  /** What the guest of a domain writes into its TX buffer, from the start. */
  writeTx(domainId: number, bytes: ArrayLike<number>): void;
  /** A call on the first vCPU of a domain, to its end. */
  call(domainId: number, ...words: readonly number[]): Outcome<Registers>;
  /** Creates a domain, whose guest asks for a version and then makes another call. */
  bringUp(domainId: number, version: number): void;
}

/** A mediator of two domains with two vCPUs each, unless said otherwise; none is created. */
export function createBench(options: Partial<MediatorOptions> = {}, secureWorld = granting): Bench {
  const pages = new CopiedPages();
  const shape = { maxDomains: 2, maxVcpus: 2 };
  const state = declareMediator({ ...defaultOptions, ...shape, ...options }, pages);
  const memory = new SharedMemory(state.layout, pages);
  const context = (id: number) => state.contexts[id];
  const begin = <T>(code: Protocol<T>, actor = 1) => new Task(memory, code, actor, secureWorld);
  const beginCall = (id: number, vcpu: number, ...words: readonly number[]) =>
    begin(vcpuCall(state, context(id), registers(...words)), vcpuActor(state.options, id, vcpu));
  const call = (id: number, ...words: readonly number[]) => beginCall(id, 0, ...words).end();
  const byToolstack = <T>(id: number, code: Protocol<T>) =>
    begin(code, toolstackActor(state.options, id)).end();
  const create = (id: number) => byToolstack(id, createDomain(state, context(id)));
  return {
    state,
    memory,
    context,
    read: ({ slot, values, low }) => values?.[memory.slots[slot]] ?? memory.slots[slot] + low,
    members: ({ slot, slots }) => [...memory.slots.slice(slot, slot + slots)].filter((id) => id),
    begin,
    beginCall,
    run: (code, actor) => begin(code, actor).end(),
    create,
    destroy: (id) => byToolstack(id, destroyDomain(state, context(id))).labels,
    free: (id) => byToolstack(id, freeDomain(context(id))).labels,
    fireTimer: () => begin(teardownTimer(state), timerActor(state.options)).end().labels,
    writeTx: (id, bytes) => memory.bytes(context(id).tx).set(bytes),
    call,
    bringUp(id, version) {
      create(id);
      call(id, FFA_VERSION, version);
      call(id, FFA_ID_GET);
    },
  };
}
