import { basename } from "node:path";
import { MessageSplitter } from "./MessageSplitter.js";
import { messageCodes as code } from "./messageCodes.js";
import type { RunTlcOptions } from "./RunTlcOptions.js";
import { countsOf } from "./readCounts.js";
import type { TlcMessage } from "./TlcMessage.js";

/** As many lines outside of messages are kept; a model may print without end. */
const LINES_KEPT = 10_000;

/** Takes TLC's output while it comes: keeps what matters and tells the caller of progress. */
export class TlcOutput {
  readonly messages: TlcMessage[] = [];
  readonly lines: string[] = [];
  /** The files that the parser read, by module; standard modules are not among them. */
  readonly files = new Map<string, string>();
  private readonly splitter = new MessageSplitter();
  private reported = { generated: 0, seconds: 0 };

  /**
   * @param temporary The directory into which TLC unpacks the standard modules.
   * @param seconds Tells the time since the start.
   */
  constructor(
    private readonly options: Pick<RunTlcOptions, "onMessage" | "onProgress">,
    private readonly temporary: string,
    private readonly seconds: () => number,
  ) {}

  /** Takes one line of TLC's standard output. */
  line(line: string): void {
    for (const output of this.splitter.line(line)) {
      if (output.type === "raw") this.raw(output.line);
      else this.message(output.message);
    }
  }

  private raw(line: string): void {
    const file = /^Parsing file (.+\.tla)$/.exec(line)?.[1];
    if (file !== undefined && !file.startsWith(this.temporary)) {
      this.files.set(basename(file, ".tla"), file);
    }
    if (this.lines.length < LINES_KEPT) this.lines.push(line);
  }

  private message(message: TlcMessage): void {
    this.messages.push(message);
    this.options.onMessage?.(message);
    if (message.code === code.TLC_PROGRESS_STATS) this.progress(message);
  }

  private progress(message: TlcMessage): void {
    const { generated = 0, distinct = 0, queue = 0, depth = 0 } = countsOf(message);
    const seconds = this.seconds();
    const elapsed = Math.max(seconds - this.reported.seconds, 0.001);
    const statesPerSecond = Math.max(0, generated - this.reported.generated) / elapsed;
    this.reported = { generated, seconds };
    this.options.onProgress?.({ generated, distinct, queue, depth, seconds, statesPerSecond });
  }
}
