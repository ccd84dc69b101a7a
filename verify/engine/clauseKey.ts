/** What a clause reads, as one number: the fields of a packed state side by side. */
import type { Reads } from "./clause.js";
import { partOf } from "./fieldPart.js";
import { bitsFor, type Field, type Packing } from "./packing.js";

export interface ClauseKey {
  /** From the low end of the key; no two of them overlap. */
  readonly fields: readonly Field[];
  readonly bits: number;
}

const widthOf = (field: Field): number => bitsFor(field.mask + 1);

/** The key of everything that a clause reads. */
export function keyOf(packing: Packing, { actors, slots }: Reads): ClauseKey {
  const bits = slotBitsOf(packing, slots);
  for (const actor of actors) include(bits, packing.nodes[actor - 1]);
  return keyOfBits(bits);
}

/** The bits of each word in which some slots are. */
export function slotBitsOf(packing: Packing, slots: Reads["slots"]): Int32Array {
  const bits = new Int32Array(packing.words);
  for (const { slot, mask } of slots) include(bits, partOf(packing.slots[slot], mask));
  return bits;
}

/** The key of some bits of each word. Neighbours in a word become one field. */
export function keyOfBits(bits: Int32Array): ClauseKey {
  const fields = [...bits].flatMap((mask, word) => runsOf(mask, word));
  return { fields, bits: fields.reduce((sum, field) => sum + widthOf(field), 0) };
}

function include(bits: Int32Array, { word, shift, mask }: Field): void {
  bits[word] |= mask << shift;
}

/** The runs of bits in a word's mask, as fields. */
function runsOf(mask: number, word: number): readonly Field[] {
  const fields: Field[] = [];
  for (let shift = 0; shift < 32; shift++) {
    if (((mask >>> shift) & 1) === 0) continue;
    let width = 1;
    while (shift + width < 32 && ((mask >>> (shift + width)) & 1) === 1) width++;
    fields.push({ word, shift, mask: 2 ** width - 1 });
    shift += width;
  }
  return fields;
}

/** An expression for the key of the state whose words are `prefix0`, `prefix1`, ... */
export function keyCode({ fields }: ClauseKey, prefix: string): string {
  let at = 0;
  const parts = fields.map((field) => {
    const part = `((${prefix}${field.word} >>> ${field.shift}) & ${field.mask | 0}) << ${at}`;
    at += widthOf(field);
    return `(${part})`;
  });
  return parts.length === 0 ? "0" : parts.join(" | ");
}

/** A longer key is no exact number. */
export const MOST_KEY_BITS = 52;

/** The key as a number, exact up to MOST_KEY_BITS. */
export function readKey({ fields }: ClauseKey, words: Int32Array, base: number): number {
  let key = 0;
  for (const { word, shift, mask } of fields) {
    key = key * (mask + 1) + (((words[base + word] >>> shift) & mask) >>> 0);
  }
  return key;
}
