/** The registers of a guest that makes a call, as the mediator looks at them. */
import { GUEST_REGISTER_COUNT, REGISTER_COUNT, type Registers } from "./abi.js";
import { UsageError } from "./usageError.js";

/** x0..x17, each 0..2^64-1; as a number up to 2^53-1. Missing ones are 0. */
export type GuestRegisters = readonly (number | bigint)[];

const HALF = 2 ** 32;

/**
 * w0..w7. Every argument that the mediator looks at is of 32 bits, in the 64-bit calls too, so the
 * upper halves do not matter.
 *
 * @throws UsageError BAD_REGISTERS
 */
export function lowerHalves(registers: GuestRegisters): Registers {
  if (registers.length > GUEST_REGISTER_COUNT) {
    const detail = `x0..x17 are ${GUEST_REGISTER_COUNT} registers, not ${registers.length}`;
    throw new UsageError("BAD_REGISTERS", detail);
  }
  const words = Array.from(registers, lowerHalf);
  return Array.from({ length: REGISTER_COUNT }, (_, i) => words[i] ?? 0);
}

function lowerHalf(value: number | bigint, i: number): number {
  if (typeof value === "bigint" && value >= 0n && value < 2n ** 64n) {
    return Number(BigInt.asUintN(32, value));
  }
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value % HALF;
  const limits = "0..2^64-1 as a bigint, 0..2^53-1 as a number";
  throw new UsageError("BAD_REGISTERS", `x${i} is ${limits}, not ${String(value)}`);
}
