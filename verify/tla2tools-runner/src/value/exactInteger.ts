/** Integers of up to this many digits are exact as a JavaScript number. */
const SAFE_DIGITS = 15;

/** The integer of these decimal digits, after a `-` or not: a bigint only where it must be. */
export function exactInteger(digits: string): number | bigint {
  // The sum keeps `-0` from becoming the negative zero of JavaScript.
  if (digits.length <= SAFE_DIGITS) return Number(digits) + 0;
  const exact = BigInt(digits);
  return Number.isSafeInteger(Number(exact)) ? Number(exact) : exact;
}
