/** A token of a TLA+ text. */
export interface Token {
  readonly kind: "word" | "string" | "symbol";
  readonly text: string;
  /** Where the token begins in the text, from 0. */
  readonly offset: number;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** What a token may be; of several that fit at one place the first is taken. */
const TOKEN = new RegExp(
  [
    /"(?:\\.|[^"\\\n])*"/,
    /[A-Za-z0-9_]+/,
    /\\[A-Za-z]+/,
    /-{4,}|={4,}/,
    /<=>|\|->|==|=>|=<|<=|>=|\/\\|\\\/|<<|>>|->|<-|\.\.|::|:>|@@|\/=|~>|<>|\[\]/,
    /\S/,
  ]
    .map((pattern) => pattern.source)
    .join("|"),
  "g",
);

/** Splits a text without comments into tokens; exact enough to find names, lists and operands. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let lineStart = 0;
  let scanned = 0;
  for (const match of text.matchAll(TOKEN)) {
    for (; scanned < match.index; scanned += 1) {
      if (text[scanned] !== "\n") continue;
      line += 1;
      lineStart = scanned + 1;
    }
    const [found] = match;
    const kind = found.startsWith('"') ? "string" : /^\w/.test(found) ? "word" : "symbol";
    const column = match.index - lineStart + 1;
    tokens.push({ kind, text: found, offset: match.index, line, column });
  }
  return tokens;
}
