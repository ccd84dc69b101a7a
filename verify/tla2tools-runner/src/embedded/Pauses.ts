import { setImmediate } from "node:timers/promises";
import type { Search } from "./Search.js";
import type { EmbeddedVerdict, RunEmbeddedOptions } from "./types.js";

/** How long the search keeps the thread to itself, in milliseconds. */
const SLICE = 25;
/** The clock is looked at once for so many states. */
const ASKED = 16;
/** Milliseconds between two reports of progress. */
const REPORT = 1000;

/** Lets others have the thread now and then, and sees whether the search has to end. */
export class Pauses {
  private readonly start = performance.now();
  private sliceStart = Number.NEGATIVE_INFINITY;
  private asked = 0;
  private report = { at: this.start, generated: 0 };

  constructor(
    private readonly options: Pick<RunEmbeddedOptions, "timeoutSeconds" | "signal" | "onProgress">,
    private readonly search: Search,
  ) {}

  /** Whether it is time to let others have the thread; cheap, and asked before each state. */
  get isDue(): boolean {
    this.asked += 1;
    return this.asked % ASKED === 1 && performance.now() - this.sliceStart >= SLICE;
  }

  /** The verdict that ends the search, if something does. */
  async pause(): Promise<EmbeddedVerdict | undefined> {
    const { timeoutSeconds = Number.POSITIVE_INFINITY, signal } = this.options;
    const location = undefined;
    const now = performance.now();
    if (signal?.aborted) {
      return { kind: "killed", message: "the engine was ended by the caller", location };
    }
    if (now - this.start > timeoutSeconds * 1000) {
      const message = "the engine was ended because its time was up";
      return { kind: "timed-out", message, location };
    }
    if (now - this.report.at >= REPORT) this.reportAt(now);
    await setImmediate();
    this.sliceStart = performance.now();
    return undefined;
  }

  private reportAt(now: number): void {
    const { generated, depth, expanded, store } = this.search;
    const seconds = (now - this.report.at) / 1000;
    this.options.onProgress?.({
      generated,
      distinct: store.size,
      queue: store.size - expanded,
      depth,
      seconds: (now - this.start) / 1000,
      statesPerSecond: (generated - this.report.generated) / seconds,
    });
    this.report = { at: now, generated };
  }
}
