import { listFollows, operandEnd, operandStart } from "./operands.js";
import type { Unit } from "./splitModule.js";
import { type Token, tokenise } from "./tokenise.js";
import { unsupported } from "./unsupported.js";

/**
 * Definitions that divide as TLA+ does. The engine's own `%` and `\div` round towards zero, so
 * they give another result for a negative dividend; and TLC accepts no divisor below 1. The
 * parameters have names that no model has, because the engine confuses parameters with variables
 * of the same name.
 */
export const DIVISION_HELPERS = [
  "EmbeddedMod(embeddedLeft, embeddedRight) ==",
  '  IF embeddedRight < 1 THEN Assert(FALSE, "divisor below 1")',
  "  ELSE IF embeddedLeft % embeddedRight < 0 THEN (embeddedLeft % embeddedRight) + embeddedRight",
  "  ELSE embeddedLeft % embeddedRight",
  "EmbeddedDiv(embeddedLeft, embeddedRight) ==",
  '  IF embeddedRight < 1 THEN Assert(FALSE, "divisor below 1")',
  "  ELSE IF embeddedLeft % embeddedRight < 0 THEN (embeddedLeft \\div embeddedRight) - 1",
  "  ELSE embeddedLeft \\div embeddedRight",
].join("\n");

const HELPER_OF: Readonly<Record<string, string>> = { "%": "EmbeddedMod", "\\div": "EmbeddedDiv" };

/** Operators that bind as tightly as a division, or tighter, and so would need its operand. */
const TIGHT: ReadonlySet<string> = new Set(["*", "/", "^", "%", "\\div", ".", "!"]);

/**
 * Replaces each `a % b` and `a \div b` in a unit by a call of a helper. Operands must be names,
 * numbers, applications or parenthesised expressions.
 *
 * @throws ToolError EMBEDDED_UNSUPPORTED for an operand that cannot be told apart safely, and
 *   where the replacement would move a `/\` or `\/` list.
 */
export function rewriteDivision(unit: Unit): Unit {
  let { text } = unit;
  for (;;) {
    const tokens = tokenise(text);
    const index = tokens.findIndex((token) => token.text in HELPER_OF);
    const operator = tokens[index];
    if (operator === undefined) return { ...unit, text };
    const replaced = replaceAt(text, tokens, index, operator);
    if (replaced === undefined) {
      throw unsupported(
        `the operands of ${operator.text} are too complex to rewrite`,
        `${unit.file}:${unit.line + operator.line - 1}:${operator.column}`,
        "Put the operands in parentheses, on a line without further lists; or run TLC.",
      );
    }
    text = replaced;
  }
}

function replaceAt(
  text: string,
  tokens: readonly Token[],
  index: number,
  operator: Token,
): string | undefined {
  const start = operandStart(tokens, index - 1);
  const end = operandEnd(tokens, index + 1);
  if (start === undefined || end === undefined || listFollows(tokens, end)) return undefined;
  const [left, right] = [tokens[start], tokens[end]];
  if (left === undefined || right === undefined) return undefined;
  if (!isLooseBefore(tokens[start - 1], operator)) return undefined;
  if (!isLooseAfter(tokens[end + 1], operator)) return undefined;
  const rightEnd = right.offset + right.text.length;
  const dividend = text.slice(left.offset, operator.offset).trimEnd();
  const divisor = text.slice(operator.offset + operator.text.length, rightEnd).trimStart();
  const call = `${HELPER_OF[operator.text]}(${dividend}, ${divisor})`;
  return text.slice(0, left.offset) + call + text.slice(rightEnd);
}

function isLooseBefore(token: Token | undefined, operator: Token): boolean {
  if (token === undefined || TIGHT.has(token.text)) return false;
  // A minus before `a % b` belongs to `a`; before `a \div b` it belongs to the quotient.
  return !(token.text === "-" && operator.text === "%");
}

function isLooseAfter(token: Token | undefined, operator: Token): boolean {
  if (token === undefined) return true;
  if (token.text === "%" && operator.text === "\\div") return true;
  return !TIGHT.has(token.text);
}
