import type { State } from "../evaluate/evaluate.js";
import type { Value } from "../evaluate/values/Value.js";

const FIRST_CAPACITY = 1 << 12;

/** The distinct states of a search, each with the step that first led to it, in a few words. */
export class StateStore {
  size = 0;
  /** Whether the last `add` found the state to be new. */
  added = false;
  /** Numbers of each variable's values. */
  private readonly numbers: readonly Map<Value, number>[];
  private readonly values: readonly Value[][];
  /** A number for each variable of each state. */
  private words: Int32Array;
  private parents = new Int32Array(FIRST_CAPACITY);
  private actions = new Int32Array(FIRST_CAPACITY);
  /** Open addressing: one more than a state's number, or 0. */
  private slots = new Int32Array(2 * FIRST_CAPACITY);
  private readonly probe: Int32Array;

  constructor(private readonly width: number) {
    this.numbers = Array.from({ length: width }, () => new Map());
    this.values = Array.from({ length: width }, () => []);
    this.words = new Int32Array(FIRST_CAPACITY * width);
    this.probe = new Int32Array(width);
  }

  /** The number of a state, which is kept if it is new. `parent` is -1 for an initial one. */
  add(state: State, parent: number, action: number): number {
    for (let i = 0; i < this.width; i += 1) this.probe[i] = this.numberOf(i, state[i]);
    let slot = this.slotOfProbe();
    this.added = this.slots[slot] === 0;
    if (!this.added) return this.slots[slot] - 1;
    const id = this.size;
    if (id === this.parents.length) {
      this.grow();
      slot = this.slotOfProbe();
    }
    this.words.set(this.probe, id * this.width);
    this.parents[id] = parent;
    this.actions[id] = action;
    this.slots[slot] = id + 1;
    this.size += 1;
    return id;
  }

  stateOf(id: number): State {
    const state: Value[] = new Array(this.width);
    for (let i = 0; i < this.width; i += 1) {
      state[i] = this.values[i][this.words[id * this.width + i]];
    }
    return state;
  }

  /** The number of one variable's value in a state; equal numbers are equal values. */
  numberAt(id: number, variable: number): number {
    return this.words[id * this.width + variable];
  }

  parentOf(id: number): number {
    return this.parents[id];
  }

  /** The index of the action that first led to a state; -1 for an initial one. */
  actionInto(id: number): number {
    return this.actions[id];
  }

  private numberOf(variable: number, value: Value): number {
    const known = this.numbers[variable].get(value);
    if (known !== undefined) return known;
    const number = this.values[variable].push(value) - 1;
    this.numbers[variable].set(value, number);
    return number;
  }

  /** Where the probe is, or has to go. */
  private slotOfProbe(): number {
    const mask = this.slots.length - 1;
    let slot = this.hashOf(this.probe, 0) & mask;
    while (this.slots[slot] !== 0 && !this.isProbe(this.slots[slot] - 1)) slot = (slot + 1) & mask;
    return slot;
  }

  private isProbe(id: number): boolean {
    const from = id * this.width;
    for (let i = 0; i < this.width; i += 1) {
      if (this.words[from + i] !== this.probe[i]) return false;
    }
    return true;
  }

  private hashOf(words: Int32Array, from: number): number {
    let hash = 0;
    for (let i = 0; i < this.width; i += 1) {
      hash = Math.imul(hash ^ words[from + i], 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    return hash;
  }

  private grow(): void {
    const capacity = this.parents.length * 2;
    this.words = enlarged(this.words, capacity * this.width);
    this.parents = enlarged(this.parents, capacity);
    this.actions = enlarged(this.actions, capacity);
    this.slots = new Int32Array(2 * capacity);
    const mask = this.slots.length - 1;
    for (let id = 0; id < this.size; id += 1) {
      let slot = this.hashOf(this.words, id * this.width) & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = id + 1;
    }
  }
}

function enlarged(from: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(length);
  to.set(from);
  return to;
}
