import type { TlcTools } from "../tools/describeTools.js";
import type { Environment } from "../tools/toolTypes.js";
import type { TlcMessage } from "./TlcMessage.js";
import type { TlcProgress } from "./TlcProgress.js";

/** What to run TLC on, and how. Relative paths are resolved against the working directory. */
export interface RunTlcOptions {
  /** The module to check, a path that ends in `.tla`. Modules beside it are found by their name. */
  readonly spec: string;
  /** The configuration file. Default: beside `spec`, with the ending `.cfg`. */
  readonly config?: string;
  /** More directories in which modules are looked for, after that of `spec`. */
  readonly libraries?: readonly string[];
  /** Worker threads. With more than one, counterexamples and dumps vary. Default: 1. */
  readonly workers?: number | "auto";
  /** The bound on Java's heap in MiB. Default: Java's own, a quarter of the memory. */
  readonly heapMegabytes?: number;
  /** False looks for no deadlocks, whatever the configuration says. Default: as that says. */
  readonly checkDeadlock?: boolean;
  /** Count how often each action is taken; costs time. Default: false. */
  readonly coverage?: boolean;
  /**
   * The file, ending in `.dot`, for the whole state graph with action labels. A file of that name
   * is replaced; if TLC does not come to its end, it is removed.
   */
  readonly dump?: string;
  /** The run is ended after this many seconds, with the verdict `timed-out`. Default: no bound. */
  readonly timeoutSeconds?: number;
  /** The run is ended when this aborts, with the verdict `killed`. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TlcProgress) => void;
  /** Called with each numbered message as soon as it is complete. */
  readonly onMessage?: (message: TlcMessage) => void;
  /**
   * Whether the run is known to end within seconds: to some hundred thousand states it takes half
   * the processor time when Java does without its second compiler, and a longer one takes more.
   * Default: false.
   */
  readonly isShort?: boolean;
  /** More arguments for Java, such as `-Xss8m`. */
  readonly jvmArguments?: readonly string[];
  /** What `locateTools` found, so that several runs need not look again. */
  readonly tools?: TlcTools;
  /** Environment variables. Default: `process.env`. */
  readonly env?: Environment;
}
