import { stripComments } from "../support/stripComments.js";
import { ToolError } from "../support/ToolError.js";
import type { TlaValue } from "../value/TlaValue.js";
import { ValueReader } from "../value/ValueReader.js";
import { unsupported } from "./unsupported.js";

/** A configuration file of TLC, read. */
export interface ModelCfg {
  readonly init: string | undefined;
  readonly next: string | undefined;
  readonly specification: string | undefined;
  readonly invariants: readonly string[];
  readonly properties: readonly string[];
  /** Constants that are given a value. */
  readonly values: ReadonlyMap<string, TlaValue>;
  /** Constants and definitions that are replaced by a definition of another name. */
  readonly replacements: ReadonlyMap<string, string>;
  /** Undefined if the file does not say. */
  readonly checkDeadlock: boolean | undefined;
  /** Names after SYMMETRY, VIEW, ALIAS and POSTCONDITION, by keyword. */
  readonly ignored: ReadonlyMap<string, string>;
}

const SECTIONS: ReadonlySet<string> = new Set([
  "INIT",
  "NEXT",
  "SPECIFICATION",
  "INVARIANT",
  "INVARIANTS",
  "PROPERTY",
  "PROPERTIES",
  "CONSTANT",
  "CONSTANTS",
  "CHECK_DEADLOCK",
  "SYMMETRY",
  "VIEW",
  "ALIAS",
  "POSTCONDITION",
  "CONSTRAINT",
  "CONSTRAINTS",
  "ACTION_CONSTRAINT",
  "ACTION_CONSTRAINTS",
]);

/**
 * Reads a configuration file.
 *
 * @throws ToolError EMBEDDED_UNSUPPORTED for a constraint, because the engine does not check
 *   invariants in the states that one cuts off, for module-wise replacement, and for syntax that
 *   is not known.
 */
export function readCfg(text: string, file: string): ModelCfg {
  const lists = new Map<string, string[]>();
  const values = new Map<string, TlaValue>();
  const replacements = new Map<string, string>();
  for (const { keyword, body, line } of sections(stripComments(text), file)) {
    const where = `${file}:${line}:1`;
    if (keyword.includes("CONSTRAINT")) {
      throw unsupported(`the configuration has a ${keyword}`, where);
    }
    if (keyword.startsWith("CONSTANT")) readConstants(body, where, values, replacements);
    else {
      const key = keyword.replace(/IES$/, "Y").replace(/S$/, "");
      lists.set(key, [...(lists.get(key) ?? []), ...body.split(/\s+/).filter(Boolean)]);
    }
  }
  const deadlock = lists.get("CHECK_DEADLOCK")?.[0];
  return {
    init: lists.get("INIT")?.[0],
    next: lists.get("NEXT")?.[0],
    specification: lists.get("SPECIFICATION")?.[0],
    invariants: lists.get("INVARIANT") ?? [],
    properties: lists.get("PROPERTY") ?? [],
    values,
    replacements,
    checkDeadlock: deadlock === undefined ? undefined : deadlock === "TRUE",
    ignored: new Map(
      ["SYMMETRY", "VIEW", "ALIAS", "POSTCONDITION"].flatMap((keyword) => {
        const names = lists.get(keyword);
        return names === undefined ? [] : [[keyword, names.join(" ")] as const];
      }),
    ),
  };
}

interface Section {
  readonly keyword: string;
  readonly body: string;
  readonly line: number;
}

function sections(text: string, file: string): Section[] {
  const heads = [...text.matchAll(/\b[A-Z_]+\b/g)].filter(([word]) => SECTIONS.has(word));
  const before = text.slice(0, heads[0]?.index ?? text.length).trim();
  if (before !== "") {
    throw unsupported(`the configuration has an unknown keyword ${before}`, `${file}:1:1`);
  }
  return heads.map((head, index) => ({
    keyword: head[0],
    body: text.slice(head.index + head[0].length, heads[index + 1]?.index).trim(),
    line: text.slice(0, head.index).split("\n").length,
  }));
}

function readConstants(
  body: string,
  where: string,
  values: Map<string, TlaValue>,
  replacements: Map<string, string>,
): void {
  const reader = new ValueReader(body, "TLA_VALUE_SYNTAX");
  try {
    while (!reader.atEnd()) {
      const name = reader.identifier();
      if (reader.take("<-")) replacements.set(name, reader.identifier());
      else {
        reader.expect("=");
        values.set(name, reader.value());
      }
    }
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    throw unsupported(`a constant's value could not be read: ${error.what}`, where);
  }
}
