import { stripComments } from "../support/stripComments.js";
import { type Token, tokenise } from "./tokenise.js";
import { unsupported } from "./unsupported.js";

/** What a piece of a module is. */
export type UnitKind =
  | "extends"
  | "variables"
  | "constants"
  | "recursive"
  | "assume"
  | "theorem"
  | "instance"
  | "definition";

/** A top-level piece of a module, such as a definition, with the tokens that make it up. */
export interface Unit {
  readonly kind: UnitKind;
  /** The name that a definition defines, else the empty string. */
  readonly name: string;
  /** The text, from the first column of its first line to its last token. */
  readonly text: string;
  /** The tokens, with offsets within `text` and lines within the file. */
  readonly tokens: readonly Token[];
  readonly file: string;
  /** The line of the file where the unit begins, from 1. */
  readonly line: number;
}

const KEYWORDS: Readonly<Record<string, UnitKind>> = {
  EXTENDS: "extends",
  VARIABLE: "variables",
  VARIABLES: "variables",
  CONSTANT: "constants",
  CONSTANTS: "constants",
  RECURSIVE: "recursive",
  ASSUME: "assume",
  ASSUMPTION: "assume",
  AXIOM: "assume",
  THEOREM: "theorem",
  LEMMA: "theorem",
  PROPOSITION: "theorem",
  COROLLARY: "theorem",
  INSTANCE: "instance",
};

/**
 * Splits the text of a file into the units of its module. Units must begin in the first column,
 * as they do in nearly every module; a definition elsewhere is refused and never overlooked.
 *
 * @throws ToolError EMBEDDED_UNSUPPORTED.
 */
export function splitModule(fileText: string, file: string): Unit[] {
  const text = moduleBody(stripComments(fileText), file);
  const tokens = tokenise(text).filter((token) => !token.text.startsWith("----"));
  const starts = tokens.flatMap((_token, index) => (startsUnit(tokens, index) ? [index] : []));
  if (tokens.length > 0 && starts[0] !== 0) {
    throw unsupported("a unit does not begin in the first column", at(file, tokens[0]));
  }
  return starts.map((start, index) =>
    toUnit(text, tokens.slice(start, starts[index + 1] ?? tokens.length), file),
  );
}

/** The text with all but the module's body blanked out, so that lines keep their numbers. */
function moduleBody(text: string, file: string): string {
  const header = /-{4,}\s*MODULE\s+\w+\s*-{4,}/.exec(text);
  if (header === null) throw unsupported("the file has no module header", `${file}:1:1`);
  const bodyStart = header.index + header[0].length;
  const footer = /^={4,}/m.exec(text.slice(bodyStart));
  const bodyEnd = footer === null ? text.length : bodyStart + footer.index;
  const body = text.slice(bodyStart, bodyEnd);
  if (/-{4,}\s*MODULE\b/.test(body)) throw unsupported("it has nested modules", `${file}:1:1`);
  return text.slice(0, bodyStart).replace(/[^\n]/g, " ") + body;
}

function startsUnit(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  if (token === undefined || token.column !== 1 || token.kind !== "word") return false;
  return token.text in KEYWORDS || token.text === "LOCAL" || definesAt(tokens, index);
}

/** Whether `Name ==`, `Name(a, b) ==` or `Name[x \in S] ==` begins at a token. */
function definesAt(tokens: readonly Token[], index: number): boolean {
  const next = tokens[index + 1]?.text;
  if (next === "==") return true;
  if (next !== "(" && next !== "[") return false;
  let depth = 0;
  for (let i = index + 1; i < tokens.length; i += 1) {
    const text = tokens[i]?.text ?? "";
    if ("([{".includes(text)) depth += 1;
    if (")]}".includes(text)) depth -= 1;
    if (depth === 0) return tokens[i + 1]?.text === "==";
  }
  return false;
}

function toUnit(text: string, tokens: readonly Token[], file: string): Unit {
  const [first, second] = tokens;
  const last = tokens.at(-1);
  if (first === undefined || last === undefined) throw unsupported("a unit is empty", file);
  if (first.text === "LOCAL") throw unsupported("LOCAL definitions", at(file, first));
  const kind = KEYWORDS[first.text] ?? "definition";
  if (kind === "definition") refuseInnerDefinition(tokens, file);
  if (kind === "instance") throw unsupported("INSTANCE without a name", at(file, second ?? first));
  return {
    kind,
    name: kind === "definition" ? first.text : "",
    text: text.slice(first.offset, last.offset + last.text.length),
    tokens: tokens.map((token) => ({ ...token, offset: token.offset - first.offset })),
    file,
    line: first.line,
  };
}

/** A second `==` outside of LET means a definition that does not begin in the first column. */
function refuseInnerDefinition(tokens: readonly Token[], file: string): void {
  let letDepth = 0;
  let definitions = 0;
  for (const token of tokens) {
    if (token.text === "LET") letDepth += 1;
    if (token.text === "IN") letDepth -= 1;
    if (token.text !== "==" || letDepth > 0) continue;
    definitions += 1;
    if (definitions > 1) {
      throw unsupported("a definition does not begin in the first column", at(file, token));
    }
  }
}

function at(file: string, token: Token | undefined): string {
  return `${file}:${token?.line ?? 1}:${token?.column ?? 1}`;
}
