/**
 * Reads TLC's state graph (`-dump dot,actionlabels`) as a stream of lines, as versions from 2.18
 * on write it. Newer ones give an edge the parameters of its action, and a state a tooltip beside
 * its label: the label is then what an ALIAS makes of the state, the tooltip is the state.
 *
 * The file names a state by its fingerprint, a 64-bit number. A state's line comes once, right
 * after the first edge into it; an edge's line comes once for each step that TLC generated, so
 * parallel edges and self-loops are all there although the header says `strict`.
 */
import { closeSync, openSync, readSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import { VerifyError } from "../support/verifyError.js";
import { unescapeDot } from "./dumpText.js";

/**
 * A fingerprint, split so that each part is exact: its first ten digits, and a 1 before the rest.
 */
export interface Fingerprint {
  head: number;
  tail: number;
}

export interface DumpVisitor {
  /** @param text The state as TLC prints it, with the escapes of the dot format. */
  state(id: Fingerprint, text: string, initial: boolean, line: number): void;
  /** @param parameters As TLC prints them, without parentheses; undefined without any. */
  edge(
    from: Fingerprint,
    to: Fingerprint,
    action: string,
    parameters: string | undefined,
    line: number,
  ): void;
}

const CHUNK_BYTES = 1 << 20;
const LABEL = ' [label="';
const ARROW = " -> ";
/** In a label a quote has a backslash before it, so this is never part of one. */
const TOOLTIP = '",tooltip="';
/** A stuttering step, which TLC adds for liveness; it is none of the next-state relation. */
const STUTTERING = ' [style="dashed"';
/** How TLC marks a state that a constraint excludes, where it was asked to show those. */
const EXCLUDED = "fillcolor=lightyellow]";
/** What bytes that are no UTF-8 are read as. */
const NO_UTF8 = "\uFFFD";

/**
 * Streams the dump to `visitor`; the `Fingerprint` objects are used again for the next line.
 *
 * @returns how many lines it has.
 * @throws VerifyError DUMP_UNREADABLE, DUMP_TRUNCATED, DUMP_MALFORMED
 */
export function readDump(path: string, visitor: DumpVisitor): number {
  const file = openDump(path);
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  const decoder = new StringDecoder("utf8");
  const lines = new DumpLines(path, visitor);
  let rest = "";
  try {
    for (let got = readChunk(file, chunk, path); got > 0; got = readChunk(file, chunk, path)) {
      // The strings of a model may have any characters; one may lie across two chunks.
      const text = rest + decoder.write(chunk.subarray(0, got));
      lines.isUtf8 = !text.includes(NO_UTF8);
      let start = 0;
      for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
        lines.take(text, start, end);
        start = end + 1;
      }
      rest = text.slice(start);
    }
  } finally {
    closeSync(file);
  }
  lines.finish(rest + decoder.end());
  return lines.count;
}

function openDump(path: string): number {
  try {
    return openSync(path, "r");
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** A directory, for one, can be opened but not read. */
function readChunk(file: number, chunk: Buffer, path: string): number {
  try {
    return readSync(file, chunk);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): VerifyError {
  return new VerifyError({
    code: "DUMP_UNREADABLE",
    what: `the state graph cannot be read: ${(cause as Error).message}`,
    where: path,
    hint: "let TLC write it again: ffa-verify conform MODEL",
  });
}

class DumpLines {
  count = 0;
  /** False where a line is not, and so each is looked at. */
  isUtf8 = true;
  private ended = false;
  private readonly from: Fingerprint = { head: 0, tail: 0 };
  private readonly to: Fingerprint = { head: 0, tail: 0 };

  constructor(
    private readonly path: string,
    private readonly visitor: DumpVisitor,
  ) {}

  take(text: string, start: number, end: number): void {
    this.count++;
    const first = text.charCodeAt(start);
    const isNumber = first === 45 || (first >= 48 && first <= 57);
    if (isNumber) this.numbered(text, start, end);
    else this.other(text.slice(start, end));
  }

  /** Only a complete dump ends with the closing brace of the graph. */
  finish(rest: string): void {
    if (this.count === 0 && rest === "") throw this.error("DUMP_TRUNCATED", "is empty");
    // A graph in colours has a legend, whose last brace comes right before the graph's own.
    if (rest !== "" && rest !== "}" && rest !== "}}")
      throw this.error("DUMP_TRUNCATED", "ends within a line");
    if (rest === "" && !this.ended)
      throw this.error("DUMP_TRUNCATED", "ends before its last brace");
  }

  private numbered(text: string, start: number, end: number): void {
    if (!this.isUtf8 && text.slice(start, end).includes(NO_UTF8))
      throw this.error("DUMP_MALFORMED", "has bytes that are not UTF-8");
    const space = readFingerprint(text, start, this.from);
    if (text.startsWith(LABEL, space)) this.state(text.slice(space + LABEL.length, end));
    else if (text.startsWith(ARROW, space)) this.edge(text, space + ARROW.length, end);
    else throw this.error("DUMP_MALFORMED", "has a line that is no state and no edge");
  }

  private state(rest: string): void {
    const close = rest.lastIndexOf('"');
    if (close < 0) throw this.error("DUMP_MALFORMED", "has a state without an end");
    if (rest.includes(EXCLUDED, close)) {
      throw this.error("DUMP_MALFORMED", "has states that a constraint excludes from the model");
    }
    const tooltip = rest.lastIndexOf(TOOLTIP, close);
    const start = tooltip < 0 ? 0 : tooltip + TOOLTIP.length;
    const initial = rest.endsWith(",style = filled]");
    this.visitor.state(this.from, rest.slice(start, close), initial, this.count);
  }

  private edge(text: string, start: number, end: number): void {
    const labelAt = readFingerprint(text, start, this.to);
    if (text.startsWith(STUTTERING, labelAt)) return;
    const from = labelAt + LABEL.length;
    const close = text.startsWith(LABEL, labelAt) ? endOfQuoted(text, from, end) : -1;
    if (close < 0) throw this.error("DUMP_MALFORMED", "has an edge without its action");
    const label = text.slice(from, close);
    const open = label.indexOf("(");
    const action = open < 0 ? label : label.slice(0, open);
    const parameters = open < 0 ? undefined : unescapeDot(label.slice(open + 1, -1));
    this.visitor.edge(this.from, this.to, action, parameters, this.count);
  }

  /** Header, legend and ranks say nothing that is needed. */
  private other(line: string): void {
    if (this.count === 1 && !line.startsWith("strict digraph")) {
      throw this.error("DUMP_MALFORMED", "does not start as TLC's dumps do");
    }
    this.ended = line === "}";
  }

  private error(code: "DUMP_TRUNCATED" | "DUMP_MALFORMED", detail: string): VerifyError {
    return new VerifyError({
      code,
      what: `the state graph ${detail}`,
      where: `${this.path}:${this.count}:1`,
      expected: "a dump that TLC wrote to its end with -dump dot,actionlabels",
      hint: "let TLC write it again, on a disk with room for it",
    });
  }
}

/** Where the quote stands that ends a text before `end`; -1 without one. */
function endOfQuoted(text: string, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) return at;
    if (code === 92) at++;
  }
  return -1;
}

/** Reads digits from `start`; answers where they end. */
function readFingerprint(text: string, start: number, into: Fingerprint): number {
  let i = start;
  const negative = text.charCodeAt(i) === 45;
  if (negative) i++;
  let head = 0;
  let tail = 1;
  for (let digits = 0; ; i++, digits++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) break;
    if (digits < 10) head = head * 10 + digit;
    else tail = tail * 10 + digit;
  }
  into.head = negative ? -head : head;
  into.tail = tail;
  return i;
}
