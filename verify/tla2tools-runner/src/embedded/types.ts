import type { TlaState } from "../value/TlaValue.js";

/** What the embedded engine found. It knows fewer kinds than TLC; their names are the same. */
export type EmbeddedVerdict =
  | { readonly kind: "holds" }
  | { readonly kind: "invariant"; readonly name: string; readonly message: string }
  | { readonly kind: "deadlock" | "timed-out" | "killed"; readonly message: string };

/** What to run the embedded engine on, and how. */
export interface RunEmbeddedOptions {
  /** The module to check, a path that ends in `.tla`. */
  readonly spec: string;
  /** The configuration file. Default: beside `spec`, with the ending `.cfg`. */
  readonly config?: string;
  /** More directories in which modules are looked for, after that of `spec`. */
  readonly libraries?: readonly string[];
  /** False looks for no deadlocks, whatever the configuration says. Default: as that says. */
  readonly checkDeadlock?: boolean;
  /** The engine gives up beyond this many states. Default: 1,000,000. */
  readonly maxStates?: number;
  /** The engine gives up beyond this depth. Default: 1,000,000. */
  readonly maxDepth?: number;
  /** The run is ended after this many seconds, with the verdict `timed-out`. Default: no bound. */
  readonly timeoutSeconds?: number;
  /** The run is ended when this aborts, with the verdict `killed`. */
  readonly signal?: AbortSignal;
}

/** The outcome of one run of the embedded engine. */
export interface EmbeddedResult {
  readonly engine: "embedded";
  /** The npm package that did the work. */
  readonly engineName: "tla-checker";
  readonly engineVersion: string;
  readonly verdict: EmbeddedVerdict;
  /** Distinct states seen; all of them only for the verdict `holds`. */
  readonly distinct: number;
  readonly seconds: number;
  /** The states of a counterexample, the initial one first; the engine names no actions. */
  readonly trace: readonly TlaState[];
  /** What TLC would have checked or told and this engine did not, one sentence each. */
  readonly notChecked: readonly string[];
}
