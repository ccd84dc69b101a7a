/**
 * The order in which local behavior is found, kept where all workers see it.
 *
 * Each worker has automata of its own, and a packed state names their nodes by number. An
 * automaton numbers its nodes in the order in which they are found, so workers that find them in
 * one order agree on the numbers. The log is that order: whoever finds something new first learns
 * everything that the others found, then adds its own.
 */
import { VerifyError } from "../support/verifyError.js";

/** What a (node, result) pair is: `node` is a node, or ~p for the start of program p. */
export type Discovery = (actor: number, node: number, result: number) => void;

const LOCK = 0;
const LENGTH = 1;
const HEADER = 2;
/** Actor, node, and the result as its low 32 bits and what is above. */
const ENTRY = 4;

/** Room for a million pairs; pages that are not written take no memory. */
const CAPACITY = 1 << 20;

export class AutomatonLog {
  private seen = 0;

  constructor(private readonly data: Int32Array = AutomatonLog.allocate()) {}

  static allocate(capacity = CAPACITY): Int32Array {
    return new Int32Array(new SharedArrayBuffer(4 * (HEADER + ENTRY * capacity)));
  }

  /** Learns what has been found since the last look. */
  learn(discovery: Discovery): void {
    const length = Atomics.load(this.data, LENGTH);
    while (this.seen < length) {
      const at = HEADER + ENTRY * this.seen++;
      const result = this.data[at + 3] * 2 ** 32 + (this.data[at + 2] >>> 0);
      discovery(this.data[at], this.data[at + 1], result);
    }
  }

  /** Learns, and then adds a pair unless `isKnown` by now. @throws VerifyError EXPLORER_FULL */
  add(
    actor: number,
    node: number,
    result: number,
    isKnown: () => boolean,
    discovery: Discovery,
  ): void {
    while (Atomics.compareExchange(this.data, LOCK, 0, 1) !== 0) Atomics.wait(this.data, LOCK, 1);
    try {
      this.learn(discovery);
      if (isKnown()) return;
      const at = HEADER + ENTRY * this.seen;
      if (at + ENTRY > this.data.length) throw logFull(this.seen);
      this.data.set([actor, node, result | 0, Math.floor(result / 2 ** 32)], at);
      Atomics.store(this.data, LENGTH, ++this.seen);
      discovery(actor, node, result);
    } finally {
      Atomics.store(this.data, LOCK, 0);
      Atomics.notify(this.data, LOCK);
    }
  }
}

function logFull(pairs: number): VerifyError {
  return new VerifyError({
    code: "EXPLORER_FULL",
    what: `tasks have more than ${pairs} local steps`,
    hint: "give the model fewer calls",
  });
}
