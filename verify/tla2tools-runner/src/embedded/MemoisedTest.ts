import { type Condition, compileCondition, type State } from "../evaluate/evaluate.js";
import type { Theory } from "../evaluate/Theory.js";
import type { Expression } from "../module/Expression.js";
import type { StateStore } from "./StateStore.js";
import { variablesRead } from "./variablesRead.js";

/** A test that reads more variables than this is evaluated each time. */
const MOST_READ = 4;
/** After this many evaluations the memory of a test must have saved as many. */
const TRIAL = 2000;
/** The numbers of a variable's values, and of combinations of values, stay below this. */
const RADIX = 2 ** 26;

/**
 * A test that remembers its result for the values that it reads. Most states differ from others in
 * variables that a given test does not read.
 */
export class MemoisedTest {
  private readonly condition: Condition;
  /** Positions of the variables that are read, of the state and then of the next state. */
  private readonly current: readonly number[];
  private readonly primed: readonly number[];
  /** Numbers of combinations: that of all but the last value, and the last value. */
  private readonly combinations = new Map<number, number>();
  private readonly known = new Map<number, boolean>();
  private isUsed: boolean;
  private hits = 0;

  /** @param expression specialised */
  constructor(expression: Expression, theory: Theory) {
    this.condition = compileCondition(expression, theory);
    const reads = variablesRead(expression, theory);
    this.current = reads?.current ?? [];
    this.primed = reads?.primed ?? [];
    this.isUsed = reads !== undefined && this.current.length + this.primed.length <= MOST_READ;
  }

  /** @param from, to the numbers of the states in the store; -1 for one that is not there */
  holds(store: StateStore, state: State, from: number, next?: State, to = -1): boolean {
    if (!this.isUsed || from < 0 || (this.primed.length > 0 && to < 0)) {
      return this.condition(state, next);
    }
    let key = 0;
    for (const variable of this.current) key = this.combined(key, store.numberAt(from, variable));
    for (const variable of this.primed) key = this.combined(key, store.numberAt(to, variable));
    const known = this.known.get(key);
    if (known !== undefined) {
      this.hits += 1;
      return known;
    }
    const holds = this.condition(state, next);
    this.known.set(key, holds);
    if (this.known.size === TRIAL && this.hits < TRIAL) this.forget();
    return holds;
  }

  private combined(before: number, value: number): number {
    const pair = before * RADIX + value;
    const known = this.combinations.get(pair);
    if (known !== undefined) return known;
    const number = this.combinations.size + 1;
    this.combinations.set(pair, number);
    return number;
  }

  private forget(): void {
    this.isUsed = false;
    this.known.clear();
    this.combinations.clear();
  }
}
