/** A sample that tells two predicates apart, wherever there is one a cell away from a behavior. */
import { FiniteSet, type Theory, Tuple, type Value } from "tla2tools-runner";
import type { Cell } from "../spec/cells.js";
import type { Difference } from "./differences.js";
import { exactly, Likeness } from "./likeness.js";
import {
  type Kind,
  ONE_SIDE,
  type Part,
  type Pool,
  type Sample,
  SIDES,
  type Side,
} from "./pool.js";

/** Whether the two part on a sample. */
export const partsIn = ({ cells, parts }: Difference, sample: Sample, theory: Theory): boolean =>
  parts(cells.map((cell) => held(sample, cell, theory)));

/**
 * The first that tells; those of the behavior itself come before those near it.
 *
 * @param tells Whether a sample does, beside what the two have in common as well.
 * @param patience How many changes are made before it is given up, for each difference.
 */
export function findTelling(
  pool: Pool,
  kind: Kind,
  differences: readonly Difference[],
  tells: (sample: Sample) => boolean,
  theory: Theory,
  patience = Number.POSITIVE_INFINITY,
): Sample | undefined {
  const looks = differences.map((each) => new Look(pool, kind, each, tells, theory, patience));
  return firstOf(looks, (look) => look.own()) ?? firstOf(looks, (look) => look.near());
}

/** A change of a part, and which of the cells that are read it touches. */
interface Target extends Part {
  readonly side: Side;
  readonly touched: readonly number[];
  /** Whether each of these is the part itself, so that nothing else of the variable is read. */
  readonly isAlone: boolean;
}

interface Place {
  readonly place: Sample;
  /** What the cells hold. */
  readonly values: readonly Value[];
}

class Look {
  private readonly targets: readonly Target[];
  private readonly likeness: Likeness;
  /** Whether the two have parted since the last place was met. */
  private hasParted = false;

  constructor(
    private readonly pool: Pool,
    private readonly kind: Kind,
    private readonly difference: Difference,
    private readonly tells: (sample: Sample) => boolean,
    private readonly theory: Theory,
    private patience: number,
  ) {
    this.likeness = new Likeness(difference);
    this.targets = targetsOf(pool, kind, difference.cells);
  }

  own(): Sample | undefined {
    return firstOf(this.places(), ({ place, values }) => {
      this.hasParted = this.difference.parts(values);
      return this.hasParted && this.tells(place) ? place : undefined;
    });
  }

  near(): Sample | undefined {
    const tried = new Map<string, Set<string>>();
    return firstOf(this.places(), ({ place, values }) =>
      firstOf(this.targets, (target) => {
        // What is beside the change is the same elsewhere: no value is tried twice with it.
        const beside = this.besideOf(target, place, values);
        const before = tried.get(beside) ?? new Set();
        tried.set(beside, before);
        return this.changedTo(target, place, values, before);
      }),
    );
  }

  private changedTo(
    target: Target,
    place: Sample,
    values: readonly Value[],
    tried: Set<string>,
  ): Sample | undefined {
    const { cells, parts } = this.difference;
    const { side, touched, isAlone } = target;
    return firstOf(this.pool.othersOf(place, side, target), (other) => {
      const like = this.likeness.of(other.value, cells[touched[0]]);
      if (this.patience <= 0 || tried.has(like)) return undefined;
      this.patience--;
      tried.add(like);
      const change = { ...target, own: place, other };
      const made = isAlone ? undefined : this.pool.changed(change);
      const changed = values.slice();
      for (const i of touched) {
        changed[i] = made === undefined ? other.value : held(made, cells[i], this.theory);
      }
      if (!parts(changed)) return undefined;
      this.hasParted = true;
      const sample = made ?? this.pool.changed(change);
      if (this.tells(sample)) return sample;
      // Elsewhere what the two have in common may say yes.
      tried.delete(like);
      return undefined;
    });
  }

  private besideOf(
    { variable, index, side, touched, isAlone }: Target,
    place: Sample,
    values: readonly Value[],
  ): string {
    const rest = values.map((value, i) =>
      isAlone && touched.includes(i) ? "" : this.likeness.of(value, this.difference.cells[i]),
    );
    const whole = isAlone
      ? ""
      : [place.before, place.after].map((state) => exactly(state[this.theory.indexOf(variable)]));
    return [variable, index, side, whole, ...rest].join(" ");
  }

  /** Places, but of those that are alike only the first, as long as nothing has parted there. */
  private *places(): Iterable<Place> {
    const seen = new Set<string>();
    const { cells } = this.difference;
    for (const place of this.pool.all(this.kind)) {
      const values = cells.map((cell) => held(place, cell, this.theory));
      const key = values.map((value, i) => this.likeness.of(value, cells[i])).join(" ");
      if (seen.has(key)) continue;
      if (this.patience <= 0) return;
      this.hasParted = false;
      yield { place, values };
      if (!this.hasParted) seen.add(key);
    }
  }
}

function targetsOf(pool: Pool, kind: Kind, cells: readonly Cell[]): readonly Target[] {
  const found = new Map<string, Target>();
  for (const { variable, part, index } of cells) {
    const parts = pool.parts(variable).filter((each) => part !== "element" || each.index === index);
    for (const each of parts) {
      for (const side of kind === "states" ? ONE_SIDE : SIDES) {
        const touched = [...cells.keys()].filter((i) => isTouched(cells[i], each, side));
        const isAlone = touched.every(
          (i) => cells[i].part === "element" || (cells[i].part === "whole" && each.index === 0),
        );
        if (touched.length > 0)
          found.set(`${variable} ${each.index} ${side}`, { ...each, side, touched, isAlone });
      }
    }
  }
  return [...found.values()];
}

const isTouched = (cell: Cell, { variable, index }: Part, side: Side): boolean =>
  cell.variable === variable &&
  (cell.part !== "element" || cell.index === index) &&
  (side === "both" || cell.isNext === (side === "after"));

/**
 * What a cell holds. Where there is none, as the call of an actor that makes no calls, a condition
 * before it keeps it from being read; it is a value of no type then.
 */
function held({ before, after }: Sample, cell: Cell, theory: Theory): Value {
  const whole = (cell.isNext ? after : before)[theory.indexOf(cell.variable)];
  if (cell.part === "whole") return whole;
  if (cell.part === "member" && whole instanceof FiniteSet) return whole.indexOf(cell.index) >= 0;
  const element = whole instanceof Tuple ? whole.elements[cell.index - 1] : undefined;
  return element ?? theory.table.model("nothing");
}

function firstOf<T, R>(all: Iterable<T>, find: (one: T) => R | undefined): R | undefined {
  for (const one of all) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}
