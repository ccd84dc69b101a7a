/** How far a replay came beside how far its trace goes. */
import { type Comparison, finding } from "../support/comparison.js";
import type { ReplayResult } from "./replayTrace.js";

/** @param result Undefined when the trace was not replayed. */
export const replayComparison = (
  traceLength: number,
  result: Pick<ReplayResult, "reached"> | undefined,
): Comparison =>
  finding("states of the trace that the implementation reaches", traceLength, result?.reached ?? 0);
