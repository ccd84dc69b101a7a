/**
 * What a run should show beside what it shows, as data. The verdict, the exit code and the message
 * all come from the same list, so that nothing is compared in one of them and left out of another.
 */

/** What a command ends with: all as expected, something differs, bad input or no whole answer. */
export type ExitCode = 0 | 1 | 2;

export interface Comparison {
  readonly what: string;
  readonly expected: string | number;
  readonly found: string | number;
  /** What the command ends with when the two differ. */
  readonly exit: Exclude<ExitCode, 0>;
}

/** A comparison that says something about the model or the implementation when it differs. */
export const finding = (
  what: string,
  expected: string | number,
  found: string | number,
): Comparison => ({ what, expected, found, exit: 1 });

/** Those that differ; none when all is as expected. */
export const differing = (comparisons: readonly Comparison[]): readonly Comparison[] =>
  comparisons.filter(({ expected, found }) => expected !== found);

/** A finding weighs more than bad input beside it. */
export function exitCodeOf(comparisons: readonly Comparison[]): ExitCode {
  const exits = differing(comparisons).map(({ exit }) => exit);
  return exits.length === 0 ? 0 : exits.includes(1) ? 1 : 2;
}

export const agree = (comparisons: readonly Comparison[]): boolean => exitCodeOf(comparisons) === 0;

/** `depth: 62 expected, 61 found` */
export const comparisonText = ({ what, expected, found }: Comparison): string =>
  `${what}: ${expected} expected, ${found} found`;
