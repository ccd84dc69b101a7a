/** Traces as Apalache and as Quint write them: read, replayed, and kept in one form. */
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseItf, parseValue, type TlaValue } from "tla2tools-runner";
import { expect, test } from "vitest";
import { systemOf } from "../../verify/mediator/createSystem.js";
import { behaviorStates } from "../../verify/traces/behaviorStates.js";
import { ffaVerify } from "../support/cli.js";
import { temporaryDirectory } from "../support/temporary.js";
import { tinyModel } from "../support/tinyModels.js";
import { tracesOf } from "../support/tinyTraces.js";

const directory = temporaryDirectory();
const model = await tinyModel(directory);
const { graph, behaviors } = tracesOf(systemOf(model));
const states = behaviorStates({ graph, behaviors }, 0).states.slice(0, 12);
const variables = [...states[0].keys()];

type Json = boolean | string | readonly Json[] | { readonly [name: string]: Json };

const integer = (value: number | bigint): Json => ({ "#bigint": String(value) });

/** @param tuple How the tool writes a tuple: as a list, as a tuple, or as a function on 1..n. */
function jsonOf(value: TlaValue, tuple: (elements: readonly Json[]) => Json): Json {
  const each = (values: readonly TlaValue[]) => values.map((of) => jsonOf(of, tuple));
  if (value.type === "int") return integer(value.value);
  if (value.type === "string" || value.type === "boolean") return value.value;
  if (value.type === "tuple") return tuple(each(value.elements));
  if (value.type === "set") return { "#set": each(value.elements) };
  throw new Error(`a state of the model has no ${value.type}`);
}

const asList = (elements: readonly Json[]): Json => elements;
const asTuple = (elements: readonly Json[]): Json => ({ "#tup": elements });
const asMap = (elements: readonly Json[]): Json => ({
  "#map": elements.map((element, i) => [integer(i + 1), element]),
});

const valuesOf = (state: ReadonlyMap<string, string>, tuple: (of: readonly Json[]) => Json) =>
  Object.fromEntries([...state].map(([name, text]) => [name, jsonOf(parseValue(text), tuple)]));

/** A counterexample: types beside the variables, numbered states, functions as maps. */
const ofApalache = {
  "#meta": {
    format: "ITF",
    "format-description": "https://apalache-mc.org/docs/adr/015adr-trace.html",
    varTypes: Object.fromEntries(variables.map((name) => [name, "Int -> a"])),
    description: "a counterexample",
  },
  params: [],
  vars: variables,
  states: states.map((state, index) => ({ "#meta": { index }, ...valuesOf(state, asMap) })),
};

/** A run: a status, what was picked beside the variables, one name twice, and lists. */
const ofQuint = (tuple: (of: readonly Json[]) => Json) => ({
  "#meta": { format: "ITF", source: "a.qnt", status: "violation", timestamp: 1700000000000 },
  vars: [...variables, "mbt::actionTaken", "mbt::nondetPicks", "mbt::actionTaken"],
  states: states.map((state, index) => ({
    "#meta": { index },
    ...valuesOf(state, tuple),
    "mbt::actionTaken": "step",
    "mbt::nondetPicks": {
      who: { tag: "Some", value: { "#bigint": "1" } },
      other: { tag: "None", value: { "#tup": [] } },
    },
  })),
});

test.each<[string, object]>([
  ["Apalache", ofApalache],
  ["Quint, with lists", ofQuint(asList)],
  ["Quint, with tuples", ofQuint(asTuple)],
])("%s: the implementation takes all steps, and the trace is kept", async (name, document) => {
  const path = join(directory, `${name.replace(/\W+/g, "-")}.itf.json`);
  writeFileSync(path, JSON.stringify(document));
  const models = dirname(model.cfgPath);
  const replayed = await ffaVerify(["replay", path, "--models", models, "--json"]);
  expect([replayed.stderr, replayed.code]).toEqual(["", 0]);
  expect(JSON.parse(replayed.stdout).steps).toHaveLength(states.length - 1);

  const traces = join(directory, name);
  const added = await ffaVerify([
    "traces",
    "add",
    path,
    "--traces",
    traces,
    "--models",
    models,
    "--json",
  ]);
  expect([added.stderr, added.code]).toEqual(["", 0]);
  const kept: string = JSON.parse(added.stdout).path;
  expect(parseItf(readFileSync(kept, "utf8"), kept)).toMatchObject({ meta: { model: model.name } });
});
