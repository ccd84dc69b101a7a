/** Checks the action properties of steps. Only steps that change what a property is about count. */
import type { Checkable, StepClause } from "./clause.js";
import { type ClauseKey, keyOf, MOST_KEY_BITS, readKey } from "./clauseKey.js";
import type { StepBatch } from "./expander.js";
import { partOf } from "./fieldPart.js";
import type { Packing } from "./packing.js";
import { viewOf } from "./stateView.js";
import type { StepTable } from "./stepTable.js";

interface Named {
  readonly name: string;
  readonly clause: StepClause;
  readonly key: ClauseKey;
  /** The bits of each word that the clause is about. */
  readonly changes: Int32Array;
}

/** A clause that a step of the table can break, and what is known of it by key. */
interface Watched {
  readonly named: Named;
  /** By key, 1 where it is known to hold; null when there are too many keys. */
  readonly table: Uint8Array | null;
  readonly map: Map<number, boolean>;
}

/** Beyond this, what is known is kept in a map. */
const MOST_TABLE_BITS = 12;

const UNSEEN = 0;
const UNWATCHED = 1;
const WATCHED = 2;

export class StepCheck {
  private readonly clauses: readonly Named[];
  /** By step of the table. */
  private kinds = new Uint8Array(256);
  private readonly watched: (readonly Watched[])[] = [];
  private readonly after: Int32Array;

  constructor(
    private readonly table: StepTable,
    checkables: readonly Checkable[],
  ) {
    const { packing } = table;
    this.after = new Int32Array(packing.words);
    this.clauses = checkables.flatMap(({ name, steps }) =>
      steps.map((clause) => {
        return { name, clause, key: keyOf(packing, clause), changes: bitsOf(packing, clause) };
      }),
    );
  }

  /** The first step of a batch, of states of `chunk`, that breaks a property, or -1. */
  findBroken(batch: StepBatch, chunk: Int32Array): number {
    if (this.clauses.length === 0) return -1;
    const { steps, sources, count } = batch;
    for (let i = 0; i < count; i++) {
      const step = steps[i];
      if (step >= this.kinds.length) this.grow();
      if (this.kinds[step] === UNWATCHED) continue;
      if (this.kinds[step] === UNSEEN && !this.watch(step)) continue;
      if (this.brokenBy(step, chunk, sources[i] * this.after.length) !== undefined) return i;
    }
    return -1;
  }

  /** The first property that a step of the table breaks in a state; undefined when none. */
  brokenBy(step: number, words: Int32Array, base: number): string | undefined {
    if (step >= this.kinds.length) this.grow();
    if (this.kinds[step] === UNSEEN) this.watch(step);
    const all = this.watched[step] ?? [];
    for (let i = 0; i < all.length; i++) {
      const { named, table } = all[i];
      if (table === null) {
        if (!this.knownToHold(all[i], step, words, base)) return named.name;
        continue;
      }
      const key = readKey(named.key, words, base);
      if (table[key] === 1) continue;
      if (!this.holds(named, step, words, base)) return named.name;
      table[key] = 1;
    }
    return undefined;
  }

  private knownToHold(
    { named, map }: Watched,
    step: number,
    words: Int32Array,
    base: number,
  ): boolean {
    if (named.key.bits > MOST_KEY_BITS) return this.holds(named, step, words, base);
    const key = readKey(named.key, words, base);
    const known = map.get(key);
    if (known !== undefined) return known;
    const holds = this.holds(named, step, words, base);
    map.set(key, holds);
    return holds;
  }

  private holds({ name, clause }: Named, step: number, words: Int32Array, base: number): boolean {
    const { automata, packing, effects } = this.table;
    const n = packing.words;
    for (let w = 0; w < n; w++) {
      const keep = effects[2 * n * step + w];
      this.after[w] = (words[base + w] & keep) | effects[2 * n * step + n + w];
    }
    const nodeOf = (actor: number, node: number) => automata[actor - 1].nodes[node];
    return clause.holds(
      viewOf(name, clause, packing, nodeOf, words, base),
      viewOf(name, clause, packing, nodeOf, this.after, 0),
    );
  }

  /** Finds out what a step can break. */
  private watch(step: number): boolean {
    const n = this.after.length;
    const keep = this.table.effects.subarray(2 * n * step, 2 * n * step + n);
    const watched = this.clauses
      .filter(({ changes }) => changes.some((mask, w) => (mask & ~keep[w]) !== 0))
      .map((named): Watched => {
        const { bits } = named.key;
        const table = bits <= MOST_TABLE_BITS ? new Uint8Array(2 ** bits) : null;
        return { named, table, map: new Map() };
      });
    this.watched[step] = watched;
    this.kinds[step] = watched.length > 0 ? WATCHED : UNWATCHED;
    return watched.length > 0;
  }

  private grow(): void {
    const kinds = new Uint8Array(2 * Math.max(this.kinds.length, this.table.steps.length));
    kinds.set(this.kinds);
    this.kinds = kinds;
  }
}

/** The bits of a packed state that a step must change to be able to break a clause. */
function bitsOf(packing: Packing, { changes }: StepClause): Int32Array {
  const bits = new Int32Array(packing.words);
  if (changes === "any") return bits.fill(-1);
  for (const { slot, mask } of changes.slots) {
    const part = partOf(packing.slots[slot], mask);
    bits[part.word] |= part.mask << part.shift;
  }
  for (const actor of changes.actors) {
    const { word, shift, mask } = packing.nodes[actor - 1];
    bits[word] |= mask << shift;
  }
  return bits;
}
