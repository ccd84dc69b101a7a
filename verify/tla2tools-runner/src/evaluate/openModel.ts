import type { Expression, Place } from "../module/Expression.js";
import type { TlaModule } from "../module/TlaModule.js";
import { ActionCompiler, type Assigned } from "./action/ActionCompiler.js";
import { listActions, type NamedAction } from "./action/listActions.js";
import { type BehaviorNames, readBehavior } from "./action/readSpecification.js";
import { ExpressionCompiler } from "./compile/ExpressionCompiler.js";
import { Scope } from "./compile/Scope.js";
import { NO_STATE } from "./compile/Slot.js";
import { compilerOf, type State, specialiseAction, withinStack } from "./evaluate.js";
import { type Replacement, Theory } from "./Theory.js";
import type { Value } from "./values/Value.js";

export type OpenModelOptions = BehaviorNames & {
  /** Each behind those that it extends. */
  readonly modules: readonly TlaModule[];
  /** What a cfg puts in the place of constants and definitions. */
  readonly constants?: ReadonlyMap<string, Replacement>;
  /** The files of the modules, for the places of errors. Default: `Name.tla`. */
  readonly files?: ReadonlyMap<string, string>;
  /** Gets each line that Print and PrintT print. */
  readonly print?: (line: string) => void;
};

/** An action of an open model; its expression is specialised. */
export interface ModelAction extends NamedAction {
  /** In the order in which TLC tries them. */
  readonly index: number;
}

/** A model whose states and steps can be enumerated. */
export interface OpenModel {
  readonly theory: Theory;
  /** In the order of their declarations, which is that of a state's values. */
  readonly variables: readonly string[];
  readonly actions: readonly ModelAction[];
  /** Conjuncts of the specification that bound neither the first state nor a step, as fairness. */
  readonly temporal: readonly Expression[];
  /** Every way to satisfy the initial predicate, in TLC's order; a state may come twice. */
  initialStates(): readonly State[];
  /** Every step from a state, in TLC's order; a state may be reached twice. */
  successors(state: State): readonly { readonly action: ModelAction; readonly next: State }[];
  /**
   * The same for one action, until `visit` answers true. The array that it gets is used again for
   * the next step.
   */
  forEachStep(state: State, action: ModelAction, visit: (next: State) => boolean): void;
}

/**
 * Makes a model ready to be run.
 *
 * @throws ToolError TLA_EVALUATION if a name is not defined, or the specification has no form that
 *   is known. Enumerating throws it where TLC would stop with an error.
 */
export function openModel(options: OpenModelOptions): OpenModel {
  const theory = new Theory(options);
  const { init, next, temporal } = readBehavior(options, theory);
  const compiler = compilerOf(theory);
  const actions = listActions(next, theory).map((action, index): ModelAction => {
    const expression = specialiseAction(action.expression, { theory, ...action });
    return { ...action, expression, index };
  });
  const steps = actions.map(({ expression }) =>
    new ActionCompiler(compiler, "next").compile(expression, Scope.empty),
  );
  const forEachStep: OpenModel["forEachStep"] = (state, action, visit) => {
    const target: Assigned = new Array(theory.variables.length).fill(undefined);
    const step = steps[action.index];
    enumerate(theory, action, target, visit, (then) => step(null, state, target, then));
  };
  return {
    theory,
    variables: theory.variables,
    actions,
    temporal,
    forEachStep,
    initialStates: () => initialStates(theory, init),
    successors: (state) => {
      const found: { readonly action: ModelAction; readonly next: State }[] = [];
      for (const action of actions) {
        forEachStep(state, action, (made) => {
          found.push({ action, next: [...made] });
          return false;
        });
      }
      return found;
    },
  };
}

function initialStates(theory: Theory, init: Expression): readonly State[] {
  const expression = specialiseAction(init, { theory });
  // While a state is being assigned, not even what depends on the state alone stays the same.
  const compiler = new ExpressionCompiler(theory, 0);
  const compiled = new ActionCompiler(compiler, "initial").compile(expression, Scope.empty);
  const target: Assigned = new Array(theory.variables.length).fill(undefined);
  const states: State[] = [];
  const keep = (state: State) => {
    states.push([...state]);
    return false;
  };
  enumerate(theory, init, target, keep, (then) => compiled(null, target, NO_STATE, then));
  return states;
}

/** Visits the states that `run` assigns to `target`, each of which must be complete. */
function enumerate(
  theory: Theory,
  of: { readonly place: Place },
  target: Assigned,
  visit: (state: State) => boolean,
  run: (then: () => boolean) => boolean,
): void {
  withinStack(of, theory, () =>
    run(() => {
      if (!isComplete(target)) failIncomplete(theory, of.place, target);
      return visit(target);
    }),
  );
}

function isComplete(target: Assigned): target is Value[] {
  for (let i = 0; i < target.length; i += 1) if (target[i] === undefined) return false;
  return true;
}

function failIncomplete(theory: Theory, place: Place, target: Assigned): never {
  const names = theory.variables.filter((_, index) => target[index] === undefined);
  return theory.failAt(place)(`nothing gives a value to ${names.join(", ")} here`);
}
