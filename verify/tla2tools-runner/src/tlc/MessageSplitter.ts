import type { TlcMessage, TlcMessageClass } from "./TlcMessage.js";

const CLASSES: readonly TlcMessageClass[] = ["none", "error", "bug", "warning", "state"];
const FRAME = /@!@!@(?:STARTMSG (-?\d+):(\d+)|ENDMSG (-?\d+)) @!@!@/g;

/** A message whose end has not been seen yet. */
interface OpenMessage {
  readonly code: number;
  readonly class: TlcMessageClass;
  readonly lines: string[];
  readonly nested: TlcMessage[];
}

/** What a line of output completed. */
export type SplitOutput =
  | { readonly type: "message"; readonly message: TlcMessage }
  | { readonly type: "raw"; readonly line: string };

/**
 * Splits TLC's `-tool` output, line by line, into numbered messages and the raw lines between
 * them (the parser's reports and what the model prints). Frames may begin in the middle of a
 * line, and messages nest, because TLC frames the text of an exception too.
 */
export class MessageSplitter {
  private readonly open: OpenMessage[] = [];

  /** Whether the output so far ends inside a message: it was cut off. */
  get isInsideMessage(): boolean {
    return this.open.length > 0;
  }

  /** Takes one line, without its line break, and says what it completed. */
  line(line: string): SplitOutput[] {
    const output: SplitOutput[] = [];
    let from = 0;
    for (const frame of line.matchAll(FRAME)) {
      this.text(line.slice(from, frame.index), output, true);
      from = frame.index + frame[0].length;
      if (frame[1] === undefined) this.end(Number(frame[3]), output);
      else this.start(Number(frame[1]), Number(frame[2]));
    }
    this.text(line.slice(from), output, from > 0);
    return output;
  }

  private start(code: number, classNumber: number): void {
    this.open.push({ code, class: CLASSES[classNumber] ?? "unknown", lines: [], nested: [] });
  }

  private end(code: number, output: SplitOutput[]): void {
    const at = this.open.findLastIndex((message) => message.code === code);
    if (at < 0) return;
    // Messages that were opened inside and never closed end here as well.
    while (this.open.length > at) {
      const done = this.open.pop();
      if (done === undefined) return;
      const message: TlcMessage = {
        code: done.code,
        class: done.class,
        text: done.lines.join("\n").trim(),
        nested: done.nested,
      };
      const outer = this.open.at(-1);
      if (outer === undefined) output.push({ type: "message", message });
      else outer.nested.push(message);
    }
  }

  private text(text: string, output: SplitOutput[], besideFrame: boolean): void {
    if (besideFrame && text === "") return;
    if (this.open.length === 0) output.push({ type: "raw", line: text });
    for (const message of this.open) message.lines.push(text);
  }
}
