/**
 * Values as the evaluator computes with them. Those that are not atoms are made by a
 * {@link ValueTable}, which makes each once, so that equal values are the same object. Values of
 * two tables must not be mixed.
 */
export type Value = number | string | boolean | ModelConstant | Tuple | Mapping | FiniteSet;

/** A value that is no atom; `id` is its number in the order in which its table made them. */
export type Compound = ModelConstant | Tuple | Mapping | FiniteSet;

/** A model value: an identifier that is equal to itself alone. */
export class ModelConstant {
  constructor(
    readonly id: number,
    readonly name: string,
  ) {}

  get kind() {
    return "model" as const;
  }
}

/** A tuple or sequence, which is a function on 1..n. */
export class Tuple {
  constructor(
    readonly id: number,
    readonly elements: readonly Value[],
  ) {}

  get kind() {
    return "tuple" as const;
  }

  get parts(): readonly Value[] {
    return this.elements;
  }
}

/** Any other function, records included; `values[i]` belongs to `domain.elements[i]`. */
export class Mapping {
  constructor(
    readonly id: number,
    readonly domain: FiniteSet,
    readonly values: readonly Value[],
  ) {}

  get kind() {
    return "mapping" as const;
  }

  get parts(): readonly Value[] {
    return this.values;
  }
}

/** Below this size a set is searched from its start. */
const SMALL = 8;

/** A finite set; its elements are in the table's order, without duplicates. */
export class FiniteSet {
  private positions: Map<Value, number> | undefined;

  constructor(
    readonly id: number,
    readonly elements: readonly Value[],
  ) {}

  get kind() {
    return "set" as const;
  }

  get parts(): readonly Value[] {
    return this.elements;
  }

  /** The position of an element, or -1. */
  indexOf(value: Value): number {
    if (this.elements.length <= SMALL) return this.elements.indexOf(value);
    if (this.positions === undefined) {
      this.positions = new Map(this.elements.map((element, index) => [element, index]));
    }
    return this.positions.get(value) ?? -1;
  }
}

/** What kind of value it is, in words for messages. */
export function kindOf(value: Value): string {
  if (typeof value === "number") return "an integer";
  if (typeof value === "string") return "a string";
  if (typeof value === "boolean") return "a boolean";
  if (value instanceof ModelConstant) return "a model value";
  if (value instanceof Tuple) return "a tuple";
  return value instanceof FiniteSet ? "a set" : "a function";
}
