import type { Expression } from "../../module/Expression.js";
import { squareOf } from "../../module/formulaParts.js";
import { ToolError } from "../../support/ToolError.js";
import { valueNode } from "../specialise/build.js";
import type { Theory } from "../Theory.js";

/** What a temporal formula says, conjunct by conjunct. */
export interface FormulaParts {
  /** About the initial states. */
  readonly initial: readonly Expression[];
  /** `P` of each `[]P` about every state. */
  readonly always: readonly Expression[];
  /** `[A]_v` of each `[][A]_v` about every step. */
  readonly steps: readonly Expression[];
  /** Fairness, and whatever else is a matter of whole behaviors. */
  readonly temporal: readonly Expression[];
}

/** Takes a formula apart at its conjunctions, also behind names. */
export function partsOf(formula: Expression, theory: Theory): FormulaParts {
  const parts = { initial: [], always: [], steps: [], temporal: [] } as {
    [K in keyof FormulaParts]: Expression[];
  };
  const visit = (expression: Expression): void => {
    const body = namedBody(expression, theory);
    if (expression.level < 2) parts.initial.push(expression);
    else if (body !== undefined) visit(body);
    else if (expression.kind !== "builtin") parts.temporal.push(expression);
    else if (expression.operator === "/\\") expression.operands.forEach(visit);
    else if (expression.operator === "[]") visitAlways(expression.operands[0], expression);
    else parts.temporal.push(expression);
  };
  const visitAlways = (of: Expression, whole: Expression): void => {
    const body = namedBody(of, theory);
    if (of.level < 2) parts.always.push(of);
    else if (body !== undefined) visitAlways(body, whole);
    else if (squareOf(of) !== undefined) parts.steps.push(of);
    else if (of.kind === "builtin" && of.operator === "/\\") {
      for (const operand of of.operands) visitAlways(operand, whole);
    } else parts.temporal.push(whole);
  };
  visit(formula);
  return parts;
}

/** The body of a definition without parameters. */
function namedBody(expression: Expression, theory: Theory): Expression | undefined {
  if (expression.kind !== "definition" || expression.operands.length > 0) return undefined;
  return theory.definitionOf(expression.name)?.body;
}

/** What a model starts from and how it goes on. */
export interface Behavior {
  readonly init: Expression;
  readonly next: Expression;
  /** Conjuncts of the specification that bound neither the first state nor a step. */
  readonly temporal: readonly Expression[];
}

/** How a cfg names the behavior of a model. */
export type BehaviorNames =
  | { readonly init: string; readonly next: string }
  | { readonly specification: string };

/**
 * Finds the initial predicate and the next-state relation.
 *
 * @throws ToolError TLA_EVALUATION for names without a definition, and for a specification that is
 *   not of the form `Init /\ [][Next]_vars`, with or without fairness.
 */
export function readBehavior(names: BehaviorNames, theory: Theory): Behavior {
  if ("init" in names) {
    return { init: use(names.init, theory), next: use(names.next, theory), temporal: [] };
  }
  const formula = use(names.specification, theory);
  const { initial, always, steps, temporal } = partsOf(formula, theory);
  const [step] = steps;
  const place = theory.definitionOf(names.specification)?.place ?? formula.place;
  if (step?.kind !== "builtin" || steps.length > 1 || initial.length === 0 || always.length > 0) {
    throw new ToolError({
      code: "TLA_EVALUATION",
      what: `${names.specification} does not say how behaviors start and go on`,
      where: theory.where(place),
      expected: "Init /\\ [][Next]_vars, with or without fairness",
    });
  }
  const [init] = initial;
  const level = 1;
  return {
    init:
      initial.length === 1
        ? init
        : { kind: "builtin", operator: "/\\", operands: initial, place: init.place, level },
    next: step.operands[0],
    temporal,
  };
}

/** The use of a name, as if the cfg were text of the module. */
export function use(name: string, theory: Theory): Expression {
  const definition = theory.definitionOf(name);
  if (definition === undefined) {
    throw new ToolError({
      code: "TLA_EVALUATION",
      what: `${name} is not defined`,
      hint: "Name a definition of the module or of one that it extends.",
    });
  }
  const { place, level } = definition;
  const value = theory.valueOf(name);
  if (value !== undefined) return valueNode(value, place);
  return { kind: "definition", name, operands: [], place, level };
}
