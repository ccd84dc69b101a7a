/**
 * A set of packed states: the states themselves in the order in which they came, and an
 * open-addressing table of their numbers.
 *
 * The states are in chunks, so that growing moves none of them. A place of the table holds a
 * state's number and, in the bits above, as much of its hash as there is room for, so that most
 * other states are passed over without a look at them. States are added in batches: a first pass
 * touches the memory that the second one needs, so that the machine fetches it all at once.
 */
import type { Packing } from "./packing.js";
import { hashLines, indices, words } from "./stateCode.js";

/** States in a chunk, as a power of two. */
export const CHUNK_BITS = 15;
const CHUNK = 1 << CHUNK_BITS;

/** Packed states with their hashes, one behind another. */
export interface Batch {
  readonly states: Int32Array;
  readonly hashes: Int32Array;
}

/** Of a hash only these bits are used; fewer force collisions. */
export const ALL_HASH_BITS = -1;

type Insert = (set: StateSet, batch: Batch, count: number) => void;
type Rehash = (set: StateSet, places: Int32Array) => void;

export class StateSet {
  readonly words: number;
  readonly chunks: Int32Array[] = [];
  size = 0;
  /** How many states differ from an earlier one only in bits that the model does not see. */
  twins = 0;
  /** 0 is an empty place. */
  places: Int32Array;
  /** Keeps the first pass from being optimised away. */
  touched = 0;
  /** The hash of a state, as the expander gives it. */
  readonly hashOf: (state: Int32Array) => number;
  private readonly insert: Insert;
  private readonly rehash: Rehash;

  /** @param visible The bits of a state that the model sees; a state's hash follows from them. */
  constructor(packing: Packing, visible: Int32Array, hashBits = ALL_HASH_BITS, placeBits = 14) {
    this.words = packing.words;
    this.places = new Int32Array(1 << placeBits);
    this.insert = compileInsert(packing.words, visible);
    this.rehash = compileRehash(packing.words, visible, hashBits);
    this.hashOf = compileHash(packing.words, visible, hashBits);
  }

  /** Bytes beyond the packed states themselves, room that is not used included. */
  get overheadBytes(): number {
    const room = this.chunks.length * CHUNK - this.size;
    return this.places.byteLength + room * this.words * 4;
  }

  get bytes(): number {
    return this.overheadBytes + this.size * this.words * 4;
  }

  /** Adds the first `count` states of a batch that are not there yet. */
  addAll(batch: Batch, count: number): void {
    this.makeRoom(count);
    this.insert(this, batch, count);
  }

  /** What the table would take if it grew for `count` more states. */
  bytesWith(count: number): number {
    const places = this.fullWith(count) ? 3 * this.places.byteLength : this.places.byteLength;
    return this.size * this.words * 4 + places + CHUNK * this.words * 4;
  }

  /** Copies a state. */
  get(index: number): Int32Array {
    const at = (index & (CHUNK - 1)) * this.words;
    return this.chunks[index >>> CHUNK_BITS].slice(at, at + this.words);
  }

  private fullWith(count: number): boolean {
    return 8 * (this.size + count) > 5 * this.places.length;
  }

  private makeRoom(count: number): void {
    while (this.chunks.length * CHUNK < this.size + count) {
      this.chunks.push(new Int32Array(CHUNK * this.words));
    }
    while (this.fullWith(count)) {
      const places = new Int32Array(2 * this.places.length);
      this.rehash(this, places);
      this.places = places;
    }
  }
}

/** Visits the states of a batch twice: to touch what will be needed, and to add what is new. */
function compileInsert(n: number, visible: Int32Array): Insert {
  const all = indices(n);
  const load = all.map((w) => `t${w} = states[i * ${n} + ${w}]`).join(", ");
  const equal = all.map((w) => `chunk[o + ${w}] === t${w}`).join(" && ");
  const alike = all
    .filter((w) => visible[w] !== 0)
    .map((w) => `((chunk[o + ${w}] ^ t${w}) & ${visible[w]}) === 0`);
  const hidden = visible.some((mask) => mask !== -1);
  const body = `
    const { places, chunks } = set, { states, hashes } = batch;
    const mask = places.length - 1, bits = 32 - Math.clz32(mask);
    let size = set.size, touched = 0;
    for (let i = 0; i < count; i++) {
      const h = hashes[i], p = places[h & mask];
      if (p !== 0 && ((p ^ h) >>> bits) === 0) {
        const index = (p & mask) - 1;
        touched ^= chunks[index >>> ${CHUNK_BITS}][(index & ${CHUNK - 1}) * ${n}];
      }
    }
    set.touched = touched;
    next: for (let i = 0; i < count; i++) {
      const h = hashes[i], ${load};
      let at = h & mask, twin = 0;
      for (let p = places[at]; p !== 0; p = places[at]) {
        if (((p ^ h) >>> bits) === 0) {
          const index = (p & mask) - 1, chunk = chunks[index >>> ${CHUNK_BITS}];
          const o = (index & ${CHUNK - 1}) * ${n};
          if (${equal}) continue next;
          ${hidden ? `if (${[...alike, "true"].join(" && ")}) twin = 1;` : ""}
        }
        at = (at + 1) & mask;
      }
      const chunk = chunks[size >>> ${CHUNK_BITS}], o = (size & ${CHUNK - 1}) * ${n};
      ${all.map((w) => `chunk[o + ${w}] = t${w};`).join(" ")}
      size++;
      places[at] = (h & ~mask) | size;
      set.twins += twin;
    }
    set.size = size;`;
  return new Function("set", "batch", "count", body) as Insert;
}

function compileHash(n: number, visible: Int32Array, hashBits: number) {
  const body = `
    ${words("state", "0", n, "t")}
    ${hashLines("h", "t", visible, hashBits)}
    return h;`;
  return new Function("state", body) as (state: Int32Array) => number;
}

/** Fills a larger table, in blocks whose places are touched first. */
function compileRehash(n: number, visible: Int32Array, hashBits: number): Rehash {
  const body = `
    const mask = places.length - 1, block = new Int32Array(1024);
    let touched = 0;
    for (let first = 0; first < set.size; first += 1024) {
      const count = Math.min(1024, set.size - first), chunk = set.chunks[first >>> ${CHUNK_BITS}];
      for (let i = 0; i < count; i++) {
        const o = ((first + i) & ${CHUNK - 1}) * ${n};
        ${words("chunk", "o", n, "t")}
        ${hashLines("h", "t", visible, hashBits)}
        block[i] = h;
        touched ^= places[h & mask];
      }
      set.touched = touched;
      for (let i = 0; i < count; i++) {
        const h = block[i];
        let at = h & mask;
        while (places[at] !== 0) at = (at + 1) & mask;
        places[at] = (h & ~mask) | (first + i + 1);
      }
    }`;
  return new Function("set", "places", body) as Rehash;
}
