/**
 * The numbers of TLC's messages that tell counts, steps and how far a run got, under their names
 * in `tlc2.output.EC` of TLC's source. What tells of a failure is in `failureMessages`.
 */
export const messageCodes = {
  GENERAL: 1000,
  TLC_INITIAL_STATE: 2102,
  TLC_NESTED_EXPRESSION: 2103,
  TLC_INVARIANT_VIOLATED_INITIAL: 2107,
  TLC_PROPERTY_VIOLATED_INITIAL: 2108,
  TLC_BEHAVIOR_UP_TO_THIS_POINT: 2121,
  TLC_BACK_TO_STATE: 2122,
  TLC_VALUE_ASSERT_FAILED: 2132,
  TLC_STARTING: 2185,
  TLC_FINISHED: 2186,
  TLC_MODE_SIMU: 2188,
  TLC_INIT_GENERATED1: 2190,
  TLC_INIT_GENERATED2: 2191,
  TLC_SUCCESS: 2193,
  TLC_SEARCH_DEPTH: 2194,
  TLC_CHECKPOINT_START: 2195,
  TLC_CHECKPOINT_END: 2196,
  TLC_CHECKPOINT_RECOVER_END: 2198,
  TLC_STATS: 2199,
  TLC_PROGRESS_STATS: 2200,
  TLC_COVERAGE_START: 2201,
  TLC_STATS_DFID: 2204,
  TLC_PROGRESS_STATS_DFID: 2206,
  TLC_INIT_GENERATED3: 2207,
  TLC_INIT_GENERATED4: 2208,
  TLC_PROGRESS_SIMU: 2209,
  TLC_STATS_SIMU: 2210,
  TLC_STATE_PRINT1: 2216,
  TLC_STATE_PRINT2: 2217,
  TLC_STATE_PRINT3: 2218,
  TLC_SANY_START: 2220,
  TLC_VERSION: 2262,
  TLC_COUNTER_EXAMPLE: 2264,
  TLC_COVERAGE_NEXT: 2772,
  TLC_COVERAGE_INIT: 2773,
} as const;

const TOP_LEVEL: ReadonlySet<number> = new Set(Object.values(messageCodes));

/** Those of the codes above that TLC puts into the text of another message too. */
const NESTING: ReadonlySet<number> = new Set([
  messageCodes.GENERAL,
  messageCodes.TLC_INITIAL_STATE,
  messageCodes.TLC_NESTED_EXPRESSION,
  messageCodes.TLC_INVARIANT_VIOLATED_INITIAL,
  messageCodes.TLC_PROPERTY_VIOLATED_INITIAL,
  messageCodes.TLC_VALUE_ASSERT_FAILED,
]);

/** Whether TLC prints a message only by itself, and never inside the text of another one. */
export function isTopLevel(code: number): boolean {
  return TOP_LEVEL.has(code) && !NESTING.has(code);
}
