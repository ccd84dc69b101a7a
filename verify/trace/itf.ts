/**
 * Traces in the Informal Trace Format (ITF), the JSON form that Apalache and Quint write.
 *
 * Integers are JSON numbers or `{"#bigint": "1"}`, tuples `{"#tup": [...]}` or lists, sets
 * `{"#set": [...]}`, functions `{"#map": [[key, value], ...]}`; everything else is JSON.
 */
import { parseState, type TlaState, type TlaValue } from "tla2tools-runner";
import { z } from "zod";
import { VerifyError } from "../support/verifyError.js";

export interface Trace {
  /** The name of the model in the manifest; undefined when the file does not say. */
  readonly model: string | undefined;
  readonly states: readonly TlaState[];
}

const document = z.object({
  "#meta": z.object({ model: z.string().optional() }).loose().optional(),
  vars: z.array(z.string()).min(1),
  states: z.array(z.record(z.string(), z.unknown())).min(1),
});

/** @throws VerifyError ITF_MALFORMED, with the place in the file */
export function parseItf(path: string, text: string): Trace {
  const parsed = document.safeParse(readJson(path, text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw malformed(path, issue.path.join("."), issue.message);
  }
  const { vars, states } = parsed.data;
  const model = parsed.data["#meta"]?.model;
  return {
    model,
    states: states.map((state, i) => {
      const entries = vars.map((variable): [string, TlaValue] => {
        if (!(variable in state))
          throw malformed(path, `states.${i}`, `has no value of ${variable}`);
        return [variable, valueOfItf(path, `states.${i}.${variable}`, state[variable])];
      });
      return new Map(entries);
    }),
  };
}

export function formatItf(trace: Trace): string {
  const [first] = trace.states;
  const states = trace.states.map((state, index) => ({
    "#meta": { index },
    ...Object.fromEntries([...state].map(([variable, value]) => [variable, itfOf(value)])),
  }));
  const meta = { format: "ITF", description: "A behavior found by ffa-verify", model: trace.model };
  return `${JSON.stringify({ "#meta": meta, vars: [...first.keys()], states }, null, 1)}\n`;
}

/** States given as text, as TLC prints each variable. */
export function traceOfTexts(
  model: string | undefined,
  states: readonly ReadonlyMap<string, string>[],
): Trace {
  const asTlc = (state: ReadonlyMap<string, string>) =>
    [...state].map(([variable, value]) => `/\\ ${variable} = ${value}`).join("\n");
  return { model, states: states.map((state) => parseState(asTlc(state))) };
}

function readJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw malformed(path, "", (cause as Error).message);
  }
}

function valueOfItf(path: string, where: string, json: unknown): TlaValue {
  const inside = (items: readonly unknown[]) =>
    items.map((item, i) => valueOfItf(path, `${where}.${i}`, item));
  if (typeof json === "number" && Number.isSafeInteger(json)) return { type: "int", value: json };
  if (typeof json === "string") return { type: "string", value: json };
  if (typeof json === "boolean") return { type: "boolean", value: json };
  if (Array.isArray(json)) return { type: "tuple", elements: inside(json) };
  if (typeof json !== "object" || json === null) throw malformed(path, where, "is no ITF value");
  if ("#bigint" in json && /^-?\d+$/.test(String(json["#bigint"]))) {
    return { type: "int", value: Number(json["#bigint"]) };
  }
  if ("#tup" in json && Array.isArray(json["#tup"])) {
    return { type: "tuple", elements: inside(json["#tup"]) };
  }
  if ("#set" in json && Array.isArray(json["#set"])) {
    return { type: "set", elements: inside(json["#set"]) };
  }
  if ("#map" in json && Array.isArray(json["#map"])) {
    const entries = json["#map"].map((pair: unknown, i): [TlaValue, TlaValue] => {
      if (!Array.isArray(pair) || pair.length !== 2)
        throw malformed(path, `${where}.${i}`, "no pair");
      const [key, value] = inside(pair);
      return [key, value];
    });
    return { type: "function", entries };
  }
  const odd = Object.keys(json).find((key) => key.startsWith("#"));
  if (odd !== undefined) throw malformed(path, where, `has ${odd}, which no ITF value has`);
  const fields = Object.entries(json).map(([name, value]): [string, TlaValue] => {
    return [name, valueOfItf(path, `${where}.${name}`, value)];
  });
  return { type: "record", fields };
}

function itfOf(value: TlaValue): unknown {
  switch (value.type) {
    case "int":
      return Number.isSafeInteger(value.value) ? value.value : { "#bigint": String(value.value) };
    case "string":
    case "boolean":
      return value.value;
    case "model":
      return value.name;
    case "tuple":
      return value.elements.map(itfOf);
    case "set":
      return { "#set": value.elements.map(itfOf) };
    case "record":
      return Object.fromEntries(value.fields.map(([name, of]) => [name, itfOf(of)]));
    case "function":
      return { "#map": value.entries.map(([key, of]) => [itfOf(key), itfOf(of)]) };
    case "text":
      return { "#unserializable": value.text };
    case "interval": {
      const low = Number(value.low);
      const size = Math.max(0, Number(value.high) - low + 1);
      return { "#set": Array.from({ length: size }, (_, i) => low + i) };
    }
  }
}

function malformed(path: string, where: string, found: string): VerifyError {
  return new VerifyError({
    code: "ITF_MALFORMED",
    what: "the file is no trace in the Informal Trace Format",
    where: where === "" ? path : `${path}: ${where}`,
    expected: '{"#meta": {"model": NAME}, "vars": [...], "states": [{...}, ...]}',
    found,
    hint: "write a trace with: ffa-verify check MCH1 --itf FILE",
  });
}
