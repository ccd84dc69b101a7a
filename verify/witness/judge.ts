/** What a property says of a sample. */
import {
  actionOf,
  compileCondition,
  type Expression,
  type Theory,
  ToolError,
} from "tla2tools-runner";
import type { Kind, Sample } from "./pool.js";

/** Undefined is no value, where TLC stops with an error. */
export type Judge = (sample: Sample) => boolean | undefined;

/** A state predicate, or the action of a property of steps. */
export interface Predicate {
  readonly kind: Kind;
  readonly expression: Expression;
}

export function predicateOf(name: string, theory: Theory): Predicate {
  const definition = theory.definitionOf(name);
  if (definition === undefined) throw new Error(`the spec does not define ${name}`);
  const action = actionOf(definition.body);
  return action === undefined
    ? { kind: "states", expression: definition.body }
    : { kind: "steps", expression: action };
}

export function judgeOf({ kind, expression }: Predicate, theory: Theory): Judge {
  const condition = compileCondition(expression, theory);
  return (sample) =>
    verdictOf(
      () => condition(sample.before, sample.after) || (kind === "steps" && isStuttering(sample)),
    );
}

/** Undefined is no value, where TLC stops with an error. */
export function verdictOf(evaluate: () => boolean): boolean | undefined {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof ToolError) return undefined;
    throw error;
  }
}

/** A step of `[A]_vars` that changes nothing is always one. Equal values are one object. */
const isStuttering = ({ before, after }: Sample): boolean =>
  before.every((value, i) => value === after[i]);

/** Whether a variant says other than the property; of an error of the property nothing does. */
export const isTold = (property: boolean | undefined, variant: boolean | undefined): boolean =>
  property === true ? variant !== true : property === false && variant === true;
