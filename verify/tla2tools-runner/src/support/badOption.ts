import { ToolError } from "./ToolError.js";

/** The coded error for an option whose value is of no use. */
export function badOption(name: string, expected: string, found: unknown): ToolError {
  return new ToolError({
    code: "TLC_BAD_OPTION",
    what: `the option \`${name}\` cannot be used`,
    where: name,
    expected,
    found: String(found),
    hint: `Give \`${name}\` another value, or leave it out.`,
  });
}

/** @throws ToolError TLC_BAD_OPTION unless the value is an integer from 1. */
export function requirePositiveInteger(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) throw badOption(name, "an integer from 1", value);
}

/** @throws ToolError TLC_BAD_OPTION unless the value is an integer in a range. */
export function requireInteger(
  name: string,
  value: number | bigint,
  least: bigint,
  most: bigint,
): void {
  const isInteger = typeof value === "bigint" || Number.isSafeInteger(value);
  if (!isInteger || value < least || value > most) {
    throw badOption(name, `an integer from ${least} to ${most}`, value);
  }
}

/** @throws ToolError TLC_BAD_OPTION unless the value is a number of seconds above 0. */
export function requireSeconds(name: string, value: number): void {
  // A longer time does not fit into the timers of Node, which would then fire at once.
  if (!(value > 0 && value <= 2_000_000)) {
    throw badOption(name, "a number above 0, at most 2,000,000", value);
  }
}
