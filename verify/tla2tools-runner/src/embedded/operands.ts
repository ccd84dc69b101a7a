import type { Token } from "./tokenise.js";

/** Words that stand before an operand and are none themselves. */
const BEFORE_OPERAND: ReadonlySet<string> = new Set(["THEN", "ELSE", "IF", "IN", "CASE", "OTHER"]);
const OPENING: ReadonlySet<string> = new Set(["(", "[", "{", "<<"]);
const CLOSING: ReadonlySet<string> = new Set([")", "]", "}", ">>"]);

/** The index of the bracket that matches the one at `from`; direction -1 looks backwards. */
export function matching(
  tokens: readonly Token[],
  from: number,
  direction: 1 | -1,
): number | undefined {
  let depth = 0;
  for (let at = from; at >= 0 && at < tokens.length; at += direction) {
    const text = tokens[at]?.text ?? "";
    if (OPENING.has(text)) depth += direction;
    if (CLOSING.has(text)) depth -= direction;
    if (depth === 0) return at;
  }
  return undefined;
}

/** Whether a token is a name, a number or the `@` of EXCEPT, an operand by itself. */
function isName(token: Token): boolean {
  return token.text === "@" || (token.kind === "word" && !BEFORE_OPERAND.has(token.text));
}

/** Whether an operand may end with a token, so that what follows is an infix operator. */
export function isOperandEnd(token: Token | undefined): boolean {
  if (token === undefined) return false;
  if (isName(token)) return true;
  return token.kind === "string" || CLOSING.has(token.text) || token.text === "'";
}

/** Where the operand that ends at a token begins: `a`, `F(a)`, `f[a][b].c'` or `(a + b)`. */
export function operandStart(tokens: readonly Token[], end: number): number | undefined {
  let at = end;
  while (tokens[at]?.text === "'") at -= 1;
  for (;;) {
    const token = tokens[at];
    if (token === undefined) return undefined;
    if (token.text === "]" || token.text === ")") {
      const open = matching(tokens, at, -1);
      if (open === undefined) return undefined;
      const isApplied = isOperandEnd(tokens[open - 1]);
      if (!isApplied) return token.text === ")" ? open : undefined;
      at = open - 1;
    } else if (isName(token)) {
      if (tokens[at - 1]?.text !== ".") return at;
      at -= 2;
    } else {
      return undefined;
    }
  }
}

/** Where the operand that begins at a token ends. */
export function operandEnd(tokens: readonly Token[], start: number): number | undefined {
  const first = tokens[start];
  if (first === undefined) return undefined;
  if (first.text !== "(" && !isName(first)) return undefined;
  let at = first.text === "(" ? matching(tokens, start, 1) : start;
  while (at !== undefined) {
    const next = tokens[at + 1]?.text;
    if (next === "(" || next === "[") at = matching(tokens, at + 1, 1);
    else if (next === ".") at += 2;
    else if (next === "'") at += 1;
    else return at;
  }
  return undefined;
}

/**
 * Whether a list of `/\` or `\/` begins on the line of a token, after it. The meaning of such a
 * list depends on its column, so nothing before it on that line may be replaced.
 */
export function listFollows(tokens: readonly Token[], index: number): boolean {
  const line = tokens[index]?.line;
  for (let at = index + 1; at < tokens.length && tokens[at]?.line === line; at += 1) {
    const text = tokens[at]?.text;
    if ((text === "/\\" || text === "\\/") && !isOperandEnd(tokens[at - 1])) return true;
  }
  return false;
}
