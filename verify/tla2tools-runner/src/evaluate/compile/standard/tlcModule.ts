import { formatValue } from "../../../value/formatValue.js";
import { type Computed, LazySet } from "../../values/Computed.js";
import { domainOf, isFunction, valuesOf } from "../../values/compareValues.js";
import { describeKind, sizeOf, toFinite, toSet, toValue, unlike } from "../../values/sets.js";
import { toTlaValue } from "../../values/tlaValues.js";
import type { Mapping, Tuple, Value } from "../../values/Value.js";
import type { StandardContext, StandardOperator } from "./StandardOperator.js";

/** The module FiniteSets. */
export const finiteSets: ReadonlyMap<string, StandardOperator> = new Map<string, StandardOperator>([
  [
    "Cardinality",
    ({ theory, fail }, of) =>
      sizeOf(toSet(of, "the operand of Cardinality", fail), theory.table, fail),
  ],
  [
    "IsFiniteSet",
    ({ fail }, of) => {
      const set = toSet(of, "the operand of IsFiniteSet", fail);
      return !(set instanceof LazySet) || set.size() < Number.POSITIVE_INFINITY;
    },
  ],
]);

/** The module TLC, without what depends on more than the state. */
export const tlcModule: ReadonlyMap<string, StandardOperator> = new Map<string, StandardOperator>([
  [":>", (context, key, value) => pair(context, key, value)],
  ["@@", merge],
  ["TLCEval", (context, value) => whole(context, value)],
  [
    "Print",
    (context, shown, value) => {
      const text = `${show(context, shown)}  ${show(context, value)}`;
      context.theory.print(text);
      return value;
    },
  ],
  [
    "PrintT",
    (context, shown) => {
      context.theory.print(show(context, shown));
      return true;
    },
  ],
  ["ToString", (context, value) => show(context, value)],
  ["Assert", assert],
  ["Permutations", permutations],
]);

const whole = ({ theory, fail }: StandardContext, value: Computed): Value =>
  toValue(value, theory.table, fail);

const show = (context: StandardContext, value: Computed): string =>
  formatValue(toTlaValue(whole(context, value)));

function pair(context: StandardContext, key: Computed, value: Computed): Computed {
  const { theory, fail } = context;
  return theory.table.mappingOf([[whole(context, key), whole(context, value)]], unlike(fail));
}

/** Of two entries with one key the left one counts. */
function merge(context: StandardContext, left: Computed, right: Computed): Computed {
  const pairs = [left, right].flatMap((side) => {
    const of = functionOf(context, side);
    const values = valuesOf(of);
    return domainOf(of).map((key, index): [Value, Value] => [key, values[index]]);
  });
  return context.theory.table.mappingOf(pairs, unlike(context.fail));
}

function functionOf(context: StandardContext, value: Computed): Tuple | Mapping {
  const made = whole(context, value);
  return isFunction(made) ? made : context.fail(`@@ is applied to ${describeKind(value)}`);
}

function assert(context: StandardContext, test: Computed, message: Computed): Computed {
  if (test === true) return true;
  if (test !== false) return context.fail(`the operand of Assert is ${describeKind(test)}`);
  return context.assertion(show(context, message));
}

/** The functions from a set to itself that take each element once. */
function permutations(context: StandardContext, of: Computed): Computed {
  const { theory, fail } = context;
  const set = toFinite(toSet(of, "the operand of Permutations", fail), theory.table, fail);
  if (set.elements.length > 8)
    return fail("a set of more than 8 elements has too many permutations");
  const orders = arrangements(set.elements).map((values) => theory.table.mapping(set, values));
  return theory.table.set(orders, unlike(fail));
}

function arrangements(elements: readonly Value[]): readonly (readonly Value[])[] {
  if (elements.length === 0) return [[]];
  return elements.flatMap((first) =>
    arrangements(elements.filter((element) => element !== first)).map((rest) => [first, ...rest]),
  );
}
