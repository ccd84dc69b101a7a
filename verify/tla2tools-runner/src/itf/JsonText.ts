import {
  getNodePath,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser";
import { ToolError } from "../support/ToolError.js";

/** Lists and objects nested deeper than this are refused, so that no file exhausts the stack. */
const MAX_DEPTH = 2000;

/** A JSON file with the place of everything in it. Bytes that mark UTF-8 may stand before it. */
export class JsonText {
  readonly root: Node;
  private readonly text: string;

  /** @throws ToolError ITF_MALFORMED where the text is no JSON */
  constructor(
    text: string,
    private readonly file: string,
  ) {
    this.text = text.replace(/^\uFEFF/, "");
    this.checkDepth();
    const errors: ParseError[] = [];
    const root = parseTree(this.text, errors, { disallowComments: true });
    const [first] = errors;
    if (first !== undefined) {
      throw this.error("no JSON", first.offset, "JSON", printParseErrorCode(first.error));
    }
    if (root === undefined) throw this.error("no JSON", 0, "JSON", "nothing");
    this.root = root;
  }

  /** The text of a node as it stands in the file; JavaScript would round a long number. */
  textOf(node: Node): string {
    return this.text.slice(node.offset, node.offset + node.length);
  }

  /** The fields of an object by name, with the place of each name. */
  fieldsOf(node: Node, expected: string): ReadonlyMap<string, JsonField> {
    if (node.type !== "object") this.fail(node, expected);
    const fields = new Map<string, JsonField>();
    for (const property of node.children ?? []) {
      const [key, value] = property.children ?? [];
      if (key === undefined || value === undefined) this.fail(property, "a name and a value");
      const name: string = key.value;
      const before = fields.get(name);
      if (before !== undefined) this.twice(key, "field", before.key);
      fields.set(name, { key, value });
    }
    return fields;
  }

  /** The items of a list. */
  itemsOf(node: Node, expected: string): readonly Node[] {
    if (node.type !== "array") this.fail(node, expected);
    return node.children ?? [];
  }

  stringOf(node: Node, expected: string): string {
    if (node.type !== "string") this.fail(node, expected);
    return node.value;
  }

  /** Throws the error for a node that is something else than expected. */
  fail(node: Node, expected: string, found = this.shortText(node)): never {
    throw this.error(`wrong at ${pathOf(node)}`, node.offset, expected, found);
  }

  /** Throws the error for what is there a second time. */
  twice(node: Node, what: string, first: Node): never {
    this.fail(node, `each ${what} once`, `${this.shortText(node)}, as ${this.place(first.offset)}`);
  }

  private shortText(node: Node): string {
    const text = this.textOf(node);
    return text.length > 60 ? `${text.slice(0, 60)}...` : text;
  }

  private place(offset: number): string {
    const before = this.text.slice(0, offset);
    return `${before.split("\n").length}:${offset - before.lastIndexOf("\n")}`;
  }

  private error(what: string, offset: number, expected: string, found: string): ToolError {
    return new ToolError({
      code: "ITF_MALFORMED",
      what: `the file is no trace in the Informal Trace Format: ${what}`,
      where: `${this.file}:${this.place(offset)}`,
      expected,
      found,
      hint: "the format is described in Apalache's ADR 015",
    });
  }

  private checkDepth(): void {
    let depth = 0;
    let quoted = false;
    for (let at = 0; at < this.text.length; at += 1) {
      const char = this.text[at];
      if (quoted) {
        if (char === "\\") at += 1;
        else if (char === '"') quoted = false;
      } else if (char === '"') quoted = true;
      else if (char === "[" || char === "{") depth += 1;
      else if (char === "]" || char === "}") depth -= 1;
      if (depth > MAX_DEPTH) {
        throw this.error("nested too deep", at, `at most ${MAX_DEPTH} nested values`, "one more");
      }
    }
  }
}

export interface JsonField {
  readonly key: Node;
  readonly value: Node;
}

/** A place as a path from the root: `states[0].x.#set[1]`. */
function pathOf(node: Node): string {
  const path = getNodePath(node).map((part) =>
    typeof part === "number" ? `[${part}]` : `.${part}`,
  );
  return path.join("").replace(/^\./, "") || "the whole";
}
