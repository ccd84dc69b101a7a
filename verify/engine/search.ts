/**
 * Breadth-first search of one partition: all states, or those whose hash one worker owns.
 *
 * States are kept in the order of their level, so the states of a level are the frontier, and a
 * behavior is found again, afterwards, by looking for a predecessor one level up.
 */
import { SyncFault } from "../../src/sync/index.js";
import type { Checkable } from "./clause.js";
import { compileExpand, type Expand, mostStepsOf, StepBatch, visibleBits } from "./expander.js";
import type { Finding } from "./finding.js";
import { readField } from "./packing.js";
import { StateCheck } from "./stateCheck.js";
import { ALL_HASH_BITS, CHUNK_BITS, StateSet } from "./stateSet.js";
import { StepCheck } from "./stepCheck.js";
import type { Stepper } from "./stepper.js";

/** Steps taken before the states that they lead to are looked up. Measured: 512..2048 are alike. */
const BATCH = 1024;
const CHUNK = 1 << CHUNK_BITS;

export interface SearchOptions {
  readonly checkables: readonly Checkable[];
  readonly deadlock: boolean;
  /** The search stops before it takes more bytes. */
  readonly memoryLimit: number;
  /** Which bits of a hash are used; for tests. */
  readonly hashBits?: number;
}

export class Search {
  readonly set: StateSet;
  readonly batch: StepBatch;
  /** The steps of the batch are of states of this chunk. */
  chunk: Int32Array = new Int32Array();
  generated = 0;
  /** The first state of each level. */
  readonly levels: number[] = [];
  finding: Finding | undefined;
  /** True when the search stopped because of its memory limit. */
  full = false;

  private readonly expand: Expand;
  private readonly stateCheck: StateCheck;
  private readonly stepCheck: StepCheck;
  /** The next state whose steps are taken. */
  private next = 0;
  private levelEnd = 0;
  /** States before this one satisfy all invariants. */
  private checked = 0;

  constructor(
    readonly stepper: Stepper,
    private readonly options: SearchOptions,
  ) {
    const { packing, table, system } = stepper;
    const visible = visibleBits(packing, system.hiddenSlots);
    const hashBits = options.hashBits ?? ALL_HASH_BITS;
    this.set = new StateSet(packing, visible, hashBits);
    this.expand = compileExpand(table, visible, hashBits);
    this.batch = new StepBatch(packing.words, BATCH, mostStepsOf(table));
    // What is seen of the actors decides how clauses are put together.
    table.learn();
    this.stateCheck = new StateCheck(table, options.checkables);
    this.stepCheck = new StepCheck(table, options.checkables);
  }

  get depth(): number {
    return this.levels.length;
  }

  /** States whose steps have not been taken. */
  get frontier(): number {
    return this.set.size - this.next;
  }

  get stopped(): boolean {
    return this.finding !== undefined || this.full;
  }

  /** Whether states of the current level are left. */
  get hasStates(): boolean {
    return this.next < this.levelEnd;
  }

  /** Puts the initial state into the batch, as the step that leads to it. */
  start(): void {
    this.batch.states.set(this.stepper.initial);
    this.batch.hashes[0] = this.set.hashOf(this.stepper.initial);
    this.batch.count = 1;
    this.generated = 1;
  }

  /** How many states the next level has so far. */
  get found(): number {
    return this.set.size - this.levelEnd;
  }

  /** Begins the level of the states that were found last. */
  beginLevel(): void {
    this.levels.push(this.levelEnd);
    this.levelEnd = this.set.size;
  }

  /** Takes the steps of some states of the level; they are in the batch then. */
  expandSome(): void {
    const c = this.next >>> CHUNK_BITS;
    const first = this.next - c * CHUNK;
    this.chunk = this.set.chunks[c];
    const end = Math.min(CHUNK, this.levelEnd - c * CHUNK);
    const { batch } = this;
    batch.count = 0;
    try {
      this.expand(this.stepper.table, batch, this.chunk, first, end);
    } catch (fault) {
      if (!(fault instanceof SyncFault)) throw fault;
      this.find("fault", fault.code, this.stateInChunk(batch.source), this.depth, {
        where: fault.where,
        detail: fault.detail,
      });
      return;
    }
    this.next = c * CHUNK + batch.next;
    this.generated += batch.count;
    if (batch.deadlock >= 0 && this.options.deadlock) {
      this.find("deadlock", "Deadlock", this.stateInChunk(batch.deadlock), this.depth);
    }
    this.checkSteps();
  }

  /** Adds the states of a batch that are new, and checks them. */
  addAll(batch: StepBatch): void {
    if (this.set.bytesWith(batch.count) > this.options.memoryLimit) {
      this.full = true;
      return;
    }
    this.set.addAll(batch, batch.count);
    this.checkStates();
  }

  private checkSteps(): void {
    const { batch, stepper } = this;
    const broken = this.stepCheck.findBroken(batch, this.chunk);
    if (broken < 0) return;
    const n = stepper.packing.words;
    const source = batch.sources[broken];
    const name = this.stepCheck.brokenBy(batch.steps[broken], this.chunk, source * n) ?? "";
    const after = batch.states.slice(broken * n, (broken + 1) * n);
    this.find("action-property", name, this.stateInChunk(source), this.depth, { after });
  }

  private checkStates(): void {
    const { set, stateCheck } = this;
    while (this.checked < set.size) {
      const c = this.checked >>> CHUNK_BITS;
      const end = Math.min(CHUNK, set.size - c * CHUNK);
      const broken = stateCheck.findBroken(set.chunks[c], this.checked - c * CHUNK, end);
      if (broken >= 0) {
        const state = set.get(c * CHUNK + broken);
        this.find("invariant", stateCheck.brokenIn(state) ?? "", state, this.depth + 1);
        return;
      }
      this.checked = c * CHUNK + end;
    }
  }

  private find(
    kind: Finding["kind"],
    name: string,
    state: Int32Array,
    level: number,
    more: Partial<Finding> = {},
  ): void {
    this.finding ??= { kind, name, state, level, ...more };
  }

  private stateInChunk(index: number): Int32Array {
    const n = this.set.words;
    return this.chunk.slice(index * n, (index + 1) * n);
  }

  /** A state of `level`, from 1, that has a step to `target`; undefined when there is none here. */
  predecessor(target: Int32Array, level: number): Int32Array | undefined {
    const first = this.levels[level - 1];
    // Only a state whose steps were taken is one; to take those of another could be a fault.
    const end = Math.min(this.next, this.levels[level] ?? this.next);
    const n = this.set.words;
    for (let index = first; index < end; index++) {
      const chunk = this.set.chunks[index >>> CHUNK_BITS];
      const base = (index & (CHUNK - 1)) * n;
      if (!this.isNear(chunk, base, target)) continue;
      let found = false;
      this.stepper.forEachStep(chunk, base, (_, __, words) => {
        found ||= target.every((word, w) => word === words[w]);
      });
      if (found) return chunk.slice(base, base + n);
    }
    return undefined;
  }

  /** One step moves one actor. */
  private isNear(chunk: Int32Array, base: number, target: Int32Array): boolean {
    let moved = 0;
    for (const field of this.stepper.packing.nodes) {
      if (readField(chunk, base, field) !== readField(target, 0, field)) moved++;
    }
    return moved <= 1;
  }
}
