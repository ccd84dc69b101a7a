import type { State } from "../evaluate/evaluate.js";
import type { ModelAction, OpenModel } from "../evaluate/openModel.js";
import type { Check, Checks } from "./prepareChecks.js";
import { StateStore } from "./StateStore.js";
import { StateText } from "./StateText.js";
import type { GraphVisitor } from "./types.js";

/** What a search comes upon that ends it. */
export type Finding =
  | { readonly kind: "invariant" | "initial" | "step"; readonly name: string }
  | { readonly kind: "deadlock" | "no-initial-state" };

/** How often an action was taken, and how many states it found. */
export interface Taken {
  generated: number;
  distinct: number;
}

/** A state of a trace; an initial one has no action. */
export interface TraceState {
  readonly state: State;
  readonly action: ModelAction | undefined;
}

export interface SearchOptions {
  readonly checkDeadlock: boolean;
  readonly graph: GraphVisitor | undefined;
}

/**
 * A breadth-first search of a model's states, which does everything in TLC's order: so of several
 * faults it finds the same, and its counts are TLC's.
 */
export class Search {
  generated = 0;
  initialStates = 0;
  /** The number of states on the longest of the shortest behaviors found so far. */
  depth = 0;
  /** States whose steps were taken. */
  expanded = 0;
  readonly store: StateStore;
  readonly taken: readonly Taken[];
  /** The state that is looked at, or whose step is; -1 before there is one. */
  private current = -1;
  /** The state that is looked at, if it is not the current one but the end of a step. */
  private reached: State | undefined;
  /** The action of that step; undefined for an initial state. */
  private reachedBy: ModelAction | undefined;
  /** The depth of the current state, and the first state beyond it. */
  private level = 0;
  private levelEnd = 0;
  private readonly text: StateText;

  constructor(
    private readonly model: OpenModel,
    private readonly checks: Checks,
    private readonly options: SearchOptions,
  ) {
    this.store = new StateStore(model.variables.length);
    this.taken = model.actions.map(() => ({ generated: 0, distinct: 0 }));
    this.text = new StateText(model.variables);
  }

  get isDone(): boolean {
    return this.expanded === this.store.size;
  }

  /** Takes up the initial states. */
  start(): Finding | undefined {
    for (const state of this.model.initialStates()) {
      this.generated += 1;
      this.initialStates += 1;
      this.reached = state;
      const isFollowed = this.fault(this.checks.constraints, state, -1) === undefined;
      const id = isFollowed ? this.keepInitial(state) : -1;
      const isNew = !isFollowed || this.store.added;
      const fault = isNew ? this.fault(this.checks.invariants, state, id) : undefined;
      if (fault !== undefined) return { kind: "invariant", name: fault };
      const wrong = this.fault(this.checks.initial, state, id);
      if (wrong !== undefined) return { kind: "initial", name: wrong };
    }
    this.reached = undefined;
    return this.initialStates === 0 ? { kind: "no-initial-state" } : undefined;
  }

  /** Takes all steps of the next state. */
  expand(): Finding | undefined {
    const id = this.expanded;
    if (id === this.levelEnd) {
      this.level += 1;
      this.levelEnd = this.store.size;
    }
    this.expanded += 1;
    this.current = id;
    const state = this.store.stateOf(id);
    const before = this.generated;
    for (const action of this.model.actions) {
      const found = this.take(action, id, state);
      if (found !== undefined) return found;
    }
    const isStuck = this.generated === before && this.options.checkDeadlock;
    return isStuck ? { kind: "deadlock" } : undefined;
  }

  /** The states on the way to what ended the search, each with the action that led to it. */
  trace(): readonly TraceState[] {
    const { actions } = this.model;
    const states: TraceState[] = [];
    for (let id = this.current; id >= 0; id = this.store.parentOf(id)) {
      states.unshift({ state: this.store.stateOf(id), action: actions[this.store.actionInto(id)] });
    }
    const { reached, reachedBy } = this;
    return reached === undefined ? states : [...states, { state: reached, action: reachedBy }];
  }

  private keepInitial(state: State): number {
    const id = this.store.add(state, -1, -1);
    if (this.store.added) this.options.graph?.state(id, this.text.of(state), true);
    this.depth = 1;
    return id;
  }

  private take(action: ModelAction, from: number, state: State): Finding | undefined {
    let found: Finding | undefined;
    this.reachedBy = action;
    this.model.forEachStep(state, action, (next) => {
      this.reached = next;
      found = this.reach(action, from, state, next);
      // The array is used again for the next step.
      this.reached = found && [...next];
      return found !== undefined;
    });
    return found;
  }

  private reach(action: ModelAction, from: number, state: State, next: State): Finding | undefined {
    const { constraints, actionConstraints, invariants, steps } = this.checks;
    const taken = this.taken[action.index];
    this.generated += 1;
    taken.generated += 1;
    let isNew = true;
    let to = -1;
    const isFollowed =
      this.fault(constraints, next, -1) === undefined &&
      this.fault(actionConstraints, state, from, next) === undefined;
    if (isFollowed) {
      to = this.store.add(next, from, action.index);
      isNew = this.store.added;
      this.options.graph?.edge(from, to, action.name);
      if (isNew) {
        taken.distinct += 1;
        this.depth = this.level + 1;
        this.options.graph?.state(to, this.text.of(next), false);
      }
    }
    // TLC checks also the states that it does not follow.
    const fault = isNew ? this.fault(invariants, next, to) : undefined;
    if (fault !== undefined) return { kind: "invariant", name: fault };
    const wrong = this.fault(steps, state, from, next, to);
    return wrong === undefined ? undefined : { kind: "step", name: wrong };
  }

  /** The name of the first of the checks that does not hold. */
  private fault(
    checks: readonly Check[],
    state: State,
    from: number,
    next?: State,
    to?: number,
  ): string | undefined {
    for (const check of checks) {
      if (!check.holds(this.store, state, from, next, to)) return check.name;
    }
    return undefined;
  }
}
