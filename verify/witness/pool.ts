/** What a property is asked about: the states and steps of a behavior, and those near them. */
import { type State, type Theory, type TlaValue, Tuple, type Value } from "tla2tools-runner";
import { type Other, Others, valueIn } from "./others.js";
import type { SeenValues, StateValues } from "./seenValues.js";

/** A state, or a step, as a behavior has it or with one cell changed. */
export interface Sample {
  /** The position in the behavior of the state, or of the one that the step leads to; from 1. */
  readonly at: number;
  /** What is changed, as in `rxLock[1]`; `rxLock[1]'` behind a step. Empty for nothing. */
  readonly cell: string;
  /** The variable of the cell. */
  readonly variable: string;
  /** What the cell holds instead, as TLA+ writes it. */
  readonly value: string;
  readonly before: State;
  /** The same as `before` where no step is looked at. */
  readonly after: State;
}

export type Kind = "states" | "steps";

/** A part of a state that is changed: a variable as a whole, or one of its elements. */
export interface Part {
  readonly variable: string;
  /** From 1; 0 for a whole variable. */
  readonly index: number;
}

/** Which side of a step is changed. */
export const SIDES = ["before", "after", "both"] as const;
export type Side = (typeof SIDES)[number];

/** A change that is not made yet. */
export interface Change extends Part {
  readonly own: Sample;
  readonly side: Side;
  readonly other: Other;
}

/** Of more values than this, so many are tried in one state, and others in the next. */
const MANY = 40;

/** How many samples of a behavior a property is asked about, and at least of one variable. */
const ENOUGH = 4000;
const LEAST = 250;

/** Of the strings that a property does not name, one in so many is tried. */
const UNNAMED = 29;

export class Pool {
  private readonly others: Others;
  private readonly own: Readonly<Record<Kind, readonly Sample[]>>;
  /** Those whose neighbours are counted: where an actor is somewhere new, or an action is. */
  private readonly met: Readonly<Record<Kind, readonly Sample[]>>;
  /** Changes of variables that hold no strings, which are the same for each property. */
  private readonly known = new Map<string, readonly Change[]>();

  /** @param actions Those that lead from each state to the next. */
  constructor(
    private readonly theory: Theory,
    values: readonly StateValues[],
    actions: readonly string[],
    private readonly seen: SeenValues,
  ) {
    this.others = new Others(theory, seen);
    const all = values.map((state) =>
      theory.variables.map((name) => valueIn(theory, variableOf(state, name))),
    );
    const states = all.map((state, i) => ({ ...SAME, at: i + 1, before: state, after: state }));
    const steps = all.slice(1).map((after, i) => ({ ...SAME, at: i + 2, before: all[i], after }));
    this.own = { states, steps };
    this.met = {
      states: newIn(all.map((state) => placesIn(theory, state))).map((i) => states[i]),
      steps: newIn(actions.map((action) => [action])).map((i) => steps[i]),
    };
  }

  /** Each state, or step, of the behavior. */
  all(kind: Kind): readonly Sample[] {
    return this.own[kind];
  }

  /**
   * Some of the behavior and of those near it, evenly, for a property to be known by.
   *
   * @param variables Only these are changed.
   * @param named The strings of the property. Any other says no more to it than the next, so that
   *   only one that it does not name is tried for every few of those that it does.
   */
  *samples(
    kind: Kind,
    variables: readonly string[],
    named: ReadonlySet<string> = new Set(),
  ): Iterable<Sample> {
    yield* this.met[kind];
    const enough = Math.max(LEAST, Math.floor(ENOUGH / variables.length));
    for (const variable of variables) {
      const changes = this.changes(kind, variable, named);
      // An odd distance, so that it is in step with nothing.
      const distance = Math.ceil(changes.length / enough) | 1;
      for (let i = 0; i < changes.length; i += distance) yield this.changed(changes[i]);
    }
  }

  /** The parts of a variable that are changed one by one. */
  parts(variable: string): readonly Part[] {
    if (!this.seen.hasElements(variable)) return [{ variable, index: 0 }];
    const [first] = this.own.states;
    const whole = first.before[this.theory.indexOf(variable)];
    return elementsOf(whole).map((_, i) => ({ variable, index: i + 1 }));
  }

  /** Lets go of what only {@link samples} needs. */
  forget(): void {
    this.known.clear();
  }

  /** What a part may hold instead. */
  othersOf(own: Sample, side: Side, part: Part): readonly Other[] {
    return this.others.of(part.variable, this.holds(own, side, part));
  }

  private changes(kind: Kind, variable: string, named: ReadonlySet<string>): readonly Change[] {
    const key = `${kind} ${variable}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const made: Change[] = [];
    const parts = this.parts(variable);
    let hasStrings = false;
    let count = 0;
    for (const own of this.met[kind]) {
      for (const side of kind === "states" ? ONE_SIDE : SIDES) {
        for (const part of parts) {
          const now = this.holds(own, side, part);
          const others = this.others.of(variable, now);
          const distance = part.index === 0 || typeof now === "string" ? 1 : distanceOf(others);
          if (typeof now === "string") hasStrings = true;
          for (let k = distance - 1 - ((own.at - 1) % distance); k < others.length; k += distance) {
            const other = others[k];
            const isNamed = typeof other.value !== "string" || named.has(other.text);
            if (isNamed || count % UNNAMED === 0) made.push({ own, ...part, side, other });
            count++;
          }
        }
      }
    }
    if (!hasStrings) this.known.set(key, made);
    return made;
  }

  /** What a part holds before it is changed. */
  private holds({ before, after }: Sample, side: Side, { variable, index }: Part): Value {
    const whole = (side === "before" ? before : after)[this.theory.indexOf(variable)];
    return index === 0 ? whole : elementsOf(whole)[index - 1];
  }

  /** The state or step with the change made. */
  changed({ own, variable, index, side, other }: Change): Sample {
    const at = this.theory.indexOf(variable);
    const put = (state: State): State => {
      const whole =
        index === 0
          ? other.value
          : this.theory.table.tuple(elementsOf(state[at]).with(index - 1, other.value));
      return state.with(at, whole);
    };
    const name = index === 0 ? variable : `${variable}[${index}]`;
    const before = side === "after" ? own.before : put(own.before);
    return {
      at: own.at,
      variable,
      cell: cellOn(side, name),
      value: other.text,
      before,
      after: own.before === own.after ? before : side === "before" ? own.after : put(own.after),
    };
  }
}

export const ONE_SIDE: readonly Side[] = ["before"];

const distanceOf = (others: readonly Other[]): number => Math.ceil(others.length / MANY);

const elementsOf = (whole: Value): readonly Value[] =>
  whole instanceof Tuple ? whole.elements : [];

function cellOn(side: Side, cell: string): string {
  if (side === "both") return `${cell}, ${cell}'`;
  return side === "after" ? `${cell}'` : cell;
}

const SAME = { variable: "", cell: "", value: "" } as const;

/** For each actor its label, and the function of its call. */
function placesIn(theory: Theory, state: State): readonly string[] {
  const [labels, calls] = ["pc", "call"].map((name) => elementsOf(state[theory.indexOf(name)]));
  return labels.map((label, i) => {
    const [name] = i < calls.length ? elementsOf(calls[i]) : [];
    return `${String(label)} ${String(name)}`;
  });
}

/** The positions of those that have a name which none before them has. */
function newIn(names: readonly (readonly string[])[]): readonly number[] {
  const seen = new Set<string>();
  return names.flatMap((each, i) => {
    const isNew = each.some((name) => !seen.has(name));
    for (const name of each) seen.add(name);
    return isNew ? [i] : [];
  });
}

function variableOf(state: StateValues, variable: string): TlaValue {
  const value = state.get(variable);
  if (value === undefined) throw new Error(`the state has no ${variable}`);
  return value;
}
