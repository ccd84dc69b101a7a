import type { Cfg } from "../cfg/readCfg.js";
import type { ParsedSpec } from "../module/parseModule.js";
import type { TlcProgress } from "../tlc/TlcProgress.js";
import type { ActionCoverage, TlcVerdict, TraceStep } from "../tlc/TlcResult.js";

/**
 * What the embedded engine found, in TLC's words: that the model holds, or a violated invariant or
 * action property, a deadlock, a false assertion, an evaluation error, a time-out or an abort.
 */
export type EmbeddedVerdict = TlcVerdict;

/** What to run the embedded engine on, and how. */
export interface RunEmbeddedOptions {
  /** The modules of the model, parsed; no text is read, and no Java is needed. */
  readonly spec: Pick<ParsedSpec, "modules">;
  readonly cfg: Cfg;
  /** The files of the modules, for places in messages. Default: `Name.tla`. */
  readonly files?: ReadonlyMap<string, string>;
  /** False looks for no deadlocks, whatever the configuration says. Default: as that says. */
  readonly checkDeadlock?: boolean;
  /** The engine gives up beyond this many distinct states. Default: 10,000,000. */
  readonly maxStates?: number;
  /** The run is ended after this many seconds, with the verdict `timed-out`. Default: no bound. */
  readonly timeoutSeconds?: number;
  /** The run is ended when this aborts, with the verdict `killed`. */
  readonly signal?: AbortSignal;
  /** Called about once a second. */
  readonly onProgress?: (progress: TlcProgress) => void;
  /** Gets the state graph as it is found. */
  readonly graph?: GraphVisitor;
}

/**
 * Gets a state graph in the order in which TLC with one worker writes it: the initial states; then,
 * for one state after the other as they were found, an edge for each step, and behind the first
 * edge into a state that state. States are numbered from 0 in this order.
 */
export interface GraphVisitor {
  /** @param text the state as TLC prints it, one line for each variable */
  state(id: number, text: string, isInitial: boolean): void;
  /** @param action the name that TLC writes on the edge */
  edge(from: number, to: number, action: string): void;
}

/** The outcome of one run of the embedded engine. Counts are TLC's. */
export interface EmbeddedResult {
  readonly engine: "embedded";
  readonly verdict: EmbeddedVerdict;
  /** States generated, the initial ones included; duplicates count each time. */
  readonly generated: number;
  readonly distinct: number;
  /** Distinct states whose successors were not computed. */
  readonly queue: number;
  /** The number of states on the longest of the shortest behaviors, from 1. */
  readonly depth: number;
  /** Initial states generated. */
  readonly initialStates: number;
  readonly seconds: number;
  /** The steps of each action; of those of one name and place together, as TLC has it. */
  readonly coverage: readonly ActionCoverage[];
  /** A counterexample; empty if there is none. */
  readonly trace: readonly TraceStep[];
  /** What the model prints. */
  readonly output: readonly string[];
  /** What TLC would have checked and this engine did not, one sentence each. */
  readonly notChecked: readonly string[];
}
