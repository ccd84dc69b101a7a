import type { TlcTools } from "../tools/describeTools.js";
import type { Environment } from "../tools/toolTypes.js";
import type { TlcMessage } from "./TlcMessage.js";
import type { TlcProgress } from "./TlcProgress.js";

/** How behaviors are drawn. */
export interface Simulation {
  /** How many each worker draws. */
  readonly num: number;
  /** As many states a behavior has at most. Default: 100. */
  readonly depth?: number;
}

/** How a run is saved. */
export interface Checkpoint {
  /** A directory that exists. TLC removes what it saved there when it ends without an error. */
  readonly directory: string;
  /** The time between two checkpoints. Default: 30. */
  readonly minutes?: number;
}

/** What to run TLC on, and how. Relative paths are resolved against the working directory. */
export interface RunTlcOptions {
  /** The module to check, a path that ends in `.tla`. Modules beside it are found by their name. */
  readonly spec: string;
  /** The configuration file. Default: beside `spec`, with the ending `.cfg`. */
  readonly config?: string;
  /** More directories and jars in which modules are looked for, after the directory of `spec`. */
  readonly libraries?: readonly string[];
  /** Jars and directories of Java classes, such as operators that are written in Java. */
  readonly classPath?: readonly string[];
  /** The directory in which TLC runs, where a module reads files. Default: that of `spec`. */
  readonly cwd?: string;
  /** Worker threads. With more than one, counterexamples and dumps vary. Default: 1. */
  readonly workers?: number | "auto";
  /** The bound on Java's heap in MiB. Default: Java's own, a quarter of the memory. */
  readonly heapMegabytes?: number;
  /** False looks for no deadlocks, whatever the configuration says. Default: as that says. */
  readonly checkDeadlock?: boolean;
  /** Behaviors drawn at random, in place of all states. Its verdict is never `holds`. */
  readonly simulate?: Simulation;
  /** The seed of what is drawn at random. Default: 0. */
  readonly seed?: number | bigint;
  /** Which of TLC's fingerprint functions is used, from 0 to 130. Default: 0. */
  readonly fingerprint?: number;
  /** True goes on after a violation, and `violations` lists all. Default: false. */
  readonly continueAfterViolation?: boolean;
  /** Save the run now and then, so that it can be taken up again. */
  readonly checkpoint?: Checkpoint;
  /** A checkpoint to go on from: what `checkpoint` of a result names. */
  readonly recover?: string;
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

/** The names of all options. */
export const RUN_TLC_OPTIONS = {
  spec: true,
  config: true,
  libraries: true,
  classPath: true,
  cwd: true,
  workers: true,
  heapMegabytes: true,
  checkDeadlock: true,
  simulate: true,
  seed: true,
  fingerprint: true,
  continueAfterViolation: true,
  checkpoint: true,
  recover: true,
  coverage: true,
  dump: true,
  timeoutSeconds: true,
  signal: true,
  onProgress: true,
  onMessage: true,
  isShort: true,
  jvmArguments: true,
  tools: true,
  env: true,
} satisfies Record<keyof RunTlcOptions, true>;
