import type { Computed } from "../../values/Computed.js";
import { IntegerRange } from "../../values/plainSets.js";
import { describeKind } from "../../values/sets.js";
import type { StandardContext, StandardOperator } from "./StandardOperator.js";

/** TLC's integers have 32 bits and a sign. */
const [SMALLEST, LARGEST] = [-(2 ** 31), 2 ** 31 - 1];

const NATURALS = new IntegerRange(0, Number.POSITIVE_INFINITY);
const INTEGERS = new IntegerRange(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);

/** The modules Naturals and Integers. */
export const arithmetic: ReadonlyMap<string, StandardOperator> = new Map<string, StandardOperator>([
  ["Nat", () => NATURALS],
  ["Int", () => INTEGERS],
  ["+", (context, a, b) => bounded(context, "+", integer(context, a) + integer(context, b))],
  ["-", (context, a, b) => bounded(context, "-", integer(context, a) - integer(context, b))],
  ["*", (context, a, b) => bounded(context, "*", integer(context, a) * integer(context, b))],
  ["-.", (context, a) => bounded(context, "-", -integer(context, a))],
  ["^", power],
  ["\\div", divide],
  ["%", remainder],
  ["<", (context, a, b) => integer(context, a) < integer(context, b)],
  [">", (context, a, b) => integer(context, a) > integer(context, b)],
  ["\\leq", (context, a, b) => integer(context, a) <= integer(context, b)],
  ["\\geq", (context, a, b) => integer(context, a) >= integer(context, b)],
  ["..", (context, a, b) => new IntegerRange(integer(context, a), integer(context, b))],
]);

export function integer({ fail }: StandardContext, value: Computed): number {
  return typeof value === "number" ? value : fail(`an operand is ${describeKind(value)}`);
}

function bounded({ fail }: StandardContext, operator: string, result: number): number {
  // The sum keeps -0, which is no integer of TLA+, out.
  if (result >= SMALLEST && result <= LARGEST) return result + 0;
  return fail(`the result of ${operator} does not fit into 32 bits`);
}

function power(context: StandardContext, a: Computed, b: Computed): number {
  const [base, exponent] = [integer(context, a), integer(context, b)];
  if (exponent < 0) return context.fail("the exponent is negative");
  if (base === 0 && exponent === 0) return context.fail("0^0 has no value");
  return bounded(context, "^", base ** exponent);
}

/** TLA+ rounds towards minus infinity. */
function divide(context: StandardContext, a: Computed, b: Computed): number {
  const [dividend, divisor] = [integer(context, a), integer(context, b)];
  if (divisor === 0) return context.fail("the divisor is 0");
  return bounded(context, "\\div", Math.floor(dividend / divisor));
}

function remainder(context: StandardContext, a: Computed, b: Computed): number {
  const [dividend, divisor] = [integer(context, a), integer(context, b)];
  if (divisor <= 0) return context.fail("the right operand of % is not positive");
  return (((dividend % divisor) + divisor) % divisor) + 0;
}
