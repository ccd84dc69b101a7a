/**
 * What tells each property from itself with a part left out: a state or a step that it rejects and
 * the other does not, or the other way round.
 */
import { createHash, type Hash } from "node:crypto";
import {
  childrenOf,
  type Expression,
  formatExpression,
  specialise,
  Theory,
  type TlaModule,
} from "tla2tools-runner";
import { checkableNames } from "../spec/deriveCheckable.js";
import { Differences } from "./differences.js";
import { isTold, judgeOf, predicateOf } from "./judge.js";
import type { LoadedBehavior } from "./loadBehavior.js";
import { Pool, type Sample } from "./pool.js";
import { findTelling, partsIn } from "./search.js";
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

/** A behavior, ready to be looked at. */
interface Place {
  readonly behavior: string;
  readonly theory: Theory;
  readonly pool: Pool;
}

/** Most parts are told by one of so many changes of some behavior. */
const SOME = 500;

/** @param isAsked Whether a property is looked at. Default: each is. */
export function findWitnesses(
  behaviors: readonly LoadedBehavior[],
  isAsked: (property: string) => boolean = () => true,
): readonly Findings[] {
  const [{ spec }] = behaviors;
  const asked = checkableNames(new Theory(spec)).filter(isAsked);
  const all = asked.map((property) => nothingYet(property, spec.modules));
  const seen = new SeenValues(behaviors.flatMap(({ states }) => states));
  const places = behaviors.map((behavior): Place => {
    const theory = theoryWith(all, behavior);
    const pool = new Pool(theory, behavior.states, behavior.actions, seen);
    const place = { behavior: behavior.name, theory, pool };
    for (const findings of all) tally(findings, place);
    pool.forget();
    for (const findings of all) lookAt(findings, place, SOME);
    return place;
  });
  // What is still untold is worth every change.
  for (const place of places) {
    for (const findings of all) lookAt(findings, place, Number.POSITIVE_INFINITY);
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

/** @param patience How many changes are made for each variant. */
function lookAt(findings: Findings, { behavior, theory, pool }: Place, patience: number): void {
  if (findings.untold.length === 0) return;
  const property = predicateOf(findings.property, theory);
  const { kind } = property;
  const says = judgeOf(property, theory);
  const differences = new Differences(theory);
  const known = findings.witnesses.filter((witness) => witness.behavior === behavior);
  findings.untold = findings.untold.filter((variant) => {
    const changed = predicateOf(variant.name, theory);
    const where = differences.between(property, changed);
    // With these constants the two may be one.
    if (where.length === 0) return true;
    const variantSays = judgeOf(changed, theory);
    const tells = (sample: Sample) => isTold(says(sample), variantSays(sample));
    const isParted = (sample: Sample) => where.some((each) => partsIn(each, sample, theory));
    if (known.some((sample) => isParted(sample) && tells(sample))) return false;
    const found = findTelling(pool, kind, where, tells, theory, patience);
    if (found === undefined) return true;
    const witness = { ...found, behavior, isRejected: says(found) === false };
    known.push(witness);
    findings.witnesses.push(witness);
    return false;
  });
}

/** Counts what a property rejects. */
function tally(findings: Findings, { theory, pool }: Place): void {
  const { kind, expression } = predicateOf(findings.property, theory);
  const says = judgeOf({ kind, expression: specialise(expression, { theory }) }, theory);
  const { variables, strings } = namesIn(expression, theory);
  const verdicts: number[] = [];
  for (const sample of pool.samples(kind, variables, strings)) {
    const verdict = says(sample);
    verdicts.push(verdict === undefined ? 2 : Number(verdict));
    if (verdict !== false) continue;
    const { variable } = sample;
    findings.rejected.set(variable, (findings.rejected.get(variable) ?? 0) + 1);
  }
  findings.samples += verdicts.length;
  findings.digest.update(Uint8Array.from(verdicts));
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
