import type { TlcTools } from "../tools/describeTools.js";
import type { TlaState } from "../value/TlaValue.js";
import type { SourceLocation } from "./SourceLocation.js";
import type { TlcMessage } from "./TlcMessage.js";

/** What TLC found. Every kind but `holds` says in words what happened, and where if TLC says so. */
export type TlcVerdict =
  | { readonly kind: "holds" }
  | (Failure & { readonly kind: "invariant"; readonly name: string })
  | (Failure & { readonly kind: "action-property"; readonly name: string })
  | (Failure & { readonly kind: "temporal-property"; readonly names: readonly string[] })
  | (Failure & { readonly kind: "postcondition"; readonly name: string })
  | (Failure & { readonly kind: FailureKind });

/** The kinds of verdict that have nothing but a message and a place. */
export type FailureKind =
  /** The assumptions hold, and the configuration names no behavior that could be checked. */
  | "assumptions-hold"
  /** Behaviors were drawn at random, and none was in error: that is not to hold. */
  | "simulated"
  /** The module ended the run before all states were explored, and none was in error. */
  | "stopped"
  | "deadlock"
  | "assertion"
  | "evaluation-error"
  | "parse-error"
  | "semantic-error"
  | "bad-cfg"
  | "out-of-memory"
  | "killed"
  | "timed-out";

/** Every kind of verdict. */
export type VerdictKind = TlcVerdict["kind"];

interface Failure {
  readonly message: string;
  readonly location: SourceLocation | undefined;
}

/** One state of a counterexample, and the action that led to it. */
export interface TraceStep {
  /** Counts from 1; the initial state is 1. */
  readonly index: number;
  /** The action's name without parameters; `Initial predicate` for the first state. */
  readonly action: string;
  /** Parameters as newer versions of TLC print them after the name; undefined without any. */
  readonly parameters: string | undefined;
  readonly location: SourceLocation | undefined;
  /** What TLC prints as an expression is given as its text. */
  readonly state: TlaState;
  /** What TLC printed where no variables can be told in it; `state` is empty then. */
  readonly unread?: string | undefined;
}

/** How a counterexample to a temporal property goes on for ever. */
export type Lasso =
  | { readonly kind: "stuttering"; readonly after: number }
  | {
      readonly kind: "back-to";
      /** The index of the state that follows the last one. */
      readonly index: number;
      readonly action: string;
      readonly location: SourceLocation | undefined;
    };

/** How often one action was taken. */
export interface ActionCoverage {
  readonly kind: "init" | "next";
  readonly name: string;
  readonly module: string | undefined;
  /** The action's definition. */
  readonly location: SourceLocation | undefined;
  /** States that this action found first. */
  readonly distinct: number;
  /** States that this action generated; exact only for the verdict `holds`. */
  readonly generated: number;
}

/** A violation and the counterexample to it. */
export interface Violation {
  readonly verdict: TlcVerdict;
  readonly trace: readonly TraceStep[];
  readonly lasso: Lasso | undefined;
}

/** What TLC's output tells. Counts are 0 where TLC did not get so far as to count. */
export interface TlcOutcome {
  readonly engine: "tlc";
  readonly verdict: TlcVerdict;
  /**
   * States generated, the initial ones included; duplicates count each time. After `recover` TLC
   * has counted each state that was saved once, and the initial ones not again.
   */
  readonly generated: number;
  /** 0 for a simulation, which does not know. */
  readonly distinct: number;
  /** Distinct states whose successors were not computed. */
  readonly queue: number;
  /** The number of states on the longest of the shortest behaviors, from 1. */
  readonly depth: number;
  /** Initial states generated; without a CONSTRAINT, edges are `generated - initialStates`. */
  readonly initialStates: number;
  /** Distinct initial states, of those that satisfy every CONSTRAINT. */
  readonly initialDistinct: number;
  /** Empty unless coverage was asked for and TLC got so far. */
  readonly coverage: readonly ActionCoverage[];
  /** The counterexample to the verdict; empty if there is none. */
  readonly trace: readonly TraceStep[];
  readonly lasso: Lasso | undefined;
  /** Every violation in order; more than one only with `continueAfterViolation`. */
  readonly violations: readonly Violation[];
  /** The directory of the last checkpoint that was completed. */
  readonly checkpoint: string | undefined;
  /** Every numbered message, in order. */
  readonly messages: readonly TlcMessage[];
  /** The lines between the messages: parser reports, what the model prints. At most 10,000. */
  readonly output: readonly string[];
  /** The version as TLC itself prints it; undefined if it did not get so far. */
  readonly version: string | undefined;
  readonly exitCode: number | undefined;
  /** From the start of Java to its end, by this machine's clock; in a log, as TLC says. */
  readonly seconds: number;
}

/** The outcome of one run of TLC. */
export interface TlcResult extends TlcOutcome {
  /** The absolute path of the dump, if one was asked for and TLC ran to its end. */
  readonly dump: string | undefined;
  readonly tools: TlcTools;
  /** A command to paste that runs TLC in the same way. */
  readonly reproduce: string;
}
