import type { ErrorCode } from "../support/errorCodes.js";
import { ToolError } from "../support/ToolError.js";
import type { TlaValue } from "./TlaValue.js";

/** Values nested deeper than this are refused, so that no input can exhaust the stack. */
const MAX_DEPTH = 500;

/** Integers of up to this many digits are exact as a JavaScript number. */
const SAFE_DIGITS = 15;

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  n: "\n",
  t: "\t",
  r: "\r",
  f: "\f",
};

/**
 * A recursive-descent reader over one text. It works on character codes and slices, without
 * regular expressions, because a dump has a value for every variable of every state.
 */
export class ValueReader {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly text: string,
    private readonly errorCode: ErrorCode,
  ) {}

  /** Whether only white space is left. */
  atEnd(): boolean {
    this.skipSpace();
    return this.at >= this.text.length;
  }

  /** Takes `token` if the text goes on with it, after white space. */
  take(token: string): boolean {
    this.skipSpace();
    if (!this.text.startsWith(token, this.at)) return false;
    this.at += token.length;
    return true;
  }

  /** Takes `token` or throws. */
  expect(token: string): void {
    if (!this.take(token)) this.fail(`\`${token}\``);
  }

  /** Takes an identifier: letters, digits and underscores, not digits alone. */
  identifier(): string {
    this.skipSpace();
    const word = this.word();
    if (word === "" || isDigits(word)) {
      this.at -= word.length;
      this.fail("an identifier");
    }
    return word;
  }

  /** Takes a whole value, a chain of `:>` and `@@` included. */
  value(): TlaValue {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) this.fail(`at most ${MAX_DEPTH} nested values`);
    const first = this.primary();
    const whole = this.take(":>") ? this.functionFrom(first) : first;
    this.depth -= 1;
    return whole;
  }

  /** Skips white space; answers where the text goes on, as `line:column`. */
  place(): string {
    this.skipSpace();
    const before = this.text.slice(0, this.at);
    return `${before.split("\n").length}:${this.at - before.lastIndexOf("\n")}`;
  }

  /** Throws the coded error for the present position. */
  fail(expected: string): never {
    const before = this.text.slice(0, this.at);
    const line = before.split("\n").length;
    const column = this.at - before.lastIndexOf("\n");
    const rest = this.text.slice(this.at, this.at + 30);
    throw new ToolError({
      code: this.errorCode,
      what: `expected ${expected} at line ${line}, column ${column}`,
      where: `${line}:${column}`,
      expected,
      found: rest === "" ? "the end of the text" : rest,
      hint: "A set that TLC did not enumerate, as SUBSET S, is printed as an expression; avoid it.",
    });
  }

  private functionFrom(firstKey: TlaValue): TlaValue {
    const entries: [TlaValue, TlaValue][] = [[firstKey, this.primary()]];
    while (this.take("@@")) {
      const key = this.primary();
      this.expect(":>");
      entries.push([key, this.primary()]);
    }
    return { type: "function", entries };
  }

  private primary(): TlaValue {
    this.skipSpace();
    switch (this.text[this.at]) {
      case '"':
        return { type: "string", value: this.string() };
      case "{":
        this.at += 1;
        return { type: "set", elements: this.list("}") };
      case "[":
        this.at += 1;
        return this.record();
      case "(":
        return this.parenthesised();
      case "<":
        this.expect("<<");
        return { type: "tuple", elements: this.list(">>") };
      default:
        return this.numberOrName();
    }
  }

  private parenthesised(): TlaValue {
    this.at += 1;
    const inner = this.value();
    this.expect(")");
    return inner;
  }

  private list(close: string): TlaValue[] {
    const elements: TlaValue[] = [];
    if (this.take(close)) return elements;
    do elements.push(this.value());
    while (this.take(","));
    this.expect(close);
    return elements;
  }

  private record(): TlaValue {
    const fields: [string, TlaValue][] = [];
    if (this.take("]")) return { type: "record", fields };
    do {
      const name = this.identifier();
      this.expect("|->");
      fields.push([name, this.value()]);
    } while (this.take(","));
    this.expect("]");
    return { type: "record", fields };
  }

  private numberOrName(): TlaValue {
    if (this.text[this.at] === "-") return this.intOrInterval();
    const start = this.at;
    const word = this.word();
    if (word === "") this.fail("a value");
    if (!isDigits(word)) return namedValue(word);
    this.at = start;
    return this.intOrInterval();
  }

  private intOrInterval(): TlaValue {
    const low = this.integer();
    if (!this.take("..")) return { type: "int", value: low };
    this.skipSpace();
    return { type: "interval", low, high: this.integer() };
  }

  private integer(): number | bigint {
    const start = this.at;
    if (this.text[this.at] === "-") this.at += 1;
    const digits = this.word();
    if (!isDigits(digits)) {
      this.at = start;
      this.fail("an integer");
    }
    const whole = this.text.slice(start, this.at);
    // The sum keeps `-0` from becoming the negative zero of JavaScript.
    if (digits.length <= SAFE_DIGITS) return Number(whole) + 0;
    const exact = BigInt(whole);
    return Number.isSafeInteger(Number(exact)) ? Number(exact) : exact;
  }

  private string(): string {
    this.at += 1;
    let value = "";
    let runStart = this.at;
    for (;;) {
      const char = this.text[this.at];
      if (char === undefined) this.fail('a closing `"`');
      if (char === '"') break;
      if (char === "\\") {
        value += this.text.slice(runStart, this.at) + this.escape();
        runStart = this.at;
      } else {
        this.at += 1;
      }
    }
    value += this.text.slice(runStart, this.at);
    this.at += 1;
    return value;
  }

  private escape(): string {
    const resolved = ESCAPES[this.text[this.at + 1] ?? ""];
    if (resolved === undefined) this.fail('one of the escapes \\" \\\\ \\n \\t \\r \\f');
    this.at += 2;
    return resolved;
  }

  private word(): string {
    const start = this.at;
    while (isWordCode(this.text.charCodeAt(this.at))) this.at += 1;
    return this.text.slice(start, this.at);
  }

  private skipSpace(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      // Space, line feed, carriage return, tab: what TLC's pretty-printer puts between tokens.
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
      this.at += 1;
    }
  }
}

function namedValue(word: string): TlaValue {
  if (word === "TRUE") return { type: "boolean", value: true };
  if (word === "FALSE") return { type: "boolean", value: false };
  return { type: "model", name: word };
}

function isDigits(word: string): boolean {
  for (let i = 0; i < word.length; i += 1) {
    const code = word.charCodeAt(i);
    if (code < 48 || code > 57) return false;
  }
  return word !== "";
}

function isWordCode(code: number): boolean {
  return (
    (code >= 48 && code <= 57) ||
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    code === 95
  );
}
