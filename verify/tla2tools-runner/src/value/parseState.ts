import { ToolError } from "../support/ToolError.js";
import { parseValue } from "./parseValue.js";
import type { TlaState, TlaValue } from "./TlaValue.js";
import { ValueReader } from "./ValueReader.js";

/**
 * Reads a state as TLC prints it: one conjunct `/\ name = value` for each variable, or, where
 * there is only one variable, `name = value` alone. A value may go over several lines. A
 * variable that TLC left unassigned reads as the model value `null`, and one whose value has no
 * form that is known here as that text: one value never takes the others away.
 *
 * @throws ToolError TLA_STATE_SYNTAX where no variables can be told, or one comes twice, with
 * `where` as `line:column`, both counted from 1.
 */
export function parseState(text: string): TlaState {
  const reader = new ValueReader(text, "TLA_STATE_SYNTAX");
  const state = new Map<string, TlaValue>();
  const conjuncts = reader.take("/\\");
  try {
    do {
      const name = reader.identifier();
      if (state.has(name)) reader.fail(`a variable other than ${name}, which was given before,`);
      reader.expect("=");
      state.set(name, reader.value());
    } while (conjuncts && reader.take("/\\"));
    if (!reader.atEnd()) reader.fail(conjuncts ? "`/\\` or the end" : "the end of the state");
    return state;
  } catch (error) {
    return stateByLines(text) ?? raise(error);
  }
}

/** The state by the lines that variables begin; undefined if there are none, or one twice. */
function stateByLines(text: string): TlaState | undefined {
  const begin = text.trimStart().startsWith("/\\") ? CONJUNCT : ONLY_VARIABLE;
  const [before, ...parts] = text.split(begin);
  if (parts.length === 0 || before?.trim() !== "") return undefined;
  const state = new Map<string, TlaValue>();
  for (let i = 0; i < parts.length; i += 2) {
    const [name = "", value = ""] = parts.slice(i, i + 2);
    if (state.has(name) || value.trim() === "") return undefined;
    state.set(name, valueOrText(value));
  }
  return state;
}

/** TLC begins each variable at the first column, and breaks a long value with indented lines. */
const CONJUNCT = /^\/\\ (\w*[A-Za-z_]\w*) =(?=\s)/m;
const ONLY_VARIABLE = /^(\w*[A-Za-z_]\w*) =(?=\s)/;

function valueOrText(text: string): TlaValue {
  try {
    return parseValue(text);
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return { type: "text", text: text.trim().replace(/\s*\n\s*/g, " ") };
  }
}

function raise(error: unknown): never {
  throw error;
}
