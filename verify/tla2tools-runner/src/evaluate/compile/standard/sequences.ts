import type { Computed } from "../../values/Computed.js";
import { SequencesOf } from "../../values/plainSets.js";
import { describeKind, toSet, toValue } from "../../values/sets.js";
import { Tuple } from "../../values/Value.js";
import { integer } from "./arithmetic.js";
import type {
  Applied,
  HigherOperator,
  StandardContext,
  StandardOperator,
} from "./StandardOperator.js";

/** The module Sequences. */
export const sequences: ReadonlyMap<string, StandardOperator | HigherOperator> = new Map<
  string,
  StandardOperator | HigherOperator
>([
  ["Seq", ({ fail }, of) => new SequencesOf(toSet(of, "the operand of Seq", fail))],
  [
    "Len",
    (context, of) => (typeof of === "string" ? of.length : sequence(context, of).elements.length),
  ],
  ["Append", append],
  ["Head", head],
  ["Tail", tail],
  ["\\o", concatenate],
  ["SubSeq", subsequence],
  ["SelectSeq", { operator: 1, compute: select }],
  ["SortSeq", { operator: 1, compute: sort }],
]);

function sequence({ theory, fail }: StandardContext, value: Computed): Tuple {
  const whole = toValue(value, theory.table, fail);
  return whole instanceof Tuple ? whole : fail(`${describeKind(value)} is used as a sequence`);
}

function append(context: StandardContext, to: Computed, element: Computed): Computed {
  const { table } = context.theory;
  const { elements } = sequence(context, to);
  return table.tuple([...elements, toValue(element, table, context.fail)]);
}

function head(context: StandardContext, of: Computed): Computed {
  const [first] = sequence(context, of).elements;
  return first === undefined ? context.fail("Head is applied to the empty sequence") : first;
}

function tail(context: StandardContext, of: Computed): Computed {
  const { elements } = sequence(context, of);
  if (elements.length === 0) return context.fail("Tail is applied to the empty sequence");
  return context.theory.table.tuple(elements.slice(1));
}

function concatenate(context: StandardContext, left: Computed, right: Computed): Computed {
  if (typeof left === "string" && typeof right === "string") return left + right;
  const [a, b] = [sequence(context, left), sequence(context, right)];
  return context.theory.table.tuple([...a.elements, ...b.elements]);
}

function subsequence(
  context: StandardContext,
  of: Computed,
  from: Computed,
  to: Computed,
): Computed {
  const [first, last] = [integer(context, from), integer(context, to)];
  const { table } = context.theory;
  if (first > last) return table.emptyTuple;
  const { elements } = sequence(context, of);
  if (first < 1 || last > elements.length) {
    return context.fail(`${first}..${last} is outside of a sequence of ${elements.length}`);
  }
  return table.tuple(elements.slice(first - 1, last));
}

function select(context: StandardContext, of: Computed, test: Applied): Computed {
  const { elements } = sequence(context, of);
  return context.theory.table.tuple(
    elements.filter((element) => truth(context, "SelectSeq", test(element))),
  );
}

function sort(context: StandardContext, of: Computed, before: Applied): Computed {
  const sorted = sequence(context, of).elements.slice();
  // TLC sorts by insertion, and keeps the order of elements that the operator does not tell apart.
  for (let i = 1; i < sorted.length; i += 1) {
    for (let j = i; j > 0; j -= 1) {
      const [left, right] = [sorted[j - 1], sorted[j]];
      if (!truth(context, "SortSeq", before(right, left))) break;
      [sorted[j - 1], sorted[j]] = [right, left];
    }
  }
  return context.theory.table.tuple(sorted);
}

function truth({ fail }: StandardContext, of: string, value: Computed): boolean {
  return typeof value === "boolean"
    ? value
    : fail(`the operator of ${of} gives ${describeKind(value)}`);
}
