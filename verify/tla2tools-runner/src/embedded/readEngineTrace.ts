import { parseValue } from "../value/parseValue.js";
import type { TlaState, TlaValue } from "../value/TlaValue.js";

/** Reads the states of the engine's counterexample, which come as `State 0` and `  x = 1` lines. */
export function readEngineTrace(text: string): TlaState[] {
  const states: Map<string, TlaValue>[] = [];
  for (const line of text.split("\n")) {
    if (/^State \d+$/.test(line)) states.push(new Map());
    const [, name, value] = /^ {2}(\w+) = (.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) {
      states.at(-1)?.set(name, withBooleans(parseValue(value)));
    }
  }
  return states;
}

/** The engine prints TRUE and FALSE in small letters, which read as model values. */
function withBooleans(value: TlaValue): TlaValue {
  switch (value.type) {
    case "model":
      if (value.name !== "true" && value.name !== "false") return value;
      return { type: "boolean", value: value.name === "true" };
    case "set":
    case "tuple":
      return { ...value, elements: value.elements.map(withBooleans) };
    case "record":
      return { ...value, fields: value.fields.map(([name, of]) => [name, withBooleans(of)]) };
    case "function":
      return {
        ...value,
        entries: value.entries.map(([key, of]) => [withBooleans(key), withBooleans(of)]),
      };
    default:
      return value;
  }
}
