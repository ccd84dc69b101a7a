/** Reads a set of calls that a module of model/ defines as a value, such as `AllCalls`. */
import { parseValue, type TlaValue } from "tla2tools-runner";
import { VerifyError } from "../support/verifyError.js";
import { callRegisters, type ModelCall } from "./correspondence/words.js";

/**
 * @param text The module that has the definition.
 * @throws VerifyError CALLS_UNREADABLE when it is not there, or is no set of known calls.
 */
export function readCalls(path: string, text: string, definition: string): readonly ModelCall[] {
  const start = new RegExp(`^${definition}\\s*==`, "m").exec(text);
  if (start === null) throw unreadable(path, 1, `no definition of ${definition}`);
  const line = text.slice(0, start.index).split("\n").length;
  const body = text.slice(start.index + start[0].length);
  const end = /\n\s*\n|\n\\\*|\n=====/.exec(body)?.index ?? body.length;
  try {
    const value = parseValue(body.slice(0, end).trim());
    if (value.type === "set") return value.elements.map(callOf);
  } catch (cause) {
    throw unreadable(path, line, (cause as Error).message);
  }
  throw unreadable(path, line, "no set");
}

function callOf(value: TlaValue): ModelCall {
  if (value.type === "tuple" && value.elements.length === 2) {
    const [name, argument] = value.elements;
    if (name.type === "string" && argument.type === "int" && name.value in callRegisters) {
      return { name: name.value, argument: Number(argument.value) };
    }
  }
  throw new Error(`<<function, argument>> expected, of ${Object.keys(callRegisters).join(", ")}`);
}

function unreadable(path: string, line: number, found: string): VerifyError {
  return new VerifyError({
    code: "CALLS_UNREADABLE",
    what: "the calls of a model cannot be read",
    where: `${path}:${line}:1`,
    expected: 'a set of calls written as a value: { <<"VERSION", 101>>, ... }',
    found,
    hint: "write the set out; the tools read values and do not evaluate",
  });
}
