/**
 * What tells each property from itself with a part left out: a state or a step that it rejects and
 * the other does not, or the other way round.
 */
import { createHash, type Hash } from "node:crypto";
import {
  actionOf,
  childrenOf,
  compileCondition,
  type Expression,
  formatExpression,
  specialise,
  Theory,
  type TlaModule,
  ToolError,
} from "tla2tools-runner";
import { checkableNames } from "../spec/deriveCheckable.js";
import type { LoadedBehavior } from "./loadBehavior.js";
import { Pool, type Sample } from "./pool.js";
import { SeenValues } from "./seenValues.js";
import { type Variant, variantsOf } from "./variants.js";

/** A sample that tells a variant of a property from the property. */
export interface Witness extends Sample {
  /** The name of the behavior. */
  readonly behavior: string;
  /** Whether the property rejects it; else it takes it, and the variant does not. */
  readonly isRejected: boolean;
}

/** What is found of one property. */
export interface Findings {
  readonly property: string;
  readonly variants: readonly Variant[];
  /** How many samples were looked at. */
  samples: number;
  /** How many of them are rejected, by the variable that is changed. */
  readonly rejected: Map<string, number>;
  /** Of all verdicts, one after another. */
  readonly digest: Hash;
  readonly witnesses: Witness[];
  /** Variants that nothing has told from the property so far. */
  untold: readonly Variant[];
}

/** What a property says of a sample: undefined is no value, where TLC stops with an error. */
type Judge = (sample: Sample) => boolean | undefined;

/** @param isAsked Whether a property is looked at. Default: each is. */
export function findWitnesses(
  behaviors: readonly LoadedBehavior[],
  isAsked: (property: string) => boolean = () => true,
): readonly Findings[] {
  const [{ spec }] = behaviors;
  const asked = checkableNames(new Theory(spec)).filter(isAsked);
  const all = asked.map((property) => nothingYet(property, spec.modules));
  const seen = new SeenValues(behaviors.flatMap(({ states }) => states));
  for (const behavior of behaviors) {
    const theory = theoryWith(all, behavior);
    const pool = new Pool(theory, behavior.states, behavior.actions, seen);
    for (const findings of all) lookAt(findings, behavior.name, theory, pool);
  }
  return all;
}

function nothingYet(property: string, modules: readonly TlaModule[]): Findings {
  const variants = variantsOf(property, modules, "Spec");
  return {
    property,
    variants,
    samples: 0,
    rejected: new Map(),
    digest: createHash("sha256"),
    witnesses: [],
    untold: variants,
  };
}

/** The names of a model, and with them those of the variants that are still to be told. */
function theoryWith(all: readonly Findings[], { spec }: LoadedBehavior): Theory {
  const untold = all.flatMap((findings) => findings.untold);
  const definitions = untold.flatMap((variant) => variant.definitions);
  const module: TlaModule = {
    name: "Variants",
    sha256: "",
    extends: [],
    constants: [],
    variables: [],
    assumptions: [],
    definitions,
  };
  return new Theory({ ...spec, modules: [...spec.modules, module] });
}

function lookAt(findings: Findings, behavior: string, theory: Theory, pool: Pool): void {
  const { isStep, expression } = predicateOf(findings.property, theory);
  const specialised = specialise(expression, { theory });
  const text = formatExpression(specialised);
  const { variables, strings } = namesIn(expression, theory);
  const samples = pool.samples(isStep ? "steps" : "states", variables, strings);
  const judge = judgeOf(specialised, theory);
  const verdicts = samples.map(judge);
  count(findings, samples, verdicts);
  const rejected = samples.filter((_, i) => verdicts[i] === false);
  const taken = samples.filter((_, i) => verdicts[i] === true);
  const own = taken.filter(({ cell }) => cell === "");
  const known = findings.witnesses.filter((witness) => witness.behavior === behavior);
  findings.untold = findings.untold.filter((variant) => {
    const changed = predicateOf(variant.name, theory).expression;
    const plain = judgeOf(changed, theory);
    if (known.some((witness) => tells(witness, plain))) return false;
    let found = own.find((sample) => plain(sample) !== true);
    if (found === undefined) {
      const varied = specialise(changed, { theory });
      // With these constants the two may be one.
      if (formatExpression(varied) === text) return true;
      const also = judgeOf(varied, theory);
      // What a weaker property would take says most.
      found = rejected.find(also) ?? taken.find((sample) => also(sample) !== true);
    }
    if (found === undefined) return true;
    const witness = { ...found, behavior, isRejected: judge(found) === false };
    known.push(witness);
    findings.witnesses.push(witness);
    return false;
  });
}

function count(
  findings: Findings,
  samples: readonly Sample[],
  verdicts: readonly (boolean | undefined)[],
): void {
  findings.samples += samples.length;
  findings.digest.update(
    Uint8Array.from(verdicts, (verdict) => (verdict === undefined ? 2 : +verdict)),
  );
  for (const [i, { variable }] of samples.entries()) {
    if (verdicts[i] !== false) continue;
    findings.rejected.set(variable, (findings.rejected.get(variable) ?? 0) + 1);
  }
}

/** An error in a state that is rejected anyway is no difference; in another, TLC stops there. */
const tells = (witness: Witness, variant: Judge): boolean =>
  witness.isRejected ? variant(witness) === true : variant(witness) !== true;

/** What a property says of a state, or of a step. */
function predicateOf(
  name: string,
  theory: Theory,
): { readonly isStep: boolean; readonly expression: Expression } {
  const definition = theory.definitionOf(name);
  if (definition === undefined) throw new Error(`the spec does not define ${name}`);
  const action = actionOf(definition.body);
  return { isStep: action !== undefined, expression: action ?? definition.body };
}

function judgeOf(expression: Expression, theory: Theory): Judge {
  const condition = compileCondition(expression, theory);
  return ({ before, after }) => {
    try {
      return condition(before, after);
    } catch (error) {
      if (error instanceof ToolError) return undefined;
      throw error;
    }
  };
}

/** The variables and strings of the text, whatever the constants of a model leave of it. */
function namesIn(
  expression: Expression,
  theory: Theory,
): { readonly variables: readonly string[]; readonly strings: ReadonlySet<string> } {
  const variables = new Set<string>();
  const strings = new Set<string>();
  const definitions = new Set<string>();
  const visit = (at: Expression): void => {
    if (at.kind === "variable") variables.add(at.name);
    if (at.kind === "string") strings.add(formatExpression(at));
    for (const child of childrenOf(at)) visit(child);
    if (at.kind !== "definition" || definitions.has(at.name)) return;
    definitions.add(at.name);
    const definition = theory.definitionOf(at.name);
    if (definition !== undefined) visit(definition.body);
  };
  visit(expression);
  return { variables: [...variables], strings };
}
