/**
 * Reads the text of the core module: its actions, variables and labels, with their places. No
 * tool needs more of the module's syntax than how a definition and a disjunction begin.
 */
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { VerifyError } from "../support/verifyError.js";
import { coreModule, modelDirectory, projectRoot } from "./paths.js";

/** A place in a file; lines and columns count from 1. */
export interface SourcePlace {
  /** From the root of the package. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface Named {
  readonly name: string;
  readonly place: SourcePlace;
}

export interface SpecAction extends Named {
  readonly actor: "vcpu" | "toolstack";
}

export interface SpecModule {
  /** The operators disjoined in VcpuStep and ToolstackStep, each at its definition. */
  readonly actions: readonly SpecAction[];
  readonly variables: readonly Named[];
  /** The members of VcpuLabels and ToolstackLabels. */
  readonly labels: readonly Named[];
}

/** `src/mediator.ts:42:9` */
export const placeText = ({ file, line, column }: SourcePlace): string =>
  `${file}:${line}:${column}`;

/** Reads FfaMediator.tla of this package. @throws VerifyError SPEC_MALFORMED */
export function readCoreModule(): SpecModule {
  const path = `${modelDirectory}/${coreModule}.tla`;
  return readSpecModule(readFileSync(path, "utf8"), relative(projectRoot, path));
}

/** @throws VerifyError SPEC_MALFORMED when a definition that every tool relies on is missing. */
export function readSpecModule(source: string, file: string): SpecModule {
  const text = withoutComments(source);
  const placeAt = (index: number): SourcePlace => placeOf(text, file, index);
  const namesIn = (definition: string, pattern: RegExp): readonly Named[] => {
    const { body, start } = bodyOf(text, file, definition);
    return [...body.matchAll(pattern)].map(({ 1: name, index, 0: all }) => ({
      name,
      place: placeAt(start + index + all.lastIndexOf(name)),
    }));
  };
  const actionsIn = (definition: string, actor: SpecAction["actor"]): readonly SpecAction[] =>
    namesIn(definition, /\\\/\s*(\w+)/g).map(({ name, place }) => {
      const at = definitionOf(text, name);
      return { name, actor, place: at === undefined ? place : placeAt(at.index) };
    });
  return {
    actions: [...actionsIn("VcpuStep", "vcpu"), ...actionsIn("ToolstackStep", "toolstack")],
    variables: variablesOf(text, file),
    labels: [...namesIn("VcpuLabels", /"(\w+)"/g), ...namesIn("ToolstackLabels", /"(\w+)"/g)],
  };
}

/** Comments become blanks, so that every place stays where it was. */
function withoutComments(text: string): string {
  const blank = (comment: string): string => comment.replace(/[^\n]/g, " ");
  return text.replace(/\(\*[\s\S]*?\*\)|\\\*[^\n]*/g, blank);
}

function definitionOf(text: string, name: string): RegExpExecArray | undefined {
  return new RegExp(`^${name}(\\([^)]*\\))?\\s*==`, "m").exec(text) ?? undefined;
}

/** What stands between a definition's `==` and the next one, or the next line across the page. */
function bodyOf(text: string, file: string, name: string): { body: string; start: number } {
  const definition = definitionOf(text, name);
  if (definition === undefined) throw malformed(file, `a definition of ${name}`);
  const start = definition.index + definition[0].length;
  const end = /^(\w+(\([^)]*\))?\s*==|-{4}|={4})/m.exec(text.slice(start));
  return { body: text.slice(start, end === null ? undefined : start + end.index), start };
}

function variablesOf(text: string, file: string): readonly Named[] {
  const declaration = /^VARIABLES?\s+/m.exec(text);
  if (declaration === null) throw malformed(file, "a declaration of VARIABLES");
  const variables: Named[] = [];
  const name = /\s*(\w+)\s*(,?)/y;
  name.lastIndex = declaration.index + declaration[0].length;
  for (;;) {
    const found = name.exec(text);
    if (found === null) return variables;
    const index = found.index + found[0].indexOf(found[1]);
    variables.push({ name: found[1], place: placeOf(text, file, index) });
    if (found[2] === "") return variables;
  }
}

function placeOf(text: string, file: string, index: number): SourcePlace {
  const before = text.slice(0, index);
  return { file, line: before.split("\n").length, column: index - before.lastIndexOf("\n") };
}

function malformed(file: string, expected: string): VerifyError {
  return new VerifyError({
    code: "SPEC_MALFORMED",
    what: "the module lacks a definition that the tools rely on",
    where: `${file}:1:1`,
    expected,
    hint: "keep VARIABLES, VcpuStep, ToolstackStep, VcpuLabels and ToolstackLabels at column 1",
  });
}
