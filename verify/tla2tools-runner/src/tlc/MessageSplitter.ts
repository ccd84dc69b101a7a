import { isTopLevel } from "./messageCodes.js";
import type { TlcMessage, TlcMessageClass } from "./TlcMessage.js";

const CLASSES: readonly TlcMessageClass[] = ["none", "error", "bug", "warning", "state"];
/** TLC ends the line behind the start of a message; inside a message `: ` may stand before it. */
const START = /^(: )?@!@!@STARTMSG (-?\d+):(\d+) @!@!@$/;
/** TLC begins a line for the end of a message; a message around it may go on behind it. */
const END = /^@!@!@ENDMSG (-?\d+) @!@!@/;

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
 * them (the parser's reports and what the model prints). Messages nest, because TLC frames the
 * text of an exception too.
 *
 * What a model prints is never taken for a message: TLC prints a string in quotes and on one line,
 * so that no line begins with what stands in it. Code in Java beside a model could print such a
 * line. If it leaves a message open, that ends with the next message that TLC never nests.
 */
export class MessageSplitter {
  private open: OpenMessage[] = [];
  /** The lines since the outermost open message began, its own first. */
  private since: string[] = [];

  /** Whether the output so far ends inside a message: it was cut off. */
  get isInsideMessage(): boolean {
    return this.open.length > 0;
  }

  /** Takes one line, without its line break, and says what it completed. */
  line(line: string): SplitOutput[] {
    const output: SplitOutput[] = [];
    const [, colon, code, classNumber] = START.exec(line) ?? [];
    if (code !== undefined && (colon === undefined || this.isInsideMessage)) {
      if (isTopLevel(Number(code))) this.abandon(output);
      if (colon !== undefined) this.text(colon, output);
      this.open.push({
        code: Number(code),
        class: CLASSES[Number(classNumber)] ?? "unknown",
        lines: [],
        nested: [],
      });
    } else {
      const [frame, ended] = END.exec(line) ?? [];
      if (frame === undefined || !this.end(Number(ended), output)) this.text(line, output);
      else if (frame !== line) this.text(line.slice(frame.length), output);
    }
    if (this.isInsideMessage) this.since.push(line);
    else this.since = [];
    return output;
  }

  /** What is open has no end: it was no message. */
  private abandon(output: SplitOutput[]): void {
    for (const line of this.since) output.push({ type: "raw", line });
    this.open = [];
    this.since = [];
  }

  private end(code: number, output: SplitOutput[]): boolean {
    const at = this.open.findLastIndex((message) => message.code === code);
    if (at < 0) return false;
    // Messages that were opened inside and never closed end here as well.
    while (this.open.length > at) {
      const done = this.open.pop();
      if (done === undefined) break;
      const { lines, ...rest } = done;
      const message: TlcMessage = { ...rest, text: lines.join("\n").trim() };
      const outer = this.open.at(-1);
      if (outer === undefined) output.push({ type: "message", message });
      else outer.nested.push(message);
    }
    return true;
  }

  private text(text: string, output: SplitOutput[]): void {
    if (!this.isInsideMessage) output.push({ type: "raw", line: text });
    for (const message of this.open) message.lines.push(text);
  }
}
