import {
  type Definition,
  type OpenModel,
  type OpenModelOptions,
  openModel,
  type ParsedSpec,
  parseModule,
  type Theory,
  type TlaState,
  type TlcTools,
  toTlaValue,
} from "../../src/index.js";
import { Sandbox } from "./sandbox.js";

/** What the modules of these tests extend. */
export const EXTENDS = "EXTENDS Integers, Sequences, FiniteSets, TLC\n";

/** Parses a module `Model` of its own, with SANY. */
export function parseText(tools: TlcTools, body: string): Promise<ParsedSpec> {
  return parseModule({ spec: new Sandbox().model("Model", body), tools });
}

/** Some expressions as definitions `E0`, `E1` and so on behind a preamble. */
export function asDefinitions(preamble: string, texts: readonly string[]): string {
  return [preamble, ...texts.map((text, index) => `E${index} == ${text}`)].join("\n");
}

export function definitionNamed(theory: Theory, name: string): Definition {
  const definition = theory.definitionOf(name);
  if (definition === undefined) throw new Error(`no definition ${name}`);
  return definition;
}

/** A model of one module, whose behavior is Init and Next. */
export async function openText(
  tools: TlcTools,
  body: string,
  options: Partial<OpenModelOptions> = {},
): Promise<OpenModel> {
  const { modules } = await parseText(tools, EXTENDS + body);
  return openModel({ modules, init: "Init", next: "Next", ...options });
}

/** A state as the other parts of this package have it. */
export function tlaState(
  { variables }: OpenModel,
  state: readonly Parameters<typeof toTlaValue>[0][],
): TlaState {
  const pairs = variables.map((name, index) => [name, toTlaValue(state[index])] as const);
  return new Map(pairs.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
