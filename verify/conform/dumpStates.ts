/** What is kept of the states of TLC's graph. */
import { StateTable } from "../engine/stateTable.js";

/** What is kept of each state: memory grows with the states, not with the file. */
export class DumpStates {
  private readonly table: StateTable;
  /** The state it was found from, or -1. */
  parents = new Int32Array(1024);
  /** How many states the behavior has that found it. */
  depths = new Uint16Array(1024);
  /** Which of the implementation's steps the graph has shown so far, as bits. */
  private matched = new Int32Array(1024 * MATCH_WORDS);
  /** 1 where all steps have been shown. */
  closed = new Uint8Array(1024);

  constructor(readonly words: number) {
    this.table = new StateTable(words);
  }

  get size(): number {
    return this.table.size;
  }

  /** The packed states of the implementation, `words` words each. */
  get arena(): Int32Array {
    return this.table.arena;
  }

  /** Adds a state with the one it was found from, or -1. @returns whether it is new. */
  add(state: Int32Array, parent: number): boolean {
    const index = this.table.add(state);
    if (!this.table.added) return false;
    if (index === this.parents.length) this.grow();
    this.parents[index] = parent;
    this.depths[index] = parent < 0 ? 1 : this.depths[parent] + 1;
    return true;
  }

  isMatched(index: number, step: number): boolean {
    return (this.matched[index * MATCH_WORDS + (step >> 5)] & (1 << (step & 31))) !== 0;
  }

  match(index: number, step: number): void {
    this.matched[index * MATCH_WORDS + (step >> 5)] |= 1 << (step & 31);
  }

  private grow(): void {
    const capacity = this.parents.length * 2;
    this.parents = enlarged(this.parents, new Int32Array(capacity));
    this.depths = enlarged(this.depths, new Uint16Array(capacity));
    this.closed = enlarged(this.closed, new Uint8Array(capacity));
    this.matched = enlarged(this.matched, new Int32Array(capacity * MATCH_WORDS));
  }
}

/** 32 steps a word. */
const MATCH_WORDS = 4;

/** How many steps a state can offer, at the most. */
export const MOST_STEPS = MATCH_WORDS * 32;

function enlarged<T extends Int32Array | Uint16Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
