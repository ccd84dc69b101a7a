/**
 * Where two predicates part. What they have in common, conjunct by conjunct, cannot tell them
 * apart, and of the rest only what it reads can: so every value of that can be tried.
 */
import {
  childrenOf,
  compileExpression,
  conjunctsOf,
  type Expression,
  FiniteSet,
  formatExpression,
  specialise,
  type Theory,
  Tuple,
  type Value,
} from "tla2tools-runner";
import { type Cell, type CellExpression, cellName, overCells } from "../spec/cells.js";
import { smallConjunctsOf } from "../spec/smallConjuncts.js";
import { isTold, type Predicate, verdictOf } from "./judge.js";

/** Conjuncts of the one that stand where others of the other do. */
export interface Difference {
  readonly cells: readonly Cell[];
  /** Those that the two name. */
  readonly strings: ReadonlySet<string>;
  /** The names of cells that are compared with cells, not only with what the two name. */
  readonly compared: ReadonlySet<string>;
  /**
   * Whether the two say different things, by what the cells hold. What they have in common may say
   * no to both all the same.
   */
  readonly parts: (values: readonly Value[]) => boolean;
}

/** A conjunct, and what it is known by. */
interface Conjunct {
  readonly text: string;
  readonly expression: Expression;
}

export class Differences {
  private readonly texts = new Map<Expression, readonly Conjunct[]>();
  private readonly small = new Map<string, readonly Conjunct[]>();
  private readonly cells = new Map<string, CellExpression>();

  constructor(private readonly theory: Theory) {}

  /**
   * Empty when the two are one: with the constants of a model they may be. Each sample of which
   * they say different things is one on which some of these part.
   */
  between(one: Predicate, other: Predicate): readonly Difference[] {
    const [own, changed] = apart(this.conjuncts(one), this.conjuncts(other));
    const [left, right] = apart(this.specialised(own), this.specialised(changed));
    const pairs: readonly (readonly [readonly Conjunct[], readonly Conjunct[]])[] =
      left.length === right.length
        ? left.map((conjunct, i) => [[conjunct], [right[i]]])
        : [[left, right]];
    return pairs.map(([from, to]) => this.difference(from, to));
  }

  private difference(from: readonly Conjunct[], to: readonly Conjunct[]): Difference {
    const [left, right] = [from, to].map((all) => all.map((each) => this.over(each)));
    const all = new Map(
      [...left, ...right].flatMap(({ cells }) => cells.map((cell) => [cellName(cell), cell])),
    );
    const names = [...all.keys()];
    const [one, other] = [left, right].map((each) =>
      each.map(({ expression }) => this.test(expression, names)),
    );
    return {
      cells: [...all.values()],
      compared: new Set([...left, ...right].flatMap(({ expression }) => comparedIn(expression))),
      strings: stringsIn([...from, ...to].map(({ expression }) => expression)),
      parts: (values) => isTold(conjunction(one, values), conjunction(other, values)),
    };
  }

  private test(expression: Expression, names: readonly string[]): Test {
    const compiled = compileExpression(expression, this.theory, names);
    return (values) => verdictOf(() => compiled(values) === true);
  }

  private conjuncts({ expression }: Predicate): readonly Conjunct[] {
    const known = this.texts.get(expression);
    if (known !== undefined) return known;
    const made = conjunctsOf(expression).map(conjunctOf);
    this.texts.set(expression, made);
    return made;
  }

  private specialised(conjuncts: readonly Conjunct[]): readonly Conjunct[] {
    return conjuncts.flatMap(({ text, expression }) => {
      const known = this.small.get(text);
      if (known !== undefined) return known;
      const made = smallConjunctsOf(specialise(expression, { theory: this.theory })).map(
        conjunctOf,
      );
      this.small.set(text, made);
      return made;
    });
  }

  private over({ text, expression }: Conjunct): CellExpression {
    const known = this.cells.get(text);
    if (known !== undefined) return known;
    const made = overCells(expression, this.theory);
    this.cells.set(text, made);
    return made;
  }
}

type Test = (values: readonly Value[]) => boolean | undefined;

/** What the first says that does not say yes. */
function conjunction(tests: readonly Test[], values: readonly Value[]): boolean | undefined {
  for (const test of tests) {
    const verdict = test(values);
    if (verdict !== true) return verdict;
  }
  return true;
}

const conjunctOf = (expression: Expression): Conjunct => ({
  text: formatExpression(expression),
  expression,
});

/** What each has that the other has not. */
function apart(
  one: readonly Conjunct[],
  other: readonly Conjunct[],
): readonly [readonly Conjunct[], readonly Conjunct[]] {
  const without = (from: readonly Conjunct[], what: readonly Conjunct[]) => {
    const texts = new Set(what.map(({ text }) => text));
    return from.filter(({ text }) => !texts.has(text));
  };
  return [without(one, other), without(other, one)];
}

/** Those of the text, and those of the sets and tuples that constants have been made. */
function stringsIn(expressions: readonly Expression[]): ReadonlySet<string> {
  const found = new Set<string>();
  const visitValue = (value: Value): void => {
    if (typeof value === "string") found.add(value);
    if (value instanceof FiniteSet || value instanceof Tuple) value.parts.forEach(visitValue);
  };
  const visit = (at: Expression): void => {
    if (at.kind === "string") found.add(at.value);
    if (at.kind === "value") visitValue(at.value);
    childrenOf(at).forEach(visit);
  };
  expressions.forEach(visit);
  return found;
}

const COMPARISONS: ReadonlySet<string> = new Set(["=", "#", "\\in", "\\notin"]);

/** The cells that are compared with cells: some stand on each side. */
function comparedIn(expression: Expression): readonly string[] {
  const children = childrenOf(expression);
  const sides = children.map(parametersIn);
  const isCompared =
    expression.kind === "builtin" &&
    COMPARISONS.has(expression.operator) &&
    sides.every((side) => side.length > 0);
  return isCompared ? sides.flat() : children.flatMap(comparedIn);
}

/** Those whose value may be that of the expression, or a part of it; a condition only chooses. */
function parametersIn(expression: Expression): readonly string[] {
  if (expression.kind === "parameter") return [expression.name];
  const isChoice = expression.kind === "builtin" && expression.operator === "if";
  const children = childrenOf(expression);
  return (isChoice ? children.slice(1) : children).flatMap(parametersIn);
}
