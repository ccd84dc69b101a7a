import type {
  Bound,
  Definition,
  Expression,
  LetExpression,
  Place,
  ReferenceExpression,
} from "../../module/Expression.js";
import { ToolError } from "../../support/ToolError.js";
import { compileBounds } from "../compile/compileBounds.js";
import { Scope } from "../compile/Scope.js";
import { type Env, NO_STATE } from "../compile/Slot.js";
import { compilerOf, evaluate } from "../evaluate.js";
import { withLevel } from "../specialise/build.js";
import type { Theory } from "../Theory.js";
import type { Value } from "../values/Value.js";

/** One way to take a step, as TLC tells them apart and names them. */
export interface NamedAction {
  /** The innermost operator around it whose operands are constant; see `listActions`. */
  readonly name: string;
  /** The operands of that operator, and what the quantifiers inside it bind. */
  readonly parameters: ReadonlyMap<string, Value>;
  /** The part of the next-state relation that is the action. */
  readonly expression: Expression;
  /** Where that part stands. */
  readonly place: Place;
}

/** What TLC calls an action that has no operator around it. */
const UNNAMED = "UnnamedAction";

/** The names that mean something where an action stands. */
interface Context {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, Value>;
  readonly lets: readonly LetExpression[];
}

/**
 * Takes a next-state relation apart as TLC does: at disjunctions, at `\E` over constant sets and
 * at operators with constant operands, in the order of the text. What is left over between them is
 * one action each; its name is that of the operator that it was found in. So a conjunction such as
 * `Next /\ Watch` is one action, with the name of the operator that has it for a body.
 */
export function listActions(next: Expression, theory: Theory): readonly NamedAction[] {
  const actions: NamedAction[] = [];
  const visit = (expression: Expression, context: Context): void => {
    const { kind } = expression;
    if (kind === "builtin" && expression.operator === "\\/") {
      for (const operand of expression.operands) visit(operand, context);
    } else if (kind === "let") {
      visit(expression.body, { ...context, lets: [...context.lets, expression] });
    } else if (kind === "exists") {
      const bindings = constantBindings(expression.bounds, context, theory);
      if (bindings === undefined || bindings.length === 0)
        actions.push(asAction(expression, context));
      else for (const parameters of bindings) visit(expression.body, { ...context, parameters });
    } else if (kind === "definition" || kind === "constant") {
      const inner = enter(expression, context, theory);
      if (inner !== undefined) visit(inner.body, inner.context);
      else actions.push(asAction(expression, { ...context, name: expression.name }));
    } else {
      actions.push(asAction(expression, context));
    }
  };
  visit(next, { name: UNNAMED, parameters: new Map(), lets: [] });
  return actions;
}

function asAction(part: Expression, { name, parameters, lets }: Context): NamedAction {
  const expression = lets.reduceRight<Expression>(
    (body, { definitions, place }) =>
      withLevel({ kind: "let", definitions, body, place, level: body.level }, body.level),
    part,
  );
  return { name, parameters, expression, place: part.place };
}

/** The body of an operator whose operands are constant, with its parameters. */
function enter(
  { name, operands }: ReferenceExpression,
  context: Context,
  theory: Theory,
): { readonly body: Expression; readonly context: Context } | undefined {
  const local = localDefinition(name, context.lets);
  const definition = local ?? theory.definitionOf(name);
  if (definition === undefined || definition.isRecursive) return undefined;
  const values = operands.map((operand) => constantValue(operand, context, theory));
  const own = new Map<string, Value>();
  for (const [index, { name: parameter }] of definition.parameters.entries()) {
    const value = values[index];
    if (value === undefined) return undefined;
    own.set(parameter, value);
  }
  const inner =
    local === undefined
      ? { name: definition.name, parameters: own, lets: [] }
      : { ...context, name, parameters: new Map([...context.parameters, ...own]) };
  return { body: definition.body, context: inner };
}

function localDefinition(name: string, lets: readonly LetExpression[]): Definition | undefined {
  return lets.flatMap(({ definitions }) => definitions).findLast((local) => local.name === name);
}

/** The value of a constant operand; undefined if it is none, or has none. */
function constantValue(operand: Expression, context: Context, theory: Theory): Value | undefined {
  if (operand.level > 0 || operand.kind === "operator") return undefined;
  return valueOrNone(() =>
    evaluate(asAction(operand, context).expression, { theory, parameters: context.parameters }),
  );
}

/** The parameters with what a quantifier binds, each way; undefined if it is not constant. */
function constantBindings(
  bounds: readonly Bound[],
  context: Context,
  theory: Theory,
): readonly ReadonlyMap<string, Value>[] | undefined {
  const inLets = bounds.map((bound) => {
    return { ...bound, set: asAction(bound.set, context).expression };
  });
  if (inLets.some(({ set }) => set.level > 0)) return undefined;
  const { parameters } = context;
  return valueOrNone(() => {
    const scope = Scope.empty.bind(...parameters.keys());
    const { each } = compileBounds(compilerOf(theory), inLets, scope);
    const names = bounds.flatMap((bound) => bound.names);
    const outside = [...parameters.values()].reduce<Env>((up, slot) => ({ slot, up }), null);
    const made: ReadonlyMap<string, Value>[] = [];
    each(outside, NO_STATE, NO_STATE, (env) => {
      const bound: [string, Value][] = [];
      let at = env;
      for (const name of names.toReversed()) {
        if (at === null) break;
        bound.unshift([name, at.slot as Value]);
        at = at.up;
      }
      made.push(new Map([...parameters, ...bound]));
      return false;
    });
    return made;
  });
}

function valueOrNone<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof ToolError || error instanceof RangeError) return undefined;
    throw error;
  }
}
