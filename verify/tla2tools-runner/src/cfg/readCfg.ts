import type { Replacement } from "../evaluate/Theory.js";
import { stripComments } from "../support/stripComments.js";
import { ToolError } from "../support/ToolError.js";
import { ValueReader } from "../value/ValueReader.js";

/** A configuration file of TLC, read. */
export interface Cfg {
  /** As it was given, for messages. */
  readonly file: string;
  readonly specification: string | undefined;
  readonly init: string | undefined;
  readonly next: string | undefined;
  readonly invariants: readonly string[];
  readonly properties: readonly string[];
  readonly constraints: readonly string[];
  readonly actionConstraints: readonly string[];
  /** What is put in the place of constants and definitions, by their names. */
  readonly constants: ReadonlyMap<string, Replacement>;
  /** Undefined if the file does not say. */
  readonly checkDeadlock: boolean | undefined;
  /** The names after SYMMETRY, VIEW, ALIAS and POSTCONDITION, by that keyword. */
  readonly others: ReadonlyMap<string, string>;
  /** Where each name stands first, as `file:line:column`. */
  readonly places: ReadonlyMap<string, string>;
}

type ListField = "invariants" | "properties" | "constraints" | "actionConstraints";
type NameField = "specification" | "init" | "next";

const LISTS: ReadonlyMap<string, ListField> = new Map([
  ["INVARIANT", "invariants"],
  ["INVARIANTS", "invariants"],
  ["PROPERTY", "properties"],
  ["PROPERTIES", "properties"],
  ["CONSTRAINT", "constraints"],
  ["CONSTRAINTS", "constraints"],
  ["ACTION_CONSTRAINT", "actionConstraints"],
  ["ACTION_CONSTRAINTS", "actionConstraints"],
]);

const NAMES: ReadonlyMap<string, NameField> = new Map([
  ["SPECIFICATION", "specification"],
  ["INIT", "init"],
  ["NEXT", "next"],
]);

const CONSTANTS: ReadonlySet<string> = new Set(["CONSTANT", "CONSTANTS"]);
const OTHERS: ReadonlySet<string> = new Set(["SYMMETRY", "VIEW", "ALIAS", "POSTCONDITION"]);
const CHECK_DEADLOCK = "CHECK_DEADLOCK";

/**
 * Reads a configuration file, as TLC does: keywords, each with what belongs to it, in any order.
 *
 * @throws ToolError CFG_SYNTAX, with `where` as `file:line:column`; also for `<- [Module] name`,
 *   which replaces a name in one module only.
 */
export function readCfg(text: string, file: string): Cfg {
  return new CfgReader(text, file).read();
}

class CfgReader {
  private readonly reader: ValueReader;
  private readonly names: Partial<Record<NameField, string>> = {};
  private readonly lists: Readonly<Record<ListField, string[]>> = {
    invariants: [],
    properties: [],
    constraints: [],
    actionConstraints: [],
  };
  private readonly constants = new Map<string, Replacement>();
  private readonly others = new Map<string, string>();
  private readonly places = new Map<string, string>();
  private checkDeadlock: boolean | undefined;

  constructor(
    text: string,
    private readonly file: string,
  ) {
    this.reader = new ValueReader(stripComments(text), "CFG_SYNTAX");
  }

  read(): Cfg {
    let keyword = this.word();
    while (keyword !== undefined) keyword = this.section(keyword);
    const { file, names, lists, constants, checkDeadlock, others, places } = this;
    const { specification, init, next } = names;
    return { file, specification, init, next, ...lists, constants, checkDeadlock, others, places };
  }

  /** Reads what belongs to a keyword; answers the next one. */
  private section(keyword: string): string | undefined {
    const list = LISTS.get(keyword);
    const name = NAMES.get(keyword);
    if (list !== undefined) return this.listed(this.lists[list]);
    if (CONSTANTS.has(keyword)) return this.constantSection();
    if (name !== undefined) this.names[name] = this.name();
    else if (OTHERS.has(keyword)) this.others.set(keyword, this.name());
    else if (keyword === CHECK_DEADLOCK) this.checkDeadlock = this.boolean();
    else throw this.error(this.places.get(keyword), "a keyword of a configuration file", keyword);
    return this.word();
  }

  private listed(into: string[]): string | undefined {
    for (;;) {
      const word = this.word();
      if (word === undefined || isKeyword(word)) return word;
      into.push(word);
    }
  }

  private constantSection(): string | undefined {
    for (;;) {
      const name = this.word();
      if (name === undefined || isKeyword(name)) return name;
      if (this.reader.take("<-")) {
        const place = this.reader.place();
        if (this.reader.take("["))
          throw this.error(this.at(place), "the name of a definition", "[");
        this.constants.set(name, { definition: this.name() });
      } else {
        this.tried(() => this.reader.expect("="));
        this.constants.set(name, { value: this.tried(() => this.reader.value()) });
      }
    }
  }

  private boolean(): boolean {
    const place = this.reader.place();
    const word = this.word();
    if (word === "TRUE" || word === "FALSE") return word === "TRUE";
    throw this.error(this.at(place), "TRUE or FALSE", word ?? "the end of the file");
  }

  /** A name that must be there, and is no keyword. */
  private name(): string {
    const place = this.reader.place();
    const word = this.word();
    if (word !== undefined && !isKeyword(word)) return word;
    throw this.error(this.at(place), "a name", word ?? "the end of the file");
  }

  /** The next word; undefined at the end. */
  private word(): string | undefined {
    if (this.reader.atEnd()) return undefined;
    const place = this.at(this.reader.place());
    const word = this.tried(() => this.reader.identifier());
    if (!this.places.has(word)) this.places.set(word, place);
    return word;
  }

  private at(place: string | undefined): string {
    return `${this.file}:${place}`;
  }

  /** Puts the file before the place of an error. */
  private tried<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      throw this.error(this.at(error.where), error.expected ?? "something else", error.found ?? "");
    }
  }

  private error(where: string | undefined, expected: string, found: string): ToolError {
    return new ToolError({
      code: "CFG_SYNTAX",
      what: "the configuration file has no form that is read",
      where,
      expected,
      found: found.split("\n")[0],
      hint: "Write `Constant = value`, `Constant <- Definition` or the names behind a keyword.",
    });
  }
}

const isKeyword = (word: string): boolean =>
  LISTS.has(word) ||
  NAMES.has(word) ||
  CONSTANTS.has(word) ||
  OTHERS.has(word) ||
  word === CHECK_DEADLOCK;
