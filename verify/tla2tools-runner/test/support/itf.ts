import { createItf, formatItf, type TlaValue, ToolError } from "../../src/index.js";

/** The coded error that an action ends with. */
export function errorOf(read: () => unknown): ToolError {
  try {
    read();
  } catch (error) {
    if (error instanceof ToolError) return error;
    throw error;
  }
  throw new Error("no error was thrown");
}

/** A trace of one state, in which x has this value. */
export const write = (value: TlaValue): string => formatItf(createItf([new Map([["x", value]])]));
export const int = (value: number | bigint): TlaValue => ({ type: "int", value });
