import { ToolError } from "../support/ToolError.js";
import type { Level, Place } from "./Expression.js";
import { unsupported } from "./unsupported.js";
import { readXml, type XmlElement } from "./XmlElement.js";

/** The coded error for an export that is not as SANY 2.1 writes it. */
export function unexpectedExport(found: string): ToolError {
  return new ToolError({
    code: "SANY_UNEXPECTED_OUTPUT",
    what: "the parser's output is not what this package knows",
    expected: "modules as the class tla2sany.xml.XMLExporter of a known jar writes them",
    found,
    hint: "Use one of the two known jars.",
  });
}

/** The child of that name. @throws ToolError SANY_UNEXPECTED_OUTPUT if there is none. */
export function child(element: XmlElement, name: string): XmlElement {
  const found = element.children.find((other) => other.name === name);
  if (found === undefined) throw unexpectedExport(`<${element.name}> without <${name}>`);
  return found;
}

/** The only child. @throws ToolError SANY_UNEXPECTED_OUTPUT unless there is exactly one. */
export function only(element: XmlElement): XmlElement {
  const [first] = element.children;
  if (first !== undefined && element.children.length === 1) return first;
  throw unexpectedExport(`<${element.name}> with ${element.children.length} elements`);
}

export function hasChild(element: XmlElement, name: string): boolean {
  return element.children.some((other) => other.name === name);
}

/** The text of the child of that name. */
export function textOf(element: XmlElement, name: string): string {
  return child(element, name).text;
}

/** The number that the child of that name holds. */
export function numberOf(element: XmlElement, name: string): number {
  return Number(textOf(element, name));
}

/** What SANY exports: modules, and a table of the symbols that they refer to by number. */
export class SanyExport {
  readonly root: string;
  private readonly symbols = new Map<string, XmlElement>();
  private readonly modules: readonly XmlElement[];

  /**
   * @param xml The document that XMLExporter writes.
   * @param files The files of the modules that have one, by name.
   * @throws ToolError SANY_UNEXPECTED_OUTPUT if it is no such document.
   */
  constructor(
    xml: string,
    private readonly files: ReadonlyMap<string, string>,
  ) {
    const document = readDocument(xml);
    this.root = textOf(document, "RootModule");
    for (const entry of child(document, "context").children) {
      const [number, symbol] = entry.children;
      if (number !== undefined && symbol !== undefined) this.symbols.set(number.text, symbol);
    }
    this.modules = document.children.filter(({ name }) => name === "ModuleNodeRef");
  }

  /** The module of that name. */
  module(name: string): XmlElement {
    const found = this.modules.map((reference) => this.symbol(reference)).find(named(name));
    if (found === undefined) throw unexpectedExport(`no module ${name}`);
    return found;
  }

  /** What a `...Ref` element refers to. */
  symbol(reference: XmlElement): XmlElement {
    const found = this.symbols.get(textOf(reference, "UID"));
    if (found === undefined) throw unexpectedExport(`<${reference.name}> to no symbol`);
    return found;
  }

  place(element: XmlElement): Place {
    const location = child(element, "location");
    const [line, column] = [child(location, "line"), child(location, "column")];
    return {
      module: textOf(location, "filename"),
      line: numberOf(line, "begin"),
      column: numberOf(column, "begin"),
      endLine: numberOf(line, "end"),
      endColumn: numberOf(column, "end"),
    };
  }

  level(element: XmlElement): Level {
    const level = numberOf(element, "level");
    if (level === 0 || level === 1 || level === 2 || level === 3) return level;
    throw unexpectedExport(`level ${level}`);
  }

  /** The coded error for an element that the tree cannot hold. */
  unsupported(what: string, element: XmlElement): ToolError {
    const { module, line, column } = this.place(element);
    return unsupported(what, `${this.files.get(module) ?? module}:${line}:${column}`);
  }
}

function readDocument(xml: string): XmlElement {
  try {
    return readXml(xml);
  } catch (error) {
    throw unexpectedExport(error instanceof Error ? error.message : String(error));
  }
}

function named(name: string): (symbol: XmlElement) => boolean {
  return (symbol) => textOf(symbol, "uniquename") === name;
}
