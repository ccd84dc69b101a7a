/** What a property is asked about: the states and steps of a behavior, and those near them. */
import {
  canonicalValue,
  formatValue,
  fromTlaValue,
  type State,
  type Theory,
  type TlaValue,
  type Value,
} from "tla2tools-runner";
import { neighbours } from "./neighbours.js";
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

/** A cell with another value, and what its variable is then. */
interface Other {
  readonly cell: string;
  readonly value: string;
  readonly whole: Value;
}

/** Which side of a step is changed. */
const SIDES = ["before", "after", "both"] as const;

/** Of more values than this, so many are tried in one state, and others in the next. */
const MANY = 40;

/** How many samples of a behavior a property is asked about, and at least of one variable. */
const ENOUGH = 8000;
const LEAST = 250;

/** Of the strings that a property does not name, one in so many is tried. */
const UNNAMED = 29;

export class Pool {
  private readonly states: readonly State[];
  /** Positions of the states, and of the steps by where they lead to, that are looked at. */
  private readonly positions: readonly number[];
  private readonly steps: readonly number[];
  private readonly made = new Map<string, Value>();
  /** By kind and variable: made once for all the properties that ask. */
  private readonly known = new Map<string, readonly Sample[]>();

  /** @param actions Those that lead from each state to the next. */
  constructor(
    private readonly theory: Theory,
    private readonly values: readonly StateValues[],
    actions: readonly string[],
    private readonly seen: SeenValues,
  ) {
    this.states = values.map((state) =>
      theory.variables.map((name) => this.valueOf(valueIn(state, name))),
    );
    this.positions = newIn(values.map(placesIn));
    this.steps = newIn(actions.map((action) => [action])).map((i) => i + 1);
  }

  /**
   * Those of the behavior itself come first, all of them; of the others some, evenly.
   *
   * @param variables Only these are changed.
   * @param named The strings of the property. Any other says no more to it than the next, so that
   *   only one that it does not name is tried for every few of those that it does.
   */
  samples(
    kind: "states" | "steps",
    variables: readonly string[],
    named: ReadonlySet<string> = new Set(),
  ): readonly Sample[] {
    const enough = Math.max(LEAST, Math.floor(ENOUGH / variables.length));
    const changed = variables.flatMap((variable) => {
      const telling = this.all(kind, variable).filter(
        ({ value }, i) => !value.startsWith('"') || named.has(value) || i % UNNAMED === 0,
      );
      return thinned(telling, enough);
    });
    return [...this.all(kind, ""), ...changed];
  }

  private all(kind: "states" | "steps", variable: string): readonly Sample[] {
    const key = `${kind} ${variable}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const made =
      kind === "states"
        ? this.positions.flatMap((i) => this.statesNear(i, variable))
        : this.steps.flatMap((i) => this.stepsNear(i, variable));
    this.known.set(key, made);
    return made;
  }

  private statesNear(i: number, variable: string): readonly Sample[] {
    const [at, state] = [i + 1, this.states[i]];
    if (variable === "") return [{ ...UNCHANGED, at, before: state, after: state }];
    return this.others(i, variable).map(({ cell, value, whole }) => {
      const changed = state.with(this.theory.indexOf(variable), whole);
      return { at, variable, cell, value, before: changed, after: changed };
    });
  }

  /** The same for the step that leads to a state. */
  private stepsNear(i: number, variable: string): readonly Sample[] {
    const [at, before, after] = [i + 1, this.states[i - 1], this.states[i]];
    if (variable === "") return [{ ...UNCHANGED, at, before, after }];
    const index = this.theory.indexOf(variable);
    return SIDES.flatMap((side) =>
      this.others(side === "before" ? i - 1 : i, variable).map(({ cell, value, whole }) => ({
        at,
        variable,
        cell: cellOn(side, cell),
        value,
        before: side === "after" ? before : before.with(index, whole),
        after: side === "before" ? after : after.with(index, whole),
      })),
    );
  }

  private others(state: number, variable: string): readonly Other[] {
    const now = valueIn(this.values[state], variable);
    const elements = this.seen.elementsOf(variable, now);
    if (elements === undefined) {
      return this.otherValues(variable, now).map(([value, whole]) => {
        return { cell: variable, value, whole: this.valueOf(whole) };
      });
    }
    return elements.flatMap((element, i) =>
      this.otherValues(variable, element)
        .filter((_, k, all) => {
          const isString = element.type === "string";
          return isString || (k + state) % Math.ceil(all.length / MANY) === 0;
        })
        .map(([value, other]) => {
          const whole: TlaValue = { type: "tuple", elements: elements.with(i, other) };
          return { cell: `${variable}[${i + 1}]`, value, whole: this.valueOf(whole) };
        }),
    );
  }

  private otherValues(variable: string, now: TlaValue): readonly (readonly [string, TlaValue])[] {
    const near = neighbours(now).map((other) => {
      const value = canonicalValue(other);
      return [formatValue(value), value] as const;
    });
    const all = new Map([...this.seen.of(variable), ...near]);
    all.delete(formatValue(now));
    return [...all];
  }

  private valueOf(value: TlaValue): Value {
    const text = formatValue(value);
    const known = this.made.get(text);
    if (known !== undefined) return known;
    const made = fromTlaValue(value, this.theory.table, (what) => {
      throw new Error(`${text} is no value of the spec: ${what}`);
    });
    this.made.set(text, made);
    return made;
  }
}

function cellOn(side: (typeof SIDES)[number], cell: string): string {
  if (side === "both") return `${cell}, ${cell}'`;
  return side === "after" ? `${cell}'` : cell;
}

/** Every so many of them; an odd distance, so that it is in step with nothing. */
function thinned(samples: readonly Sample[], enough: number): readonly Sample[] {
  const distance = Math.ceil(samples.length / enough) | 1;
  return samples.filter((_, i) => i % distance === 0);
}

const UNCHANGED = { variable: "", cell: "", value: "" } as const;

/** For each actor its label, and the function of its call. */
function placesIn(state: StateValues): readonly string[] {
  const calls = partsOf(valueIn(state, "call"));
  return partsOf(valueIn(state, "pc")).map((label, i) => {
    const [name] = i < calls.length ? partsOf(calls[i]) : [];
    return [label, name].map((part) => part && formatValue(part)).join(" ");
  });
}

const partsOf = (value: TlaValue): readonly TlaValue[] =>
  value.type === "tuple" ? value.elements : [];

/** The positions of those that have a name which none before them has. */
function newIn(names: readonly (readonly string[])[]): readonly number[] {
  const seen = new Set<string>();
  return names.flatMap((each, i) => {
    const isNew = each.some((name) => !seen.has(name));
    for (const name of each) seen.add(name);
    return isNew ? [i] : [];
  });
}

function valueIn(state: StateValues, variable: string): TlaValue {
  const value = state.get(variable);
  if (value === undefined) throw new Error(`the state has no ${variable}`);
  return value;
}
