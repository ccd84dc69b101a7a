/** Numbers fingerprints 0, 1, 2, ... in the order in which they are added. */
import type { Fingerprint } from "./dumpReader.js";

export class FingerprintTable {
  size = 0;
  private heads = new Float64Array(1024);
  private tails = new Int32Array(1024);
  /** Indices + 1; 0 is an empty place. */
  private places = new Int32Array(2048);

  /** The number of a fingerprint, or -1. */
  find({ head, tail }: Fingerprint): number {
    const mask = this.places.length - 1;
    let place = hash(head, tail) & mask;
    for (;;) {
      const index = this.places[place] - 1;
      if (index < 0) return -1;
      if (this.heads[index] === head && this.tails[index] === tail) return index;
      place = (place + 1) & mask;
    }
  }

  /** Adds a fingerprint that is not there yet. */
  add({ head, tail }: Fingerprint): number {
    if (this.size === this.heads.length) this.grow();
    const index = this.size++;
    this.heads[index] = head;
    this.tails[index] = tail;
    this.put(index);
    return index;
  }

  private put(index: number): void {
    const mask = this.places.length - 1;
    let place = hash(this.heads[index], this.tails[index]) & mask;
    while (this.places[place] !== 0) place = (place + 1) & mask;
    this.places[place] = index + 1;
  }

  private grow(): void {
    const heads = new Float64Array(this.heads.length * 2);
    heads.set(this.heads);
    const tails = new Int32Array(this.tails.length * 2);
    tails.set(this.tails);
    this.heads = heads;
    this.tails = tails;
    this.places = new Int32Array(this.places.length * 2);
    for (let index = 0; index < this.size; index++) this.put(index);
  }
}

function hash(head: number, tail: number): number {
  let h = Math.imul(head | 0, 0x9e3779b1) ^ Math.imul(tail, 0x85ebca6b);
  h ^= h >>> 15;
  return Math.imul(h, 0xc2b2ae35) ^ (h >>> 13);
}
