/**
 * What the workers of one exploration share: whether to stop, how far each has come, and the
 * places where they wait for one another between two levels.
 */

const STOP = 0;
const PER_WORKER = 4;
const FIRST = 16;
/**
 * Of each worker: the level whose steps it has sent, how many levels it has finished, states
 * found.
 */
const SENT = 0;
const FINISHED = 1;
const FOUND = 2;

/** Of each worker, as it goes: states, generated, frontier, depth, bytes. */
const MEASURES = 5;

export interface CrewMemory {
  readonly control: Int32Array;
  readonly measures: Float64Array;
}

export type Measures = readonly [
  states: number,
  generated: number,
  frontier: number,
  depth: number,
  bytes: number,
];

export class Crew {
  constructor(
    private readonly memory: CrewMemory,
    readonly workers: number,
  ) {}

  static allocate(workers: number): CrewMemory {
    const control = new SharedArrayBuffer(4 * (FIRST + 2 * PER_WORKER * workers));
    const measures = new SharedArrayBuffer(8 * MEASURES * workers);
    return { control: new Int32Array(control), measures: new Float64Array(measures) };
  }

  get stopped(): boolean {
    return Atomics.load(this.memory.control, STOP) !== 0;
  }

  stop(): void {
    Atomics.store(this.memory.control, STOP, 1);
  }

  /** Waits a moment for the others. */
  pause(): void {
    Atomics.wait(this.memory.control, FIRST - 1, 0, 0.1);
  }

  /** This worker has sent all states that the steps of `level` lead to. */
  sent(worker: number, level: number): void {
    Atomics.store(this.memory.control, this.place(worker, SENT), level);
  }

  hasSent(worker: number, level: number): boolean {
    return Atomics.load(this.memory.control, this.place(worker, SENT)) >= level;
  }

  /** This worker has taken in all states that `level` leads to; `found` of them are its own. */
  finished(worker: number, level: number, found: number): void {
    // Others may still read the number of the level before.
    Atomics.store(this.memory.control, this.place(worker, FOUND) + (level & 1), found);
    Atomics.store(this.memory.control, this.place(worker, FINISHED), level + 1);
  }

  get everyone(): readonly number[] {
    return Array.from({ length: this.workers }, (_, worker) => worker);
  }

  allFinished(level: number): boolean {
    const { control } = this.memory;
    return this.everyone.every((w) => Atomics.load(control, this.place(w, FINISHED)) > level);
  }

  /** How many states all workers found at a level that all have finished. */
  foundAt(level: number): number {
    const { control } = this.memory;
    return this.everyone.reduce((sum, w) => {
      return sum + Atomics.load(control, this.place(w, FOUND) + (level & 1));
    }, 0);
  }

  tell(worker: number, measures: Measures): void {
    this.memory.measures.set(measures, worker * MEASURES);
  }

  /** What all workers together have told; the depth is that of the deepest. */
  told(): Measures {
    const sums: [number, number, number, number, number] = [0, 0, 0, 0, 0];
    for (const worker of this.everyone) {
      for (let i = 0; i < MEASURES; i++) {
        const value = this.memory.measures[worker * MEASURES + i];
        sums[i] = i === 3 ? Math.max(sums[i], value) : sums[i] + value;
      }
    }
    return sums;
  }

  private place(worker: number, what: number): number {
    return FIRST + worker * PER_WORKER + what;
  }
}

/** The worker that owns the states with this hash. */
export const ownerOf = (hash: number, workers: number): number => ((hash >>> 16) * workers) >>> 16;
