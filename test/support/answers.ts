/** Answers as a guest sees them in w0..w7, written without src/abi.ts. */

export const succeeded = (w2 = 0, w3 = 0): readonly number[] => [0x84000061, 0, w2, w3, 0, 0, 0, 0];

/** @param status Negative, as FF-A has it. */
export const failed = (status: number): readonly number[] => [
  0x84000060,
  0,
  status + 2 ** 32,
  ...[0, 0, 0, 0, 0],
];

/** What FFA_VERSION answers: the word alone. */
export const versionOf = (word: number): readonly number[] => [word, 0, 0, 0, 0, 0, 0, 0];

export const VERSION_REFUSED = versionOf(0xffffffff);

/** SMCCC's answer to a function that nobody serves. */
export const UNKNOWN = versionOf(0xffffffff);

/** Status codes, by their names in FF-A. */
export const STATUS = {
  NOT_SUPPORTED: -1,
  INVALID_PARAMETERS: -2,
  NO_MEMORY: -3,
  BUSY: -4,
  DENIED: -6,
} as const;
