/**
 * The parsed spec of a model with what its cfg puts in, as plain data that a worker can be sent.
 */
import { type Replacement, Theory, type TlaModule, type TlaValue } from "tla2tools-runner";

export interface SpecData {
  /** Each behind those that it extends. */
  readonly modules: readonly TlaModule[];
  /** For constants: values, or the definitions that replace them. */
  readonly constants: ReadonlyMap<string, Replacement>;
}

/** The same for other values of some constants; the spec itself where they have these values. */
export function withNumbers(spec: SpecData, numbers: Readonly<Record<string, number>>): SpecData {
  const changed = Object.entries(numbers).flatMap(([name, value]) => {
    const had = spec.constants.get(name);
    const isSame = had !== undefined && "value" in had && isInt(had.value, value);
    return isSame ? [] : [[name, { value: { type: "int", value } }] as const];
  });
  if (changed.length === 0) return spec;
  return { ...spec, constants: new Map<string, Replacement>([...spec.constants, ...changed]) };
}

const isInt = (found: TlaValue, value: number): boolean =>
  found.type === "int" && Number(found.value) === value;

const theories = new WeakMap<SpecData, Theory>();

/** The names of a spec; what has been evaluated once is kept with it. */
export function theoryOf(spec: SpecData): Theory {
  const known = theories.get(spec) ?? new Theory(spec);
  theories.set(spec, known);
  return known;
}
