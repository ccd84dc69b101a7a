/**
 * How often each edge of a graph is taken by behaviors that cover all edges in the fewest steps.
 *
 * Behaviors begin in state 0 and end anywhere. Taken together they are a flow of at least 1 on each
 * edge that nothing but state 0 feeds, so that the fewest steps are a flow of least cost. It is
 * found with a potential for each state, and the potentials prove that no cover is shorter: see
 * {@link lowerBoundOf}.
 */

/** States are numbered; the edges of state `s` are `firstEdge[s]` to before `firstEdge[s + 1]`. */
export interface Edges {
  readonly states: number;
  readonly firstEdge: Int32Array;
  readonly targets: Int32Array;
}

export interface Cover {
  /** How often each edge is taken beyond the first time. */
  readonly extra: Int32Array;
  readonly potentials: Int32Array;
}

/** @throws Error where a state cannot be reached from state 0 */
export function shortestCover(edges: Edges): Cover {
  const search = new Search(edges);
  let raises = 0;
  while (search.missing > 0) {
    if (search.reach()) search.bring();
    else if (raises++ < edges.states) search.raisePotentials();
    else throw new Error("a state cannot be reached from state 0");
  }
  return { extra: search.extra, potentials: search.potentials };
}

/**
 * The steps that every cover takes at least. A behavior rises by 1 at most with each step and by
 * its last state's potential, which is not below 0, in all; so the flow beyond 1 has at least as
 * many steps as the rises that the edges themselves leave open.
 *
 * @param potentials 0 in state 0, nowhere below 0, and growing by 1 at most along an edge.
 */
export function lowerBoundOf(
  { states, firstEdge, targets }: Edges,
  potentials: Int32Array,
): number {
  if (potentials[0] !== 0) throw new Error("state 0 has a potential");
  let bound = targets.length;
  for (let s = 0; s < states; s++) {
    if (potentials[s] < 0) throw new Error(`the potential of state ${s} is below 0`);
    for (let e = firstEdge[s]; e < firstEdge[s + 1]; e++) {
      const rise = potentials[targets[e]] - potentials[s];
      if (rise > 1) throw new Error(`the potential grows by ${rise} along edge ${e}`);
      bound -= rise;
    }
  }
  return bound;
}

const UNREACHED = -1;
/** State 0 feeds as much as is needed. */
const ENDLESS = 2 ** 31 - 1;

class Search {
  readonly extra: Int32Array;
  readonly potentials: Int32Array;
  /** How many visits the states still need, taken together. */
  missing = 0;
  /** Of each state: how many behaviors end there, and how many it still needs to come. */
  private readonly spare: Int32Array;
  private readonly needed: Int32Array;
  private readonly sources: Int32Array;
  private readonly firstIncoming: Int32Array;
  private readonly incoming: Int32Array;
  /** Steps from where something is spare, along edges on which the potential is tight. */
  private readonly levels: Int32Array;
  /** Which way out of a state is tried next. */
  private readonly cursors: Int32Array;
  private readonly queue: Int32Array;
  private reached = 0;

  constructor(private readonly edges: Edges) {
    const { states, firstEdge, targets } = edges;
    const ofStates = () => new Int32Array(states);
    [this.potentials, this.spare, this.needed] = [ofStates(), ofStates(), ofStates()];
    [this.levels, this.cursors, this.queue] = [ofStates(), ofStates(), ofStates()];
    this.firstIncoming = new Int32Array(states + 1);
    this.extra = new Int32Array(targets.length);
    this.sources = new Int32Array(targets.length);
    this.incoming = new Int32Array(targets.length);
    for (const to of targets) this.firstIncoming[to + 1]++;
    for (let s = 0; s < states; s++) {
      this.sources.fill(s, firstEdge[s], firstEdge[s + 1]);
      const balance = this.firstIncoming[s + 1] - (firstEdge[s + 1] - firstEdge[s]);
      this.spare[s] = s === 0 ? ENDLESS : Math.max(0, balance);
      this.needed[s] = s === 0 ? 0 : Math.max(0, -balance);
      this.missing += this.needed[s];
      this.firstIncoming[s + 1] += this.firstIncoming[s];
    }
    const next = this.firstIncoming.slice();
    for (let e = 0; e < targets.length; e++) this.incoming[next[targets[e]]++] = e;
  }

  /** Finds the levels. @returns Whether a state is reached that still needs a visit. */
  reach(): boolean {
    const { edges, levels, queue, potentials, extra } = this;
    const { firstEdge, targets } = edges;
    levels.fill(UNREACHED);
    this.reached = 0;
    for (let s = 0; s < edges.states; s++) if (this.spare[s] > 0) this.visit(s, 0);
    let found = false;
    for (let head = 0; head < this.reached; head++) {
      const s = queue[head];
      if (this.needed[s] > 0) found = true;
      const level = levels[s] + 1;
      for (let e = firstEdge[s]; e < firstEdge[s + 1]; e++) {
        const to = targets[e];
        if (levels[to] === UNREACHED && potentials[to] === potentials[s] + 1) this.visit(to, level);
      }
      for (let i = this.firstIncoming[s]; i < this.firstIncoming[s + 1]; i++) {
        const e = this.incoming[i];
        const back = this.sources[e];
        if (extra[e] > 0 && levels[back] === UNREACHED) this.visit(back, level);
      }
    }
    return found;
  }

  private visit(s: number, level: number): void {
    this.levels[s] = level;
    this.queue[this.reached++] = s;
    this.cursors[s] = 0;
  }

  /** What was not reached is farther away than was thought. */
  raisePotentials(): void {
    for (let s = 0; s < this.edges.states; s++) {
      if (this.levels[s] === UNREACHED) this.potentials[s]++;
    }
  }

  /** Brings what is spare to where it is needed, as much as the levels allow. */
  bring(): void {
    const path: number[] = [];
    for (let i = 0; i < this.reached && this.levels[this.queue[i]] === 0; i++) {
      const from = this.queue[i];
      while (this.spare[from] > 0 && this.findPath(from, path)) this.follow(from, path);
    }
  }

  /** A way to a state that needs a visit: edges, and ~edge where one is taken back. */
  private findPath(from: number, path: number[]): boolean {
    path.length = 0;
    let at = from;
    for (;;) {
      if (this.needed[at] > 0) return true;
      const step = this.nextStep(at);
      if (step !== undefined) {
        path.push(step);
        at = this.endOf(step);
        continue;
      }
      const last = path.pop();
      if (last === undefined) return false;
      at = this.startOf(last);
      this.cursors[at]++;
    }
  }

  private nextStep(at: number): number | undefined {
    const { firstEdge, targets } = this.edges;
    const { levels, potentials, cursors } = this;
    const ways = firstEdge[at + 1] - firstEdge[at];
    const all = ways + this.firstIncoming[at + 1] - this.firstIncoming[at];
    for (; cursors[at] < all; cursors[at]++) {
      const way = cursors[at];
      if (way < ways) {
        const e = firstEdge[at] + way;
        const to = targets[e];
        if (levels[to] === levels[at] + 1 && potentials[to] === potentials[at] + 1) return e;
      } else {
        const e = this.incoming[this.firstIncoming[at] + way - ways];
        if (this.extra[e] > 0 && levels[this.sources[e]] === levels[at] + 1) return ~e;
      }
    }
    return undefined;
  }

  private follow(from: number, path: readonly number[]): void {
    const last = path.at(-1);
    const end = last === undefined ? from : this.endOf(last);
    let amount = Math.min(this.spare[from], this.needed[end]);
    for (const step of path) if (step < 0) amount = Math.min(amount, this.extra[~step]);
    for (const step of path) this.extra[step < 0 ? ~step : step] += step < 0 ? -amount : amount;
    if (from !== 0) this.spare[from] -= amount;
    this.needed[end] -= amount;
    this.missing -= amount;
  }

  private endOf(step: number): number {
    return step < 0 ? this.sources[~step] : this.edges.targets[step];
  }

  private startOf(step: number): number {
    return step < 0 ? this.edges.targets[~step] : this.sources[step];
  }
}
