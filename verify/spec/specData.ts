/**
 * The parsed spec of a model with what its cfg puts in, as plain data that a worker can be sent.
 */
import { type Replacement, Theory, type TlaModule } from "tla2tools-runner";

export interface SpecData {
  /** Each behind those that it extends. */
  readonly modules: readonly TlaModule[];
  /** For constants: values, or the definitions that replace them. */
  readonly constants: ReadonlyMap<string, Replacement>;
}

/** The same for other values of some constants. */
export function withNumbers(spec: SpecData, numbers: Readonly<Record<string, number>>): SpecData {
  const changed = Object.entries(numbers).map(([name, value]) => {
    return [name, { value: { type: "int", value } }] as const;
  });
  return { ...spec, constants: new Map<string, Replacement>([...spec.constants, ...changed]) };
}

const theories = new WeakMap<SpecData, Theory>();

/** The names of a spec; what has been evaluated once is kept with it. */
export function theoryOf(spec: SpecData): Theory {
  const known = theories.get(spec) ?? new Theory(spec);
  theories.set(spec, known);
  return known;
}
