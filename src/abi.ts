/**
 * FF-A function IDs, status codes and answers, as bits. Source: Arm DEN0077A, "Function
 * identifiers" and "Return status codes".
 */

/** w0..w7 of a call or of its answer, each an unsigned 32-bit integer. */
export type Registers = readonly number[];

export const FFA_ERROR = 0x84000060;
export const FFA_SUCCESS_32 = 0x84000061;
export const FFA_SUCCESS_64 = 0xc4000061;
export const FFA_INTERRUPT = 0x84000062;
export const FFA_VERSION = 0x84000063;
export const FFA_FEATURES = 0x84000064;
export const FFA_RX_RELEASE = 0x84000065;
export const FFA_RXTX_MAP_32 = 0x84000066;
export const FFA_RXTX_MAP_64 = 0xc4000066;
export const FFA_RXTX_UNMAP = 0x84000067;
export const FFA_PARTITION_INFO_GET = 0x84000068;
export const FFA_ID_GET = 0x84000069;
export const FFA_MEM_SHARE_32 = 0x84000073;
export const FFA_MEM_SHARE_64 = 0xc4000073;
export const FFA_MEM_RECLAIM = 0x84000077;
export const FFA_MSG_SEND2 = 0x84000086;

/** The first and the last function number of FF-A, in bits 7..0 of an ID. */
const FFA_NUMBERS = { first: 0x60, last: 0xff } as const;

/** Whether an ID is one of FF-A: a fast call, 32 or 64 bit, of the standard secure services. */
export function isFfaId(functionId: number): boolean {
  const number = functionId & 0xff;
  const isStandard = (functionId & 0xbfffff00) >>> 0 === 0x84000000;
  return isStandard && number >= FFA_NUMBERS.first && number <= FFA_NUMBERS.last;
}

/** Whether a call follows the 64-bit convention. Source: DEN0028, "Function identifiers". */
export const is64bitCall = (functionId: number): boolean => (functionId & 0x40000000) !== 0;

/** Whether an ID is one of a trusted application or a trusted OS: owners 48..63. */
export const isOfTrustedOs = (functionId: number): boolean => ((functionId >>> 24) & 0x3f) >= 0x30;

/** No error. */
export const OK = 0;

/** Status codes: signed 32 bit, in w2 of FFA_ERROR. */
export const NOT_SUPPORTED = -1;
export const INVALID_PARAMETERS = -2;
export const NO_MEMORY = -3;
export const BUSY = -4;
export const INTERRUPTED = -5;
export const DENIED = -6;
export const RETRY = -7;
export const ABORTED = -8;

/** Every status that says no. */
export const REFUSALS: readonly number[] = [
  NOT_SUPPORTED,
  INVALID_PARAMETERS,
  NO_MEMORY,
  BUSY,
  INTERRUPTED,
  DENIED,
  RETRY,
  ABORTED,
];

/** Bit 0 of w5 of FFA_PARTITION_INFO_GET: the caller wants the count, not the entries. */
export const PARTITION_INFO_COUNT_FLAG = 1;

/** How many registers a call of this mediator looks at, and how many a guest has for a call. */
export const REGISTER_COUNT = 8;
export const GUEST_REGISTER_COUNT = 18;

/** Registers with the given words first and zeros behind them. */
export function registers(...words: readonly number[]): Registers {
  return Array.from({ length: REGISTER_COUNT }, (_, i) => (words[i] ?? 0) >>> 0);
}

/** FFA_SUCCESS with w2 and w3 (C: `ffa_set_regs_success`). */
export function success(w2: number, w3: number): Registers {
  return registers(FFA_SUCCESS_32, 0, w2, w3);
}

/** FFA_ERROR with a status (C: `ffa_set_regs_error`). */
export function error(status: number): Registers {
  return registers(FFA_ERROR, 0, status);
}

/** The answer of a call that has a status alone. */
export const statusAnswer = (status: number): Registers =>
  status === OK ? success(0, 0) : error(status);

/** What SMCCC answers to a function that nobody serves. Source: DEN0028, "Unknown Function". */
export const unknownFunction = (): Registers => registers(-1);

/** The answer to FFA_VERSION: a version word, or NOT_SUPPORTED, in w0. */
export function versionAnswer(word: number): Registers {
  return registers(word);
}
