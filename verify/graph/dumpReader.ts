/**
 * Reads TLC's state graph (`-dump dot,actionlabels`) as a stream of lines.
 *
 * The file names a state by its fingerprint, a 64-bit number. A state's line comes once, right
 * after the first edge into it; an edge's line comes once for each step that TLC generated, so
 * parallel edges and self-loops are all there although the header says `strict`.
 */
import { closeSync, openSync, readSync } from "node:fs";
import { VerifyError } from "../support/verifyError.js";

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
  edge(from: Fingerprint, to: Fingerprint, action: string, line: number): void;
}

const CHUNK_BYTES = 1 << 20;
const LABEL = ' [label="';
const ARROW = " -> ";

/**
 * Streams the dump to `visitor`; the `Fingerprint` objects are used again for the next line.
 *
 * @returns how many lines it has.
 * @throws VerifyError DUMP_UNREADABLE, DUMP_TRUNCATED, DUMP_MALFORMED
 */
export function readDump(path: string, visitor: DumpVisitor): number {
  const file = openDump(path);
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  const lines = new DumpLines(path, visitor);
  let rest = "";
  try {
    for (let got = readChunk(file, chunk, path); got > 0; got = readChunk(file, chunk, path)) {
      // TLC writes nothing but ASCII here, and latin1 keeps one character a byte.
      const text = rest + chunk.toString("latin1", 0, got);
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
  lines.finish(rest);
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
    if (rest !== "" && rest !== "}") throw this.error("DUMP_TRUNCATED", "ends within a line");
    if (rest === "" && !this.ended)
      throw this.error("DUMP_TRUNCATED", "ends before its last brace");
  }

  private numbered(text: string, start: number, end: number): void {
    const space = readFingerprint(text, start, this.from);
    if (text.startsWith(LABEL, space)) {
      const initial = text.endsWith(",style = filled]", end);
      const close = text.lastIndexOf('"', end - 1);
      const from = space + LABEL.length;
      if (close < from) throw this.error("DUMP_MALFORMED", "has a state without an end");
      this.visitor.state(this.from, text.slice(from, close), initial, this.count);
      return;
    }
    if (!text.startsWith(ARROW, space)) {
      throw this.error("DUMP_MALFORMED", "has a line that is no state and no edge");
    }
    const labelAt = readFingerprint(text, space + ARROW.length, this.to);
    const from = labelAt + LABEL.length;
    const close = text.indexOf('"', from);
    if (!text.startsWith(LABEL, labelAt) || close < 0 || close > end) {
      throw this.error("DUMP_MALFORMED", "has an edge without its action");
    }
    this.visitor.edge(this.from, this.to, text.slice(from, close), this.count);
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
