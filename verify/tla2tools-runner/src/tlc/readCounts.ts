import { messageCodes as code } from "./messageCodes.js";
import type { TlcMessage } from "./TlcMessage.js";

/** The numbers of a run; 0 where TLC did not print one. */
export interface TlcCounts {
  readonly generated: number;
  readonly distinct: number;
  readonly queue: number;
  readonly depth: number;
  readonly initialStates: number;
  readonly initialDistinct: number;
}

const NO_COUNTS: TlcCounts = {
  generated: 0,
  distinct: 0,
  queue: 0,
  depth: 0,
  initialStates: 0,
  initialDistinct: 0,
};

/**
 * A number as any locale of Java groups it: 7,480,636, 7.480.636, 7’480’636, 74,80,636, with
 * spaces, or in digits of another script. A number that TLC does not know is -1, and not matched.
 */
const NUMBER = String.raw`(?<![-\p{Nd}])(\p{Nd}[\p{Nd}.,'’٬\p{Zs}]*)`;

const GENERATED = new RegExp(`${NUMBER} states? generated`, "u");
const DISTINCT = new RegExp(`${NUMBER} distinct states found`, "u");
const QUEUE = new RegExp(`${NUMBER} states left on queue`, "u");
const DEPTH = new RegExp(String.raw`(?:Progress\(|search is )${NUMBER}`, "u");
const SIMULATED = new RegExp(`number of states generated: ${NUMBER}`, "u");
const INITIAL = new RegExp(`states: ${NUMBER}`, "u");
const INITIAL_DISTINCT = new RegExp(`(?:with|only) ${NUMBER} of them`, "u");
const EXAMINED = new RegExp(`${NUMBER} states examined`, "u");

/** Reads the last word of TLC on each count. */
export function readCounts(messages: readonly TlcMessage[]): TlcCounts {
  return Object.assign({ ...NO_COUNTS }, ...messages.map(countsOf));
}

/** The counts that one message tells. */
export function countsOf({ code: of, text }: TlcMessage): Partial<TlcCounts> {
  switch (of) {
    case code.TLC_STATS:
    case code.TLC_STATS_DFID:
    case code.TLC_PROGRESS_STATS_DFID:
      return states(text);
    case code.TLC_PROGRESS_STATS:
      return { ...states(text), ...known("depth", DEPTH, text) };
    // The number in brackets counts behaviors here.
    case code.TLC_PROGRESS_SIMU:
      return known("generated", GENERATED, text);
    case code.TLC_STATS_SIMU:
      return known("generated", SIMULATED, text);
    case code.TLC_SEARCH_DEPTH:
      return known("depth", DEPTH, text);
    case code.TLC_CHECKPOINT_RECOVER_END:
      return { ...known("distinct", EXAMINED, text) };
    case code.TLC_INIT_GENERATED1:
    case code.TLC_INIT_GENERATED2:
    case code.TLC_INIT_GENERATED3:
    case code.TLC_INIT_GENERATED4:
      return initialStates(text);
    default:
      return {};
  }
}

function states(text: string): Partial<TlcCounts> {
  return {
    ...known("generated", GENERATED, text),
    ...known("distinct", DISTINCT, text),
    ...known("queue", QUEUE, text),
  };
}

function initialStates(text: string): Partial<TlcCounts> {
  const initial = known("initialStates", INITIAL, text);
  const distinct = known("initialDistinct", INITIAL_DISTINCT, text);
  return { ...initial, initialDistinct: initial.initialStates ?? 0, ...distinct };
}

function known(name: keyof TlcCounts, pattern: RegExp, text: string): Partial<TlcCounts> {
  const digits = pattern.exec(text)?.[1];
  return digits === undefined ? {} : { [name]: toNumber(digits) };
}

/** The value of a number, whatever stands between its digits. */
export function toNumber(digits: string): number {
  return Number(Array.from(digits.match(/\p{Nd}/gu) ?? [], digitValue).join(""));
}

/** Unicode's decimal digits stand in tens, which begin at a code point that ends in 0 or 6. */
function digitValue(digit: string): number {
  const point = digit.codePointAt(0) ?? 0;
  const first = String.fromCodePoint(point & ~0xf);
  return /\p{Nd}/u.test(first) ? point & 0xf : (point & 0xf) - 6;
}
