import { formatValue } from "./formatValue.js";
import { isIdentifier } from "./isIdentifier.js";
import { isDigits, TextCursor } from "./TextCursor.js";
import type { TextValue, TlaValue } from "./TlaValue.js";

/** Values nested deeper than this are refused, so that no input can exhaust the stack. */
const MAX_DEPTH = 500;

/** What TLC puts between two sets when it prints what was not enumerated; longest first. */
const SET_OPERATORS = ["\\cup", "\\cap", "\\X", "\\ "] as const;

/** Sets that TLC has no elements of, and the mark of a value that is not there. */
const NEVER_ENUMERATED: ReadonlySet<string> = new Set(["Nat", "Int", "STRING", "ANY", "UNDEF"]);

/**
 * A recursive-descent reader of what TLC prints for values. What TLC has not enumerated it prints
 * as an expression; that is read too, and given as its text in one form, however TLC broke the
 * lines.
 */
export class ValueReader extends TextCursor {
  private depth = 0;

  /** Takes a whole value, a chain of `:>` and `@@` included. */
  value(): TlaValue {
    const first = this.operand();
    return this.take(":>") ? this.functionFrom(first) : first;
  }

  private functionFrom(firstKey: TlaValue): TlaValue {
    const entries: [TlaValue, TlaValue][] = [[firstKey, this.operand()]];
    while (this.take("@@")) {
      const key = this.operand();
      this.expect(":>");
      entries.push([key, this.operand()]);
    }
    return { type: "function", entries };
  }

  /** A value, or several sets with operators between them. */
  private operand(): TlaValue {
    let whole = this.primary();
    for (let operator = this.setOperator(); operator !== undefined; operator = this.setOperator()) {
      whole = textOf`${whole} ${operator} ${this.primary()}`;
    }
    return whole;
  }

  private setOperator(): string | undefined {
    this.skipSpace();
    if (this.text[this.at] !== "\\") return undefined;
    return SET_OPERATORS.find((operator) => this.take(operator))?.trim();
  }

  private primary(): TlaValue {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) this.fail(`at most ${MAX_DEPTH} nested values`);
    const value = this.single();
    this.depth -= 1;
    return value;
  }

  private single(): TlaValue {
    this.skipSpace();
    switch (this.text[this.at]) {
      case '"':
        return { type: "string", value: this.string() };
      case "{":
        this.at += 1;
        return this.set();
      case "[":
        this.at += 1;
        return this.bracketed();
      case "(":
        this.at += 1;
        return this.parenthesised();
      case "<":
        return this.angled();
      default:
        return this.numberOrName();
    }
  }

  /** A function, or a product of sets, which TLC prints as `(S \X T)`. */
  private parenthesised(): TlaValue {
    const inner = this.value();
    this.expect(")");
    return inner.type === "text" ? textOf`(${inner})` : inner;
  }

  private list(close: string): TlaValue[] {
    const elements: TlaValue[] = [];
    if (this.take(close)) return elements;
    do elements.push(this.value());
    while (this.take(","));
    this.expect(close);
    return elements;
  }

  /** `{1, 2}`, or what TLC prints of a filter: `{x \in S : <expression line ...> }`. */
  private set(): TlaValue {
    const elements: TlaValue[] = [];
    if (this.take("}")) return { type: "set", elements };
    do elements.push(this.value());
    while (this.take(","));
    if (!this.take("\\in")) {
      this.expect("}");
      return { type: "set", elements };
    }
    const from = this.value();
    this.expect(":");
    const condition = this.described();
    this.expect("}");
    return textOf`{${elements.map(formatValue).join(", ")} \\in ${from} : ${condition} }`;
  }

  /** A tuple, or a thing that TLC only describes: `<Operator F>`. */
  private angled(): TlaValue {
    if (this.take("<<")) return { type: "tuple", elements: this.list(">>") };
    return { type: "text", text: this.described() };
  }

  /** `<Operator F>`, `<expression line ...>`, `<LAZY ...>`, `<Java Method: ...>`. */
  private described(): string {
    this.skipSpace();
    const end = this.text.indexOf(">", this.at);
    if (!/^<[A-Za-z]/.test(this.text.slice(this.at, this.at + 2)) || end < 0) this.fail("`<<`");
    const text = this.text.slice(this.at, end + 1);
    this.at = end + 1;
    return text.replace(/\s+/g, " ");
  }

  /**
   * A record; or a set of functions `[S -> T]`, a set of records `[a: S, b: T]`, or a function on
   * a set that TLC does not enumerate, `[x \in Nat |-> <expression line ...>]`.
   */
  private bracketed(): TlaValue {
    if (this.take("]")) return { type: "record", fields: [] };
    const start = this.at;
    const name = this.fieldName();
    if (name !== undefined) return this.recordFrom(name);
    this.at = start;
    const first = this.value();
    if (this.take("->")) {
      const range = this.value();
      this.expect("]");
      return textOf`[${first} -> ${range}]`;
    }
    if (this.take(":")) return this.recordSetFrom(first);
    if (this.take("\\in")) return this.functionOn(first);
    return this.fail("`|->`, `->`, `:` or `\\in`");
  }

  /**
   * Records that TLC reads from JSON files have names that are no identifiers, and it prints them
   * as they are. Such a record is the function on strings that it is in TLA+.
   */
  private recordFrom(first: string): TlaValue {
    const fields: [string, TlaValue][] = [[first, this.value()]];
    while (this.take(",")) {
      const name = this.fieldName();
      if (name === undefined) this.fail("an identifier and `|->`");
      fields.push([name, this.value()]);
    }
    this.expect("]");
    if (fields.every(([name]) => isIdentifier(name))) return { type: "record", fields };
    return {
      type: "function",
      entries: fields.map(([name, of]) => [{ type: "string", value: name }, of]),
    };
  }

  /** Takes `name |->`; undefined, with nothing taken, where the text does not go on with that. */
  private fieldName(): string | undefined {
    const start = this.at;
    this.skipSpace();
    const word = this.word();
    if (word !== "" && this.take("|->")) return word;
    this.at = start;
    const arrow = this.text.indexOf(" |-> ", start);
    const name = this.text.slice(start, arrow).replace(/^ /, "");
    if (arrow < 0 || NOT_IN_A_NAME.test(name)) return undefined;
    this.at = arrow + " |-> ".length;
    return name;
  }

  private recordSetFrom(first: TlaValue): TlaValue {
    const fields = [`${formatValue(first)}: ${formatValue(this.value())}`];
    while (this.take(",")) {
      const name = this.identifier();
      this.expect(":");
      fields.push(`${name}: ${formatValue(this.value())}`);
    }
    this.expect("]");
    return textOf`[${fields.join(", ")}]`;
  }

  private functionOn(first: TlaValue): TlaValue {
    const bounds = [`${formatValue(first)} \\in ${formatValue(this.value())}`];
    while (this.take(",")) {
      const name = this.value();
      this.expect("\\in");
      bounds.push(`${formatValue(name)} \\in ${formatValue(this.value())}`);
    }
    this.expect("|->");
    const body = this.described();
    this.expect("]");
    return textOf`[${bounds.join(", ")} |-> ${body}]`;
  }

  private numberOrName(): TlaValue {
    if (this.text[this.at] === "-") return this.intOrInterval();
    const start = this.at;
    const word = this.word();
    if (word === "") this.fail("a value");
    if (isDigits(word)) {
      this.at = start;
      return this.intOrInterval();
    }
    if (this.text[this.at] === "(") return this.call(word);
    if (word === "SUBSET") return this.powerSet();
    return namedValue(word);
  }

  /** What TLC prints as `UNION(S)` and `Seq(S)`. */
  private call(operator: string): TlaValue {
    this.at += 1;
    return textOf`${operator}(${this.list(")").map(formatValue).join(", ")})`;
  }

  /** Only newer versions of TLC put parentheses around an interval; TLA+ needs them. */
  private powerSet(): TlaValue {
    const of = this.primary();
    return of.type === "interval" ? textOf`SUBSET (${of})` : textOf`SUBSET ${of}`;
  }

  private intOrInterval(): TlaValue {
    const low = this.integer();
    if (!this.take("..")) return { type: "int", value: low };
    this.skipSpace();
    return { type: "interval", low, high: this.integer() };
  }
}

/** What cannot be part of a field's name, or else `|->` of a later field would be taken for its. */
const NOT_IN_A_NAME = /[\n"<>[\]{}\\]|\|->/;

function textOf(parts: TemplateStringsArray, ...values: readonly (TlaValue | string)[]): TextValue {
  const texts = values.map((value) => (typeof value === "string" ? value : formatValue(value)));
  return { type: "text", text: String.raw({ raw: parts }, ...texts) };
}

function namedValue(word: string): TlaValue {
  if (word === "TRUE") return { type: "boolean", value: true };
  if (word === "FALSE") return { type: "boolean", value: false };
  if (NEVER_ENUMERATED.has(word)) return { type: "text", text: word };
  return { type: "model", name: word };
}
