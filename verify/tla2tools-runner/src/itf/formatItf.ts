import type { TlaState, TlaValue } from "../value/TlaValue.js";
import type { ItfMeta, ItfTrace } from "./ItfTrace.js";
import { unwritable } from "./unwritable.js";
import { writeItfValue } from "./writeItfValue.js";

/**
 * Writes a trace in the Informal Trace Format: a line for each variable of each state. Integers
 * are all in the form `{"#bigint": "1"}`, as Apalache's ADR 015 demands; a model value is the
 * string of its name, as Apalache writes values of uninterpreted types. The same trace gives the
 * same bytes: in whatever order sets, fields and entries are held, they are written in one.
 *
 * @throws ToolError ITF_UNWRITABLE
 */
export function formatItf({ meta, params, states, loop }: ItfTrace): string {
  const [first, ...later] = states;
  if (first === undefined) throw unwritable("it has no state", "at least one state");
  const vars = [...first.values.keys()];
  checkNames(vars, params);
  for (const { values } of later) checkVariables(vars, values);
  if (loop !== undefined && !(Number.isInteger(loop) && loop >= 0 && loop < states.length)) {
    throw unwritable(`its loop begins at ${loop}`, `an index from 0 to ${states.length - 1}`);
  }
  const stateTexts = states.map(({ meta: of, values }, index) => {
    // The variables come in the order of the first state, behind what that one says of constants.
    const variables = vars.flatMap((name) => entryOf(values, name));
    return stateText(of, index === 0 ? [...params, ...variables] : variables);
  });
  const parts = [
    ...metaPart(meta),
    ...(params.size > 0 ? [`"params": ${namesText(params.keys())}`] : []),
    `"vars": ${namesText(vars)}`,
    ...(loop === undefined ? [] : [`"loop": ${loop}`]),
    `"states": [\n${stateTexts.join(",\n")}\n ]`,
  ];
  return `{\n ${parts.join(",\n ")}\n}\n`;
}

type Entry = readonly [name: string, value: TlaValue];

function entryOf(values: TlaState, name: string): readonly Entry[] {
  const value = values.get(name);
  return value === undefined ? [] : [[name, value]];
}

function stateText(meta: ItfMeta, entries: readonly Entry[]): string {
  const lines = entries.map(([name, of]) => `${JSON.stringify(name)}: ${writeItfValue(of)}`);
  return `  {\n   ${[...metaPart(meta), ...lines].join(",\n   ")}\n  }`;
}

const metaPart = (meta: ItfMeta): readonly string[] =>
  Object.keys(meta).length === 0 ? [] : [`"#meta": ${JSON.stringify(meta)}`];

const namesText = (names: Iterable<string>): string => JSON.stringify([...names]);

function checkNames(vars: readonly string[], params: TlaState): void {
  if (vars.length === 0) throw unwritable("its states have no variables", "at least one");
  const both = vars.find((name) => params.has(name));
  if (both !== undefined) throw unwritable(`${both} is a variable and a parameter`, "one of both");
  const marked = [...vars, ...params.keys()].find((name) => name.startsWith("#"));
  if (marked !== undefined) throw unwritable(`the name ${marked}`, "a name without # before it");
}

function checkVariables(vars: readonly string[], state: TlaState): void {
  const same = state.size === vars.length && vars.every((name) => state.has(name));
  if (!same) throw unwritable(`a state with ${[...state.keys()].join(", ")}`, vars.join(", "));
}
