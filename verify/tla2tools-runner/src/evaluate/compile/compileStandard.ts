import type { ReferenceExpression } from "../../module/Expression.js";
import type { Compiler } from "./Compiler.js";
import type { Scope } from "./Scope.js";
import type { Compute } from "./Slot.js";
import { OperatorValue } from "./Slot.js";
import { arithmetic } from "./standard/arithmetic.js";
import type {
  HigherOperator,
  StandardContext,
  StandardOperator,
} from "./standard/StandardOperator.js";
import { sequences } from "./standard/sequences.js";
import { finiteSets, tlcModule } from "./standard/tlcModule.js";

const operators: ReadonlyMap<string, StandardOperator | HigherOperator> = new Map<
  string,
  StandardOperator | HigherOperator
>([...arithmetic, ...sequences, ...finiteSets, ...tlcModule]);

/** What the module TLC has and this evaluator has not: it depends on more than the state. */
const REFUSED: ReadonlySet<string> = new Set([
  "TLCGet",
  "TLCSet",
  "RandomElement",
  "JavaTime",
  "Any",
]);

/** An operator of a standard module. */
export function compileStandard(
  compiler: Compiler,
  { name, operands, place }: ReferenceExpression,
  scope: Scope,
): Compute {
  const { theory } = compiler;
  const operator = operators.get(name);
  if (operator === undefined) {
    const fail = theory.failAt(place, "TLA_NOT_EVALUATED");
    const why = REFUSED.has(name) ? ": it is not a function of the state" : "";
    return () => fail(`${name} is not evaluated${why}`);
  }
  const fail = theory.failAt(place);
  const context = { theory, fail, assertion: theory.failAt(place, "TLA_ASSERTION") };
  if (typeof operator !== "function") {
    return compileHigher(compiler, operator, operands, context, scope);
  }
  const computes = operands.map((operand) => compiler.compile(operand, scope));
  const [first, second] = computes;
  switch (computes.length) {
    case 0:
      return () => operator(context);
    case 1:
      return (env, state, next) => operator(context, first(env, state, next));
    case 2:
      return (env, state, next) =>
        operator(context, first(env, state, next), second(env, state, next));
    default:
      return (env, state, next) =>
        operator(context, ...computes.map((compute) => compute(env, state, next)));
  }
}

function compileHigher(
  compiler: Compiler,
  { operator, compute }: HigherOperator,
  operands: ReferenceExpression["operands"],
  context: StandardContext,
  scope: Scope,
): Compute {
  const of = compiler.compile(operands[1 - operator], scope);
  const slot = compiler.compileSlot(operands[operator], scope);
  return (env, state, next) => {
    const made = slot(env, state, next);
    if (!(made instanceof OperatorValue)) return context.fail("an operator is needed here");
    return compute(context, of(env, state, next), (...values) => made.apply(values, state, next));
  };
}
