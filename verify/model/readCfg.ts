/**
 * Reads what the tools need of a TLC configuration: constants, and the names of what is checked.
 */
import { parseValue, type TlaValue } from "tla2tools-runner";
import { VerifyError } from "../support/verifyError.js";

/** A constant: a value, or the name of the definition that replaces it. */
export type Constant = { readonly value: TlaValue } | { readonly definition: string };

export interface Cfg {
  readonly constants: ReadonlyMap<string, Constant>;
  readonly invariants: readonly string[];
  readonly properties: readonly string[];
  readonly specification: string | undefined;
  readonly actionConstraints: readonly string[];
}

type Section = "constants" | "invariants" | "properties" | "specification" | "actionConstraints";

const SECTIONS: Readonly<Record<string, Section>> = {
  CONSTANT: "constants",
  CONSTANTS: "constants",
  INVARIANT: "invariants",
  INVARIANTS: "invariants",
  PROPERTY: "properties",
  PROPERTIES: "properties",
  SPECIFICATION: "specification",
  ACTION_CONSTRAINT: "actionConstraints",
};

/**
 * @param text The cfg; a line holds a section's word, a name, or an assignment of a constant.
 * @throws VerifyError CFG_UNREADABLE, with the line
 */
export function readCfg(path: string, text: string): Cfg {
  const constants = new Map<string, Constant>();
  const names = {
    invariants: [] as string[],
    properties: [] as string[],
    specification: [] as string[],
    actionConstraints: [] as string[],
  };
  let section: Section | undefined;
  for (const [i, raw] of text.split("\n").entries()) {
    let line = raw.replace(/\\\*.*$/, "").trim();
    const word = /^[A-Z_]+\b/.exec(line)?.[0];
    if (word !== undefined && word in SECTIONS) {
      section = SECTIONS[word];
      line = line.slice(word.length).trim();
    }
    if (line === "") continue;
    if (section === undefined) throw unreadable(path, i + 1, line);
    if (section !== "constants") names[section].push(...line.split(/[\s,]+/));
    else constants.set(...readConstant(path, i + 1, line));
  }
  return { constants, ...names, specification: names.specification[0] };
}

function readConstant(path: string, line: number, text: string): [string, Constant] {
  const assigned = /^(\w+)\s*(=|<-)\s*(.+)$/.exec(text);
  if (assigned === null) throw unreadable(path, line, text);
  const [, name, sign, right] = assigned;
  if (sign === "<-") return [name, { definition: right.trim() }];
  try {
    return [name, { value: parseValue(right) }];
  } catch {
    throw unreadable(path, line, text);
  }
}

function unreadable(path: string, line: number, found: string): VerifyError {
  return new VerifyError({
    code: "CFG_UNREADABLE",
    what: "a line of the cfg has no form that the tools read",
    where: `${path}:${line}:1`,
    expected: "a section, a name, `Constant = value` or `Constant <- Definition`",
    found,
    hint: "write each constant and each name on a line of its own",
  });
}
