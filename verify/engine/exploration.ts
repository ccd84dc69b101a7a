/** What an exploration is asked for, and what it answers. */
import type { BehaviorStep } from "./behavior.js";
import type { Stepper } from "./stepper.js";

export interface ExploreOptions {
  /** Names of invariants and action properties to check. Default: none. */
  readonly invariants?: readonly string[];
  /** Whether a state without steps is a violation, as it is for TLC. Default: true. */
  readonly deadlock?: boolean;
  /** Worker threads. With 1 all runs here, and gives way to others every 50 ms. Default: 1. */
  readonly workers?: number;
  /** Stop after about so many distinct states. Default: no limit. */
  readonly stateLimit?: number;
  /** Stop after so many seconds. Default: no limit. */
  readonly secondsLimit?: number;
  /** Stop before the states and their tables take more bytes. Default: no limit. */
  readonly memoryLimit?: number;
  readonly signal?: AbortSignal;
  /** Called about five times a second. */
  readonly onProgress?: (progress: ExploreProgress) => void;
  /** How many states are looked at first, to guess how many local states actors have. For tests. */
  readonly sample?: number;
  /** Which bits of a state's hash are used; fewer force collisions. For tests. */
  readonly hashBits?: number;
}

export interface ExploreProgress {
  readonly states: number;
  readonly generated: number;
  /** States whose steps have not been taken. */
  readonly frontier: number;
  readonly depth: number;
  /** Of the states and their tables. */
  readonly bytes: number;
  /** Distinct states a second since the start. */
  readonly statesPerSecond: number;
}

/** Why an exploration ended before all states were seen. */
export type PartialReason = "states" | "seconds" | "memory" | "aborted";

/** The first thing that is wrong, and a shortest behavior that shows it. */
export interface Violation {
  readonly kind: "invariant" | "action-property" | "fault" | "deadlock";
  /** The invariant or property, the code of the fault, or `Deadlock`. */
  readonly name: string;
  /** From the initial state; a state more than there are steps. */
  readonly behavior: readonly BehaviorStep[];
  /** States of the behavior, as TLC counts. */
  readonly length: number;
  /** Of a fault: the step behind the behavior that cannot be taken, and why. */
  readonly fault?: FaultStep;
}

export interface FaultStep {
  readonly actor: number;
  readonly action: string;
  readonly branch: number;
  /** The location that is misused, and how. */
  readonly where: string;
  readonly detail: string;
}

export type Outcome =
  | { readonly kind: "holds" }
  | { readonly kind: "violation"; readonly violation: Violation }
  | { readonly kind: "partial"; readonly reason: PartialReason };

export interface ExploreMemory {
  /** Of one state, in 32-bit words, in bytes. */
  readonly packedBytes: number;
  /** Bytes of the tables for each state, beyond the packed state itself. */
  readonly bytesBeyond: number;
  /** Of the states and their tables. */
  readonly bytes: number;
  /** The most memory that this process has had, in bytes, whatever it was for. */
  readonly peakProcessBytes: number;
}

/** Counts are complete for the outcome `holds`, and what was seen so far for any other. */
export interface Exploration {
  readonly outcome: Outcome;
  /** Distinct states of the implementation. */
  readonly distinct: number;
  /** Distinct states as far as the model can see them. */
  readonly mappedDistinct: number;
  /** Steps taken, and the initial state, as TLC counts. */
  readonly generated: number;
  /** States on the longest of the shortest behaviors, as TLC counts. */
  readonly depth: number;
  readonly generatedByAction: ReadonlyMap<string, number>;
  readonly seconds: number;
  readonly workers: number;
  readonly memory: ExploreMemory;
  /** The invariants and properties that were checked. */
  readonly checked: readonly string[];
  /** Reads the packed states of a violation. */
  readonly stepper: Stepper;
}
