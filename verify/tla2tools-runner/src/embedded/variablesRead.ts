import { childrenOf } from "../evaluate/specialise/traverse.js";
import type { Theory } from "../evaluate/Theory.js";
import type { Expression } from "../module/Expression.js";

/** The positions of the variables that an expression reads, of the state and of the next state. */
export interface VariablesRead {
  readonly current: readonly number[];
  readonly primed: readonly number[];
}

/** Undefined for an expression with ENABLED, which reads what its action reads of any state. */
export function variablesRead(expression: Expression, theory: Theory): VariablesRead | undefined {
  const [current, primed] = [new Set<number>(), new Set<number>()];
  const seen = new Set<string>();
  const visit = (part: Expression, isPrimed: boolean): boolean => {
    if (part.kind === "variable") (isPrimed ? primed : current).add(theory.indexOf(part.name));
    if (part.kind === "definition" || part.kind === "standard" || part.kind === "constant") {
      const key = `${part.name} ${isPrimed}`;
      const definition = seen.has(key) ? undefined : theory.definitionOf(part.name);
      seen.add(key);
      if (definition !== undefined && !visit(definition.body, isPrimed)) return false;
    }
    if (part.kind !== "builtin") return childrenOf(part).every((child) => visit(child, isPrimed));
    const { operator, operands } = part;
    if (operator === "ENABLED") return false;
    const readsBoth = operator === "UNCHANGED" || /Action$/.test(operator);
    const isInPrimed = isPrimed || operator === "'" || readsBoth;
    if (readsBoth && !operands.every((operand) => visit(operand, isPrimed))) return false;
    return operands.every((operand) => visit(operand, isInPrimed));
  };
  return visit(expression, false)
    ? { current: inOrder(current), primed: inOrder(primed) }
    : undefined;
}

const inOrder = (indexes: ReadonlySet<number>): readonly number[] =>
  [...indexes].sort((a, b) => a - b);
