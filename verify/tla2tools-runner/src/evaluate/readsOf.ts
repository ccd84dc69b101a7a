import type { Expression } from "../module/Expression.js";
import { builtinNode } from "./specialise/build.js";
import { childrenOf, freeNames, sameExpression } from "./specialise/traverse.js";

/**
 * What an expression reads of the state, in the order of its text and each once: variables, and
 * elements of them as far as they are named without a bound name, such as `versLock[1]` or
 * `work[1][2]`. Of `pc[work[1][2]]` that is `work[1][2]` as well.
 */
export function readsOf(expression: Expression): readonly Expression[] {
  const reads: Expression[] = [];
  collect(expression, new Set(), (read) => {
    if (!reads.some((other) => sameExpression(other, read))) reads.push(read);
  });
  return reads;
}

function collect(
  expression: Expression,
  bound: ReadonlySet<string>,
  add: (read: Expression) => void,
): void {
  const path = pathOf(expression);
  if (path === undefined && expression.kind === "builtin" && expression.operator === "'") {
    collect(expression.operands[0], bound, (read) => add(builtinNode("'", [read], read.place)));
    return;
  }
  if (path === undefined) {
    const inner = new Set([...bound, ...namesBoundBy(expression)]);
    for (const child of childrenOf(expression)) collect(child, inner, add);
    return;
  }
  const isNamed = (element: Expression) => ![...freeNames(element)].some((name) => bound.has(name));
  const read = path.findLast(isNamed);
  // The indexes are read first; the longest path that can be named, then.
  for (const { operands } of path.slice(1) as readonly { operands: readonly Expression[] }[]) {
    collect(operands[1], bound, add);
  }
  if (read !== undefined) add(read);
}

/** A variable, primed or not, and the applications around it, from the inside; or undefined. */
function pathOf(expression: Expression): readonly Expression[] | undefined {
  if (expression.kind === "variable") return [expression];
  if (expression.kind !== "builtin") return undefined;
  const [of] = expression.operands;
  if (expression.operator === "'" && of.kind === "variable") return [expression];
  if (expression.operator !== "apply" && expression.operator !== "field") return undefined;
  const inner = pathOf(of);
  return inner && [...inner, expression];
}

function namesBoundBy(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case "forall":
    case "exists":
    case "choose":
    case "filter":
    case "map":
    case "function":
      return expression.bounds.flatMap(({ names }) => names);
    case "let":
      return expression.definitions.flatMap(({ name, parameters }) => [
        name,
        ...parameters.map((parameter) => parameter.name),
      ]);
    case "except":
      return ["@"];
    case "operator":
      return expression.parameters.map(({ name }) => name);
    default:
      return [];
  }
}
