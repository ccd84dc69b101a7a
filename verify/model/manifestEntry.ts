/** What manifest.json says of a model. */
import type { VerdictKind } from "tla2tools-runner";

/** What TLC must report. Drift in any of these fails the build. */
export interface Expectation {
  readonly verdict: VerdictKind;
  /** The invariant or property that a model which must fail violates. */
  readonly violates?: string;
  /** For a model that must fail: how many states its shortest trace has. */
  readonly traceLength?: number;
  /** For a model that must hold: TLC's counts. */
  readonly generated?: number;
  readonly distinct?: number;
  readonly depth?: number;
}

/** The most generated states of a short run. */
const SHORT_RUN = 250_000;

/** Whether a run is expected to end soon: few states, or a counterexample, which is near. */
export const isShort = ({ expect }: ManifestEntry): boolean =>
  expect.verdict !== "holds" || (expect.generated ?? 0) <= SHORT_RUN;

/** One entry of manifest.json. */
export interface ManifestEntry {
  /** Also the name of the cfg. */
  readonly name: string;
  /** The module that TLC is started on. */
  readonly module: string;
  /** Design, bounds and calls, for people. */
  readonly about: string;
  readonly expect: Expectation;
  /**
   * Whether the state graph is written out and compared with the implementation: by every command
   * that compares, or by `verify` with --full only, because the writing takes long.
   */
  readonly conform?: "always" | "full";
  /** The next larger one, for the explorer: other bounds, such as `1x3`, or another model. */
  readonly larger?: string;
  /** Whether TLC sums its graph up while it runs; one worker then. */
  readonly digest?: boolean;
  /**
   * Whether TLC alone checks it: its module has an INSTANCE, or what it checks is said of whole
   * behaviors.
   */
  readonly tlcAlone?: boolean;
  /** Only checked with --full. */
  readonly full?: boolean;
  /** The hazard of the brief that the model shows, such as `H1`. */
  readonly hazard?: string;
  /** Invariants and properties that the cfg leaves out, each with the reason. */
  readonly unchecked?: Readonly<Record<string, string>>;
  /** The fix that the hardened design is without here. */
  readonly without?: string;
  /** Each invariant and property that does not hold, with the states of a shortest trace to it. */
  readonly breaks?: Readonly<Record<string, number>>;
  /**
   * Actions that these bounds and constants cannot take; an operator that offers actions, such as
   * MessageStep, stands for all of them.
   */
  readonly neverTaken?: readonly string[];
}
