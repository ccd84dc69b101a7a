import type { TlaState, TlaValue } from "./TlaValue.js";
import { ValueReader } from "./ValueReader.js";

/**
 * Reads a state as TLC prints it: one conjunct `/\ name = value` for each variable, or, where
 * there is only one variable, `name = value` alone. A value may go over several lines. A
 * variable that TLC left unassigned reads as the model value `null`.
 *
 * @throws ToolError TLA_STATE_SYNTAX, with `where` as `line:column`, both counted from 1.
 */
export function parseState(text: string): TlaState {
  const reader = new ValueReader(text, "TLA_STATE_SYNTAX");
  const state = new Map<string, TlaValue>();
  const conjuncts = reader.take("/\\");
  do {
    const name = reader.identifier();
    if (state.has(name)) reader.fail(`a variable other than ${name}, which was given before,`);
    reader.expect("=");
    state.set(name, reader.value());
  } while (conjuncts && reader.take("/\\"));
  if (!reader.atEnd()) reader.fail(conjuncts ? "`/\\` or the end" : "the end of the state");
  return state;
}
