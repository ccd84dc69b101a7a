/**
 * A set of packed states: the states themselves in the order in which they came, and an
 * open-addressing table of their indices. Growing it moves nothing but indices.
 */
export class StateTable {
  /** The states, `words` words each. */
  arena: Int32Array;
  size = 0;
  /** Indices + 1; 0 is an empty place. */
  private places: Int32Array;
  private mask: number;
  /** True when the last `add` found the state new. */
  added = false;

  constructor(
    readonly words: number,
    capacity = 1024,
  ) {
    this.arena = new Int32Array(capacity * words);
    this.places = new Int32Array(2 * capacity);
    this.mask = 2 * capacity - 1;
  }

  /** Bytes of the states and of the table of their indices. */
  get bytes(): number {
    return this.arena.byteLength + this.places.byteLength;
  }

  /** The index of the state, which is added if it is new; `added` tells. */
  add(state: Int32Array, base = 0): number {
    let place = hashWords(state, base, this.words) & this.mask;
    for (;;) {
      const index = this.places[place] - 1;
      if (index < 0) break;
      if (this.equals(index, state, base)) {
        this.added = false;
        return index;
      }
      place = (place + 1) & this.mask;
    }
    this.added = true;
    return this.insert(place, state, base);
  }

  private equals(index: number, state: Int32Array, base: number): boolean {
    const at = index * this.words;
    for (let w = 0; w < this.words; w++) {
      if (this.arena[at + w] !== state[base + w]) return false;
    }
    return true;
  }

  private insert(place: number, state: Int32Array, base: number): number {
    const index = this.size++;
    if (this.size * this.words > this.arena.length) {
      const arena = new Int32Array(this.arena.length * 2);
      arena.set(this.arena);
      this.arena = arena;
    }
    for (let w = 0; w < this.words; w++) this.arena[index * this.words + w] = state[base + w];
    this.places[place] = index + 1;
    if (2 * this.size > this.places.length) this.growPlaces();
    return index;
  }

  private growPlaces(): void {
    this.places = new Int32Array(this.places.length * 2);
    this.mask = this.places.length - 1;
    for (let index = 0; index < this.size; index++) {
      let place = hashWords(this.arena, index * this.words, this.words) & this.mask;
      while (this.places[place] !== 0) place = (place + 1) & this.mask;
      this.places[place] = index + 1;
    }
  }
}

/** A hash of `words` words; every bit of the result depends on every bit of the state. */
export function hashWords(state: Int32Array, base: number, words: number): number {
  let h = 0x9e3779b9 | 0;
  for (let w = 0; w < words; w++) {
    h = Math.imul(h ^ state[base + w], 0x85ebca6b);
    h = (h ^ (h >>> 15)) | 0;
    h = Math.imul(h, 0xc2b2ae35);
    h = (h ^ (h >>> 13)) | 0;
  }
  return h;
}
