/**
 * Monitors: variables that a module adds to the core spec to follow what no single state shows.
 * Their first values and how they go on are read from the module.
 */
import {
  actionOf,
  compileExpression,
  conjunctsOf,
  type Definition,
  type Expression,
  openModel,
  type State,
  specialise,
  type Theory,
  type Value,
} from "tla2tools-runner";
import { VerifyError } from "../support/verifyError.js";
import { type SpecData, theoryOf } from "./specData.js";

export interface Monitor {
  /** Positions of the monitor's variables in a state. */
  readonly positions: readonly number[];
  /** The values that they start with. */
  readonly initial: readonly Value[];
  /** Those behind a step between two states; what stands at `positions` of `after` is not read. */
  next(before: State, after: State): readonly Value[];
  /** Whether an invariant holds in a state, the monitor's variables included. */
  holds(invariant: string, state: State): boolean;
}

/**
 * The monitor of a specification; undefined when it has no variables but the core's.
 *
 * @param isCore Whether a variable is one that the implementation has.
 * @throws VerifyError SPEC_UNSUPPORTED when the next-state relation is not the core's in
 *   conjunction with one equation for each variable of the monitor
 */
export function monitorOf(
  spec: SpecData,
  specification: string,
  isCore: (variable: string) => boolean,
): Monitor | undefined {
  const theory = theoryOf(spec);
  const names = theory.variables.filter((name) => !isCore(name));
  if (names.length === 0) return undefined;
  const positions = names.map((name) => theory.indexOf(name));
  const [initial] = openModel({ ...spec, specification }).initialStates();
  const conjuncts = conjunctsOf(nextOf(theory, specification), (of) => openName(of, theory));
  const updates = names.map((name) => updateOf(name, conjuncts, theory));
  const invariants = new Map<string, (state: State) => boolean>();
  return {
    positions,
    initial: positions.map((position) => initial[position]),
    next: (before, after) => updates.map((update) => update(before, after)),
    holds(name, state) {
      const known = invariants.get(name) ?? compileInvariant(name, theory);
      invariants.set(name, known);
      return known(state);
    },
  };
}

/** The N of `Init /\ [][N]_v`. */
function nextOf(theory: Theory, specification: string): Expression {
  const body = theory.definitionOf(specification)?.body;
  for (const part of body === undefined ? [] : conjunctsOf(body)) {
    const action = actionOf(part);
    if (action !== undefined) return action;
  }
  throw unsupported(theory, theory.definitionOf(specification));
}

/** What a name stands for that is a conjunction or an equation; any other action is itself. */
function openName(action: Expression, theory: Theory): Expression {
  if (action.kind !== "definition") return action;
  const body = theory.definitionOf(action.name)?.body;
  return body?.kind === "builtin" && ["/\\", "="].includes(body.operator) ? body : action;
}

/** How the equation `name' = e` among the conjuncts gives the next value. */
function updateOf(
  name: string,
  conjuncts: readonly Expression[],
  theory: Theory,
): (before: State, after: State) => Value {
  for (const conjunct of conjuncts) {
    if (conjunct.kind !== "builtin" || conjunct.operator !== "=") continue;
    const [left, right] = conjunct.operands;
    if (left.kind !== "builtin" || left.operator !== "'") continue;
    const [variable] = left.operands;
    if (variable.kind !== "variable" || variable.name !== name) continue;
    const compiled = compileExpression(specialise(right, { theory }), theory);
    return (before, after) => compiled([], before, after);
  }
  throw unsupported(theory, undefined, `no equation ${name}' = ...`);
}

function compileInvariant(name: string, theory: Theory): (state: State) => boolean {
  const definition = theory.definitionOf(name);
  if (definition === undefined) return () => true;
  const compiled = compileExpression(specialise(definition.body, { theory }), theory);
  return (state) => compiled([], state) === true;
}

function unsupported(theory: Theory, at?: Definition, found?: string): VerifyError {
  return new VerifyError({
    code: "SPEC_UNSUPPORTED",
    what: "the specification is not the core's with a monitor beside it",
    where: at === undefined ? undefined : theory.where(at.place),
    expected: "Init /\\ [][Next /\\ Watch]_v, with an equation for each variable of the monitor",
    found,
    hint: "compare it with model/MCH8.tla",
  });
}
