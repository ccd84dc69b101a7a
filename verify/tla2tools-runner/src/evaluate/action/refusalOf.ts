import type { Expression, Place } from "../../module/Expression.js";
import { formatExpression } from "../../module/formatExpression.js";
import { ToolError } from "../../support/ToolError.js";
import { formatValue } from "../../value/formatValue.js";
import type { Compiler } from "../compile/Compiler.js";
import { compileDefinitions } from "../compile/compileChoices.js";
import { outer, type Scope } from "../compile/Scope.js";
import type { Env, PartialState } from "../compile/Slot.js";
import { specialise } from "../evaluate.js";
import { readsOf } from "../readsOf.js";
import { toTlaValue } from "../values/tlaValues.js";
import { FiniteSet, Mapping, ModelConstant, Tuple, type Value } from "../values/Value.js";

/** Why an action has no step in a state. */
export interface Refusal {
  /** The first conjunct that is false, where it stands in the text. */
  readonly place: Place;
  /** The conjunct with constants and parameters put in, such as `versLock[1] = 0`. */
  readonly text: string;
  /** What it reads of the state, in the order of its text: `versLock[1]`, which is `2`. */
  readonly reads: readonly { readonly text: string; readonly value: string }[];
}

/** Where a part of an action is evaluated. */
interface At {
  readonly compiler: Compiler;
  readonly scope: Scope;
  readonly env: Env;
  readonly state: PartialState;
  readonly next: PartialState;
}

/** What is false about a part of an action that does not hold: its innermost false conjunct. */
export function refusalOf(part: Expression, at: At): Refusal {
  const inner = falsePart(part, at);
  if (inner !== undefined) return refusalOf(inner.part, inner.at);
  const shown = specialise(part, {
    theory: at.compiler.theory,
    parameters: boundValues(at),
  });
  const reads = readsOf(shown).flatMap((read) => {
    const value = valueOrNone(read, at);
    return value === undefined
      ? []
      : [{ text: formatExpression(read), value: formatValue(toTlaValue(value)) }];
  });
  return { place: part.place, text: formatExpression(shown), reads };
}

/** The part of a conjunction, a choice or a LET that makes it false. */
function falsePart(
  part: Expression,
  at: At,
): { readonly part: Expression; readonly at: At } | undefined {
  if (part.kind === "let") {
    const { inner, extend } = compileDefinitions(at.compiler, part, at.scope);
    return { part: part.body, at: { ...at, scope: inner, env: extend(at.env) } };
  }
  if (part.kind === "case") {
    const arm = part.arms.find(({ guard }) => guard === null || holds(guard, at));
    return arm && { part: arm.value, at };
  }
  if (part.kind !== "builtin") return undefined;
  const { operator, operands } = part;
  if (operator === "/\\") {
    const first = operands.find((operand) => !holds(operand, at));
    return first && { part: first, at };
  }
  if (operator === "if") return { part: holds(operands[0], at) ? operands[1] : operands[2], at };
  return undefined;
}

function holds(part: Expression, { compiler, scope, env, state, next }: At): boolean {
  return compiler.compileTest(part, scope, "an action")(env, state, next);
}

/** The values of bound names; what depends on the state keeps its name. */
function boundValues({ scope, env }: At): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>();
  for (const [name, depth] of scope.slots()) {
    const slot = outer(env, scope.depth - 1 - depth)?.slot;
    if (isValue(slot)) values.set(name, slot);
  }
  return values;
}

function isValue(slot: unknown): slot is Value {
  return (
    typeof slot === "number" ||
    typeof slot === "string" ||
    typeof slot === "boolean" ||
    [ModelConstant, Tuple, Mapping, FiniteSet].some((kind) => slot instanceof kind)
  );
}

function valueOrNone(read: Expression, { compiler, scope, env, state, next }: At) {
  try {
    return compiler.compileValue(read, scope)(env, state, next);
  } catch (error) {
    if (error instanceof ToolError) return undefined;
    throw error;
  }
}
