import type { Node } from "jsonc-parser";
import { ToolError } from "../support/ToolError.js";
import { exactInteger } from "../value/exactInteger.js";
import { isIdentifier } from "../value/isIdentifier.js";
import { parseValue } from "../value/parseValue.js";
import type { TlaValue } from "../value/TlaValue.js";
import { valueKey } from "../value/valuesEqual.js";
import type { JsonText } from "./JsonText.js";

/** Values nested deeper than this are refused, as in the text that TLC prints. */
const MAX_DEPTH = 500;

const INTEGER = /^-?[0-9]+$/;

/** @throws ToolError ITF_MALFORMED, with the place of what is wrong */
export function readItfValue(json: JsonText, node: Node, depth = 1): TlaValue {
  if (depth > MAX_DEPTH) json.fail(node, `at most ${MAX_DEPTH} nested values`);
  switch (node.type) {
    case "boolean":
      return { type: "boolean", value: node.value };
    case "string":
      return { type: "string", value: node.value };
    case "number":
      return { type: "int", value: exactInteger(integerText(json, node, json.textOf(node))) };
    case "array":
      return { type: "tuple", elements: readItems(json, node, depth) };
    case "object":
      return readObject(json, node, depth);
    default:
      return json.fail(node, "a value");
  }
}

function readItems(json: JsonText, node: Node, depth: number): readonly TlaValue[] {
  return json.itemsOf(node, "a list").map((item) => readItfValue(json, item, depth + 1));
}

/** One of the forms that begin with `#`, or a record. */
function readObject(json: JsonText, node: Node, depth: number): TlaValue {
  const fields = json.fieldsOf(node, "a value");
  const marks = [...fields].filter(([name]) => name.startsWith("#"));
  const [[mark, { key, value }] = [undefined, { key: node, value: node }]] = marks;
  if (mark !== undefined && fields.size > 1) json.fail(node, `${mark} and nothing beside it`);
  switch (mark) {
    case undefined:
      return recordOf(
        [...fields].map(([name, of]) => [name, readItfValue(json, of.value, depth + 1)]),
      );
    case "#bigint": {
      const digits = json.stringOf(value, 'a string of digits, as in {"#bigint": "-7"}');
      return { type: "int", value: exactInteger(integerText(json, value, digits)) };
    }
    case "#tup":
      return { type: "tuple", elements: readItems(json, value, depth) };
    case "#set":
      return { type: "set", elements: readSet(json, value, depth) };
    case "#map":
      return { type: "function", entries: readMap(json, value, depth) };
    case "#unserializable":
      return readText(json.stringOf(value, "the text of a value"));
    default:
      return json.fail(key, "#bigint, #tup, #set, #map, #unserializable or names of fields");
  }
}

function integerText(json: JsonText, node: Node, text: string): string {
  if (!INTEGER.test(text)) json.fail(node, "an integer");
  return text;
}

/** Names that are no identifiers make a function on strings, which is what a record is. */
function recordOf(fields: readonly (readonly [string, TlaValue])[]): TlaValue {
  if (fields.every(([name]) => isIdentifier(name))) return { type: "record", fields };
  const entries = fields.map(([name, of]) => [{ type: "string", value: name }, of] as const);
  return { type: "function", entries };
}

function readSet(json: JsonText, node: Node, depth: number): readonly TlaValue[] {
  const seen = new Map<string, Node>();
  return json.itemsOf(node, "the list of a set's members").map((item) => {
    const member = readItfValue(json, item, depth + 1);
    checkNew(json, item, "member", valueKey(member), seen);
    return member;
  });
}

function readMap(
  json: JsonText,
  node: Node,
  depth: number,
): readonly (readonly [TlaValue, TlaValue])[] {
  const seen = new Map<string, Node>();
  return json.itemsOf(node, "the list of a function's pairs").map((item) => {
    const [keyNode, valueNode, ...rest] = json.itemsOf(item, "[key, value]");
    if (keyNode === undefined || valueNode === undefined || rest.length > 0) {
      return json.fail(item, "[key, value]");
    }
    const key = readItfValue(json, keyNode, depth + 1);
    checkNew(json, keyNode, "key", valueKey(key), seen);
    return [key, readItfValue(json, valueNode, depth + 1)] as const;
  });
}

function checkNew(json: JsonText, node: Node, what: string, key: string, seen: Map<string, Node>) {
  const before = seen.get(key);
  if (before !== undefined) json.twice(node, what, before);
  seen.set(key, node);
}

/** A text that TLC could have printed gets TLC's form; intervals too long to list are kept so. */
function readText(text: string): TlaValue {
  const line = text.trim().replace(/\s*\n\s*/g, " ");
  try {
    const value = parseValue(line);
    if (value.type === "text" || value.type === "interval") return value;
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
  }
  return { type: "text", text: line };
}
