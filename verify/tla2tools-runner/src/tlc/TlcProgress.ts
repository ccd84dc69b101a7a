/**
 * A report of TLC while it runs. TLC reports after the first 3 seconds, then once a minute, and at
 * the end; it offers no way to ask it more often.
 */
export interface TlcProgress {
  readonly generated: number;
  /** 0 in a simulation, as are `queue` and `depth`. */
  readonly distinct: number;
  /** Distinct states whose successors are still to be computed. */
  readonly queue: number;
  readonly depth: number;
  /** Since Java was started. */
  readonly seconds: number;
  /** States generated a second since the report before, or since the start. */
  readonly statesPerSecond: number;
}
