import { basename } from "node:path";
import { MessageSplitter } from "./MessageSplitter.js";
import { messageCodes as code } from "./messageCodes.js";
import type { RunTlcOptions } from "./RunTlcOptions.js";
import { countsOf } from "./readCounts.js";
import type { TlcMessage } from "./TlcMessage.js";

/** The modules that lie in the jar of TLC. */
const JAR_MODULES: ReadonlySet<string> = new Set([
  ...["Naturals", "Integers", "Reals", "Sequences", "FiniteSets", "Bags", "RealTime"],
  ...["TLC", "TLCExt", "Toolbox", "Randomization", "Json"],
]);

/** As many lines outside of messages are kept; a model may print without end. */
const LINES_KEPT = 10_000;

const PROGRESS: ReadonlySet<number> = new Set([code.TLC_PROGRESS_STATS, code.TLC_PROGRESS_SIMU]);

/** Takes TLC's output while it comes: keeps what matters and tells the caller of progress. */
export class TlcOutput {
  readonly messages: TlcMessage[] = [];
  readonly lines: string[] = [];
  /** The files that the parser read, by module; standard modules are not among them. */
  readonly files = new Map<string, string>();
  private readonly splitter = new MessageSplitter();
  private reported = { generated: 0, seconds: 0 };

  /**
   * @param temporary The directory into which TLC unpacks the standard modules; a log says none.
   * @param seconds Tells the time since the start.
   */
  constructor(
    private readonly options: Pick<RunTlcOptions, "onMessage" | "onProgress">,
    private readonly temporary: string | undefined,
    private readonly seconds: () => number,
  ) {}

  /** Whether the output ends in the middle of a message. */
  get isCutOff(): boolean {
    return this.splitter.isInsideMessage;
  }

  /** Takes one line of TLC's standard output. */
  line(line: string): void {
    for (const output of this.splitter.line(line)) {
      if (output.type === "raw") this.raw(output.line);
      else this.message(output.message);
    }
  }

  private raw(line: string): void {
    const file = /^Parsing file (.+\.tla)$/.exec(line)?.[1];
    if (file !== undefined && !this.isUnpacked(file)) {
      this.files.set(basename(file, ".tla"), file);
    }
    if (this.lines.length < LINES_KEPT) this.lines.push(line);
  }

  private isUnpacked(file: string): boolean {
    if (this.temporary !== undefined) return file.startsWith(this.temporary);
    return JAR_MODULES.has(basename(file, ".tla"));
  }

  private message(message: TlcMessage): void {
    this.messages.push(message);
    this.options.onMessage?.(message);
    if (PROGRESS.has(message.code)) this.progress(message);
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
