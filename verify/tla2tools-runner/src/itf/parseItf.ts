import type { Node } from "jsonc-parser";
import { formatValue } from "../value/formatValue.js";
import type { TlaState, TlaValue } from "../value/TlaValue.js";
import { valuesEqual } from "../value/valuesEqual.js";
import type { ItfMeta, ItfState, ItfTrace } from "./ItfTrace.js";
import { type JsonField, JsonText } from "./JsonText.js";
import { readItfValue } from "./readItfValue.js";

const TRACE = '{"vars": [NAME, ...], "states": [{NAME: VALUE, ...}, ...]}';
const STATE = "a state: {NAME: VALUE, ...}";
const FIELDS: ReadonlySet<string> = new Set(["#meta", "params", "vars", "states", "loop"]);

/**
 * Reads a trace in the Informal Trace Format, as Apalache's ADR 015 describes it and as Apalache,
 * Quint and itf-py write it.
 *
 * @param file Its name, for errors.
 * @throws ToolError ITF_MALFORMED, with `where` as `file:line:column`
 */
export function parseItf(text: string, file: string): ItfTrace {
  const json = new JsonText(text, file);
  const fields = json.fieldsOf(json.root, TRACE);
  for (const [name, { key }] of fields) if (!FIELDS.has(name)) json.fail(key, TRACE);
  const paramNames = optional(fields.get("params"));
  const params = paramNames === undefined ? [] : namesIn(json, paramNames);
  const vars = namesIn(json, required(json, json.root, fields, "vars"));
  const [shared] = vars.filter((name) => params.includes(name));
  if (shared !== undefined) json.fail(json.root, `${shared} in vars or in params, not in both`);
  const statesNode = required(json, json.root, fields, "states");
  const nodes = json.itemsOf(statesNode, "the list of states");
  if (vars.length === 0) json.fail(json.root, "at least one name in vars");
  if (nodes.length === 0) json.fail(statesNode, "at least one state");
  const constants = constantsOf(json, nodes, params);
  return {
    meta: metaOf(json, fields),
    params: constants,
    states: nodes.map((node) => readState(json, node, vars, params)),
    loop: loopIn(json, optional(fields.get("loop")), nodes.length),
  };
}

/** itf-py writes what is not there as null. */
function optional(field: JsonField | undefined): Node | undefined {
  return field?.value.type === "null" ? undefined : field?.value;
}

function required(
  json: JsonText,
  of: Node,
  fields: ReadonlyMap<string, JsonField>,
  name: string,
): Node {
  const field = fields.get(name);
  if (field === undefined) return json.fail(of, `a value of ${name}`, "none");
  return field.value;
}

/** Names; one may stand there twice, as Quint writes some of its own. */
function namesIn(json: JsonText, node: Node): readonly string[] {
  return json.itemsOf(node, "a list of names").map((item) => {
    const name = json.stringOf(item, "a name");
    return name.startsWith("#") ? json.fail(item, "a name that does not begin with #") : name;
  });
}

/** A constant has its value in the first state; a later one may only say it again. */
function constantsOf(json: JsonText, nodes: readonly Node[], params: readonly string[]): TlaState {
  const constants = new Map<string, TlaValue>();
  if (params.length === 0) return constants;
  for (const node of nodes) {
    const fields = json.fieldsOf(node, STATE);
    for (const name of params) {
      const before = constants.get(name);
      if (before !== undefined && !fields.has(name)) continue;
      const valueNode = required(json, node, fields, name);
      const value = readItfValue(json, valueNode);
      if (before !== undefined && !valuesEqual(before, value)) {
        json.fail(valueNode, `${formatValue(before)}, since ${name} is a constant`);
      }
      constants.set(name, before ?? value);
    }
  }
  return constants;
}

function readState(
  json: JsonText,
  node: Node,
  vars: readonly string[],
  params: readonly string[],
): ItfState {
  const fields = json.fieldsOf(node, STATE);
  for (const [name, { key }] of fields) {
    const known = name === "#meta" || vars.includes(name) || params.includes(name);
    if (!known) json.fail(key, `no variable but ${vars.join(", ")}`);
  }
  const values = vars.map((name): [string, TlaValue] => {
    return [name, readItfValue(json, required(json, node, fields, name))];
  });
  return { meta: metaOf(json, fields), values: new Map(values) };
}

/** Any JSON object; its numbers are JavaScript's. */
function metaOf(json: JsonText, fields: ReadonlyMap<string, JsonField>): ItfMeta {
  const node = optional(fields.get("#meta"));
  if (node === undefined) return {};
  if (node.type !== "object") json.fail(node, "an object");
  return JSON.parse(json.textOf(node));
}

function loopIn(json: JsonText, node: Node | undefined, states: number): number | undefined {
  if (node === undefined) return undefined;
  const loop = node.type === "number" ? Number(json.textOf(node)) : -1;
  if (Number.isInteger(loop) && loop >= 0 && loop < states) return loop;
  return json.fail(node, `the index of a state: 0 to ${states - 1}`);
}
