import type { TlaValue } from "./TlaValue.js";
import { ValueReader } from "./ValueReader.js";

/**
 * Reads one TLA+ value as TLC prints it. White space and line breaks between tokens are free.
 *
 * @throws ToolError TLA_VALUE_SYNTAX, with `where` as `line:column`, both counted from 1.
 */
export function parseValue(text: string): TlaValue {
  const reader = new ValueReader(text, "TLA_VALUE_SYNTAX");
  const value = reader.value();
  if (!reader.atEnd()) reader.fail("the end of the value");
  return value;
}
