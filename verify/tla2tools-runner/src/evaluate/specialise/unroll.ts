import type { Expression, QuantifiedExpression } from "../../module/Expression.js";
import { FiniteSet, Tuple, type Value } from "../values/Value.js";
import { builtinNode, cannotFail, valueNode } from "./build.js";
import { conjunction, disjunction, type Use } from "./connectives.js";
import { constantOf } from "./constantOf.js";
import type { Names } from "./Names.js";
import type { Specialiser } from "./Specialiser.js";
import { sizeOf } from "./traverse.js";

/** The most nodes that a quantifier may be written out to, before they are simplified. */
const MOST_NODES = 20_000;

/**
 * A quantifier over constant sets, written out: one conjunct, disjunct or element for each element
 * of the sets, in TLC's order. Undefined where that is not possible or not worth it.
 *
 * @param sets those of the bounds, specialised
 */
export function unroll(
  specialiser: Specialiser,
  { kind, bounds, body, place }: QuantifiedExpression,
  sets: readonly Expression[],
  names: Names,
  use: Use,
): Expression | undefined {
  if (kind === "choose" || kind === "filter") return undefined;
  const loops: Loop[] = [];
  for (const [index, bound] of bounds.entries()) {
    const set = constantOf(sets[index]);
    if (!(set instanceof FiniteSet)) return undefined;
    const { elements } = set;
    const { isTuple } = bound;
    if (isTuple && !elements.every((element) => isTupleOf(element, bound.names.length))) {
      return undefined;
    }
    if (isTuple) loops.push({ names: bound.names, isTuple, elements });
    else loops.push(...bound.names.map((name) => ({ names: [name], isTuple, elements })));
  }
  const times = loops.reduce((product, { elements }) => product * elements.length, 1);
  if (times * sizeOf(body) > MOST_NODES) return undefined;
  if (kind === "function" && !isSequence(loops)) return undefined;
  const isQuantifier = kind === "forall" || kind === "exists";
  const bodyUse = use === "action" && isQuantifier ? "action" : isQuantifier ? "test" : "value";
  const instances = rows(loops).map((row) => {
    const inner = row.reduce(
      (made, [name, value]) =>
        made.with(name, { kind: "expression", expression: valueNode(value, place) }),
      names,
    );
    return specialiser.specialise(body, inner, bodyUse);
  });
  switch (kind) {
    case "forall":
      return conjunction(instances, place, use);
    case "exists":
      return disjunction(instances, place, use);
    case "map":
      return builtinNode("set", instances, place);
    case "function":
      // TLC computes a function's values by need where it can, and a tuple's at once.
      return instances.every(cannotFail) ? builtinNode("tuple", instances, place) : undefined;
  }
}

interface Loop {
  readonly names: readonly string[];
  readonly isTuple: boolean;
  readonly elements: readonly Value[];
}

type Row = readonly (readonly [name: string, value: Value])[];

const isTupleOf = (value: Value, length: number): value is Tuple =>
  value instanceof Tuple && value.elements.length === length;

/** Whether the domain is 1..n. */
const isSequence = (loops: readonly Loop[]): boolean =>
  loops.length === 1 &&
  loops.every(({ isTuple, elements }) => {
    return !isTuple && elements.every((element, index) => element === index + 1);
  });

/** All choices of an element for each loop; the first loop changes fastest. */
function rows(loops: readonly Loop[]): readonly Row[] {
  return loops.reduce<readonly Row[]>(
    (made, loop) =>
      loop.elements.flatMap((element) => made.map((row) => [...row, ...bind(loop, element)])),
    [[]],
  );
}

function bind({ names, isTuple }: Loop, element: Value): Row {
  if (!isTuple || !(element instanceof Tuple)) return [[names[0], element]];
  return names.map((name, index) => [name, element.elements[index]] as const);
}
