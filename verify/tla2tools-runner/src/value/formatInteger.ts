/** All digits of an integer; JavaScript itself writes 10^30 as `1e+30`, which nothing reads. */
export function formatInteger(value: number | bigint): string {
  return Number.isSafeInteger(value) ? String(value) : BigInt(value).toString();
}
