/**
 * A queue of packed states from one worker to another, in memory that both see.
 *
 * One writes and one reads. Each end owns one of two counters, which only grow, and reads the
 * other's; what lies between the two is the reader's, the rest is the writer's.
 */

const WRITTEN = 0;
const READ = 16;
/** The counters are in cache lines of their own. */
const HEADER = 32;

/** States that a channel holds: a power of two. */
export const CHANNEL_STATES = 1 << 15;

export class Channel {
  private readonly record: number;

  /** @param words Words of a state; a record has its hash as well. */
  constructor(
    private readonly data: Int32Array,
    private readonly words: number,
  ) {
    this.record = words + 1;
  }

  static allocate(words: number): Int32Array {
    return new Int32Array(new SharedArrayBuffer(4 * (HEADER + CHANNEL_STATES * (words + 1))));
  }

  /** How many states can be written now. */
  get room(): number {
    return CHANNEL_STATES - this.waiting;
  }

  /** How many states can be read now. */
  get waiting(): number {
    return (Atomics.load(this.data, WRITTEN) - Atomics.load(this.data, READ)) | 0;
  }

  /** Writes states `from..to-1` of an array, for which there is room. */
  write(states: Int32Array, hashes: Int32Array, from: number, to: number): void {
    const { data, words, record } = this;
    let written = Atomics.load(data, WRITTEN);
    for (let i = from; i < to; i++) {
      const at = HEADER + (written & (CHANNEL_STATES - 1)) * record;
      for (let w = 0; w < words; w++) data[at + w] = states[i * words + w];
      data[at + words] = hashes[i];
      written = (written + 1) | 0;
    }
    Atomics.store(data, WRITTEN, written);
  }

  /** Reads at most `limit` states. @returns how many. */
  read(states: Int32Array, hashes: Int32Array, limit: number): number {
    const { data, words, record } = this;
    const count = Math.min(limit, this.waiting);
    let read = Atomics.load(data, READ);
    for (let i = 0; i < count; i++) {
      const at = HEADER + (read & (CHANNEL_STATES - 1)) * record;
      for (let w = 0; w < words; w++) states[i * words + w] = data[at + w];
      hashes[i] = data[at + words];
      read = (read + 1) | 0;
    }
    Atomics.store(data, READ, read);
    return count;
  }
}
