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

const STATES =
  /([\d,]+) states generated.*?([\d,]+) distinct states found.*?([\d,]+) states left on queue/s;

/** Reads the last word of TLC on each count. */
export function readCounts(messages: readonly TlcMessage[]): TlcCounts {
  return Object.assign({ ...NO_COUNTS }, ...messages.map(countsOf));
}

/** The counts that one message tells. */
export function countsOf(message: TlcMessage): Partial<TlcCounts> {
  switch (message.code) {
    case code.TLC_STATS:
      return states(message.text);
    case code.TLC_PROGRESS_STATS:
      return {
        ...states(message.text),
        depth: toNumber(/Progress\((\d+)\)/.exec(message.text)?.[1]),
      };
    case code.TLC_SEARCH_DEPTH:
      return { depth: toNumber(/search is (\d+)/.exec(message.text)?.[1]) };
    case code.TLC_INIT_GENERATED:
    case code.TLC_INIT_GENERATED_WITH_DUPLICATES:
      return initialStates(message.text);
    default:
      return {};
  }
}

function states(text: string): Partial<TlcCounts> {
  const found = STATES.exec(text);
  if (found === null) return {};
  const [, generated, distinct, queue] = found;
  return { generated: toNumber(generated), distinct: toNumber(distinct), queue: toNumber(queue) };
}

function initialStates(text: string): Partial<TlcCounts> {
  const initial = toNumber(/states: ([\d,]+)/.exec(text)?.[1]);
  const distinct = /with ([\d,]+) of them distinct/.exec(text)?.[1];
  return {
    initialStates: initial,
    initialDistinct: distinct === undefined ? initial : toNumber(distinct),
  };
}

function toNumber(digits: string | undefined): number {
  return Number((digits ?? "0").replaceAll(",", ""));
}
