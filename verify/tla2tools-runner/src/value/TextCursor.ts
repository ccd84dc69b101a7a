import type { ErrorCode } from "../support/errorCodes.js";
import { ToolError } from "../support/ToolError.js";
import { exactInteger } from "./exactInteger.js";

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  n: "\n",
  t: "\t",
  r: "\r",
  f: "\f",
};

/**
 * A place in a text that TLC printed, and the tokens from there on. It works on character codes
 * and slices, without regular expressions, because a dump has a value for every variable of every
 * state.
 */
export class TextCursor {
  protected at = 0;

  constructor(
    protected readonly text: string,
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

  /** Skips white space; answers where the text goes on, as `line:column`. */
  place(): string {
    this.skipSpace();
    const { line, column } = this.lineAndColumn();
    return `${line}:${column}`;
  }

  /** Throws the coded error for the present position. */
  fail(expected: string): never {
    const { line, column } = this.lineAndColumn();
    const rest = this.text.slice(this.at, this.at + 30);
    throw new ToolError({
      code: this.errorCode,
      what: `expected ${expected} at line ${line}, column ${column}`,
      where: `${line}:${column}`,
      expected,
      found: rest === "" ? "the end of the text" : rest,
      hint: "give the text of a value or a state exactly as TLC prints it",
    });
  }

  protected integer(): number | bigint {
    const start = this.at;
    if (this.text[this.at] === "-") this.at += 1;
    const digits = this.word();
    if (!isDigits(digits)) {
      this.at = start;
      this.fail("an integer");
    }
    return exactInteger(this.text.slice(start, this.at));
  }

  protected string(): string {
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

  protected word(): string {
    const start = this.at;
    while (isWordCode(this.text.charCodeAt(this.at))) this.at += 1;
    return this.text.slice(start, this.at);
  }

  protected skipSpace(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      // Space, line feed, carriage return, tab: what TLC's pretty-printer puts between tokens.
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
      this.at += 1;
    }
  }

  private lineAndColumn(): { line: number; column: number } {
    const before = this.text.slice(0, this.at);
    return { line: before.split("\n").length, column: this.at - before.lastIndexOf("\n") };
  }
}

/** Whether a word is a number. */
export function isDigits(word: string): boolean {
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
