/** What a guest finds, beside what it should find: by register, and by byte of RX. */
import { expect } from "vitest";

const hex = (value: number | undefined): string =>
  value === undefined ? "nothing" : `0x${(value >>> 0).toString(16)}`;

/** The registers w0..w7 that differ, by name and in hex; none when the answers are equal. */
export const differingRegisters = (
  expected: readonly number[],
  found: readonly number[],
): readonly string[] => differences(expected, found, (i) => `w${i}`);

/** Fails with each register that differs. @param call What was asked, for the message. */
export function expectAnswer(
  call: readonly number[],
  expected: readonly number[],
  found: readonly number[],
): void {
  const wrong = differingRegisters(expected, found);
  if (wrong.length > 0)
    expect.fail(`the answer to ${call.map(hex).join(" ")}: ${wrong.join("; ")}`);
}

/** Fails with the bytes of RX that differ. */
export function expectRx(domain: number, expected: Uint8Array, found: Uint8Array): void {
  const wrong = differences([...expected], [...found], (i) => `byte ${i}`);
  if (wrong.length > 0) expect.fail(`RX of domain ${domain}: ${wrong.join("; ")}`);
}

function differences(
  expected: readonly number[],
  found: readonly number[],
  nameOf: (index: number) => string,
): readonly string[] {
  return Array.from({ length: Math.max(expected.length, found.length) }, (_, i) => i)
    .filter((i) => expected[i] !== found[i])
    .map((i) => `${nameOf(i)}: ${hex(expected[i])} expected, ${hex(found[i])} found`);
}
