/**
 * Values near a value: what a defect might leave in a variable instead. Those of other states come
 * on top; see pool.ts.
 */
import type { TlaValue } from "tla2tools-runner";

/** Numbers one off, the other boolean, a value of no type, parts changed, left out or doubled. */
export function neighbours(value: TlaValue): readonly TlaValue[] {
  switch (value.type) {
    case "int":
      return [-1, 1].map((by) => ({ ...value, value: Number(value.value) + by }));
    case "boolean":
      return [{ ...value, value: !value.value }, UNTYPED];
    case "string":
      return [UNTYPED];
    case "tuple":
    case "set":
      return [
        ...fewer(value.elements),
        ...altered(value.elements),
        ...[ZERO, ...value.elements].map((one) => [...value.elements, one]),
      ].map((elements) => ({ ...value, elements }));
    default:
      return [];
  }
}

const ZERO: TlaValue = { type: "int", value: 0 };
/** A value of no type: it is equal to nothing else, so that comparing it is no error. */
const UNTYPED: TlaValue = { type: "model", name: "untyped" };

const fewer = (all: readonly TlaValue[]): readonly (readonly TlaValue[])[] =>
  all.map((_, left) => all.filter((_, i) => i !== left));

const altered = (all: readonly TlaValue[]): readonly (readonly TlaValue[])[] =>
  all.flatMap((each, at) => neighbours(each).map((other) => all.with(at, other)));
