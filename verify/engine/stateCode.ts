/** Pieces of the code that is made for states of a given number of words. */

export const indices = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i);

/** Declares `t0`, `t1`, ... as the words of a state. */
export function words(array: string, base: string, n: number, prefix: string): string {
  const parts = indices(n).map((w) => `${prefix}${w} = ${array}[${base} + ${w}]`);
  return `const ${parts.join(", ")};`;
}

/**
 * Declares `name` as a hash of the words `prefix0`, `prefix1`, ..., as far as they are visible.
 * Every bit of it depends on every visible bit; all bits of it are used, so both ends are mixed.
 */
export function hashLines(
  name: string,
  prefix: string,
  visible: Int32Array,
  hashBits: number,
): string {
  const lines = [`let ${name} = ${0x9e3779b9 | 0};`];
  for (const [w, mask] of visible.entries()) {
    const word = mask === -1 ? `${prefix}${w}` : `(${prefix}${w} & ${mask})`;
    lines.push(
      `${name} = Math.imul(${name} ^ ${word}, ${0x85ebca6b | 0}); ${name} ^= ${name} >>> 15;`,
    );
  }
  lines.push(`${name} = Math.imul(${name}, ${0xc2b2ae35 | 0}); ${name} ^= ${name} >>> 16;`);
  if (hashBits !== -1) lines.push(`${name} &= ${hashBits};`);
  return lines.join("\n        ");
}
