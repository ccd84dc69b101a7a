/**
 * The numbers of TLC's messages that this package acts on. They are the constants of
 * `tlc2.output.EC` in TLC's source, under their names there.
 */
export const messageCodes = {
  GENERAL: 1000,
  SYSTEM_OUT_OF_MEMORY: 1001,
  SYSTEM_OUT_OF_MEMORY_TOO_MANY_INIT: 1002,
  SYSTEM_OUT_OF_MEMORY_LIVENESS: 1003,
  SYSTEM_STACK_OVERFLOW: 1005,
  TLC_INITIAL_STATE: 2102,
  TLC_NESTED_EXPRESSION: 2103,
  TLC_ASSUMPTION_FALSE: 2104,
  TLC_INVARIANT_VIOLATED_INITIAL: 2107,
  TLC_PROPERTY_VIOLATED_INITIAL: 2108,
  TLC_INVARIANT_VIOLATED_BEHAVIOR: 2110,
  TLC_ACTION_PROPERTY_VIOLATED_BEHAVIOR: 2112,
  TLC_DEADLOCK_REACHED: 2114,
  TLC_TEMPORAL_PROPERTY_VIOLATED: 2116,
  TLC_BEHAVIOR_UP_TO_THIS_POINT: 2121,
  TLC_BACK_TO_STATE: 2122,
  TLC_VALUE_ASSERT_FAILED: 2132,
  TLC_FINISHED: 2186,
  TLC_INIT_GENERATED: 2190,
  TLC_INIT_GENERATED_WITH_DUPLICATES: 2191,
  TLC_SUCCESS: 2193,
  TLC_SEARCH_DEPTH: 2194,
  TLC_STATS: 2199,
  TLC_PROGRESS_STATS: 2200,
  TLC_COVERAGE_START: 2201,
  TLC_STATE_PRINT: 2217,
  TLC_STATE_STUTTERING: 2218,
  TLC_VERSION: 2262,
  TLC_COUNTER_EXAMPLE: 2264,
  TLC_COVERAGE_NEXT: 2772,
  TLC_COVERAGE_INIT: 2773,
  TLC_PARSING_FAILED: 3002,
} as const;

/** Errors in the configuration file, or between it and the module. */
const CFG_CODES: ReadonlySet<number> = new Set([
  2146, 2149, 2245, 2279, 2280, 2281, 2300, 5001, 5002, 5003, 5004, 5005, 5006,
]);

/** Errors met while an expression of the model was evaluated. */
const EVALUATION_CODES: ReadonlySet<number> = new Set([
  1000, 1005, 2102, 2103, 2105, 2106, 2109, 2111, 2113, 2115, 2118, 2133, 2136, 2139, 2140, 2141,
  2142, 2143, 2144, 2145, 2147, 2148, 2154, 2155, 2156, 2157, 2158, 2159, 2164, 2165, 2169, 2170,
  2172, 2176, 2178, 2179, 2180, 2181, 2182, 2183, 2184, 2213, 2214, 2215, 2238, 2239, 2240, 2244,
  2246, 2247, 2249, 2250, 2251, 2252, 2253, 2255, 2256, 2258, 2260, 2261, 2265, 2266, 2282, 2283,
  2301,
]);

/** Whether a code tells of an error in the configuration. */
export function isCfgCode(code: number): boolean {
  return CFG_CODES.has(code) || (code >= 2222 && code <= 2237) || isPropertyCfgCode(code);
}

/** Whether a code tells of an expression that could not be evaluated. */
export function isEvaluationCode(code: number): boolean {
  return EVALUATION_CODES.has(code);
}

function isPropertyCfgCode(code: number): boolean {
  return (code >= 2241 && code <= 2243) || (code >= 2272 && code <= 2274) || code === 2257;
}
