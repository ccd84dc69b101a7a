import { bitsFor, type Field } from "./packing.js";

/** The part of a field that a mask leaves, as a field; the mask has no gaps. */
export function partOf(field: Field, mask: number): Field {
  const left = field.mask & mask;
  if (left === 0) return { word: field.word, shift: field.shift, mask: 0 };
  const skip = bitsFor((left & -left) >>> 0);
  return { word: field.word, shift: field.shift + skip, mask: left >>> skip };
}
