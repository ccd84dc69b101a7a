/** What the core spec declares: its actions, variables and labels, with their places. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import {
  type Definition,
  type Expression,
  type Place,
  readCompiled,
  type TlaModule,
} from "tla2tools-runner";
import { VerifyError } from "../support/verifyError.js";
import { COMPILED } from "./compiledForm.js";
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

/** Who takes actions, and the operator of the core that offers each what it may take. */
const OFFERS = { vcpu: "VcpuStep", toolstack: "ToolstackStep", timer: "TimerStep" } as const;
export type ActorKind = keyof typeof OFFERS;

export interface SpecAction extends Named {
  /** Who may take it. */
  readonly actors: readonly ActorKind[];
}

export interface CoreSpec {
  /** What is offered to some actor, in the order of the operators that offer it. */
  readonly actions: readonly SpecAction[];
  readonly variables: readonly Named[];
  /** Each string that `At` or `GoTo` is given, or a set of labels has, where it stands first. */
  readonly labels: readonly Named[];
}

/** `src/mediator.ts:42:9` */
export const placeText = ({ file, line, column }: SourcePlace): string =>
  `${file}:${line}:${column}`;

/**
 * Reads the compiled forms beside a model's modules. @throws VerifyError SPEC_MALFORMED
 *
 * @throws ToolError TLA_COMPILED_INVALID
 */
export function readCoreSpec(directory = modelDirectory): CoreSpec {
  const folder = join(directory, COMPILED);
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  const modules = files.map((name) => {
    return readCompiled(readFileSync(join(folder, name), "utf8"), join(folder, name));
  });
  return coreSpecOf(modules, relative(projectRoot, directory) || ".");
}

/**
 * @param modules Those of a directory; what the core does not extend is not looked at.
 * @param folder Where their texts are, from the root of the package.
 * @throws VerifyError SPEC_MALFORMED when there is no core, or it lacks what every tool relies on
 */
export function coreSpecOf(modules: readonly TlaModule[], folder: string): CoreSpec {
  const root = modules.find(({ name }) => name === coreModule);
  if (root === undefined) throw malformed(folder, `a module ${coreModule}`);
  const parts = [...root.extends, coreModule].flatMap((name) => {
    return modules.find((module) => module.name === name) ?? [];
  });
  const placeOf = ({ module, line, column }: Place): SourcePlace => {
    return { file: `${folder}/${module}.tla`, line, column };
  };
  const definitions = parts.flatMap((module) => module.definitions);
  const actions = new Map<string, SpecAction>();
  for (const [actor, step] of Object.entries(OFFERS) as [ActorKind, string][]) {
    const definition = definitions.find(({ name }) => name === step);
    if (definition === undefined) throw malformed(folder, `a definition of ${step}`);
    for (const { name, place } of offered(definition, definitions)) {
      const others = actions.get(name)?.actors ?? [];
      actions.set(name, { name, actors: [...others, actor], place: placeOf(place) });
    }
  }
  const variables = parts.flatMap((module) => module.variables);
  if (variables.length === 0) throw malformed(folder, "a declaration of VARIABLES");
  return {
    actions: [...actions.values()],
    variables: variables.map(({ name, place }) => ({ name, place: placeOf(place) })),
    labels: labelsIn(definitions).map(({ name, place }) => ({ name, place: placeOf(place) })),
  };
}

/**
 * The actions that names stand for: an action for itself, an operator that offers actions, such as
 * `MessageStep`, for all of them.
 *
 * @returns unknown names as they are
 */
export function actionsNamed(
  names: readonly string[],
  modules: readonly TlaModule[],
): readonly string[] {
  const definitions = modules.flatMap((module) => module.definitions);
  return names.flatMap((name) => {
    const named = definitions.find((definition) => definition.name === name);
    if (named === undefined) return [name];
    return offered(named, definitions).map((definition) => definition.name);
  });
}

/** The operators that a disjunction offers, through those that are disjunctions themselves. */
function offered(step: Definition, all: readonly Definition[]): readonly Definition[] {
  const { body } = step;
  if (body.kind !== "builtin" || body.operator !== "\\/") return [step];
  return body.operands.flatMap((operand) => {
    const next = all.find(({ name }) => operand.kind === "definition" && name === operand.name);
    return next === undefined ? [] : offered(next, all);
  });
}

interface Label {
  readonly name: string;
  readonly place: Place;
}

function labelsIn(definitions: readonly Definition[]): readonly Label[] {
  const first = new Map<string, Label>();
  const visit = (expression: Expression, isLabel: boolean): void => {
    if (expression.kind === "string" && isLabel && !first.has(expression.value)) {
      first.set(expression.value, { name: expression.value, place: expression.place });
    }
    const gives = isGoTo(expression) || comparesPc(expression);
    for (const [i, part] of partsOf(expression).entries()) {
      visit(part.expression, gives ? i === 1 : isLabel && part.isResult);
    }
  };
  for (const { name, body } of definitions) visit(body, /Labels$|Section$/.test(name));
  return [...first.values()];
}

/** `GoTo(a, label)`. */
const isGoTo = (expression: Expression): boolean =>
  expression.kind === "definition" && expression.name === "GoTo";

/** `pc[a] = label`, or a set of them. */
function comparesPc(expression: Expression): boolean {
  if (expression.kind !== "builtin" || !["=", "#", "\\in"].includes(expression.operator))
    return false;
  const [applied] = expression.operands;
  if (applied.kind !== "builtin" || applied.operator !== "apply") return false;
  const [of] = applied.operands;
  return of.kind === "variable" && of.name === "pc";
}

/** The parts of an expression, and which of them it can be equal to. */
function partsOf(
  expression: Expression,
): readonly { readonly expression: Expression; readonly isResult: boolean }[] {
  const part = (of: Expression, isResult = false) => ({ expression: of, isResult });
  switch (expression.kind) {
    case "value":
    case "number":
    case "string":
    case "at":
      return [];
    case "builtin": {
      const { operator } = expression;
      const isSet = ["set", "\\cup", "\\"].includes(operator);
      return expression.operands.map((operand, i) =>
        part(operand, isSet || (operator === "if" && i > 0)),
      );
    }
    case "constant":
    case "variable":
    case "parameter":
    case "definition":
    case "standard":
      return expression.operands.map((operand) => part(operand));
    case "let":
      return [...expression.definitions.map(({ body }) => part(body)), part(expression.body, true)];
    case "case":
      return expression.arms.flatMap(({ guard, value }) => {
        return guard === null ? [part(value, true)] : [part(guard), part(value, true)];
      });
    case "except":
      return [
        part(expression.of),
        ...expression.updates.flatMap(({ path, value }) => [...path, value].map((of) => part(of))),
      ];
    case "operator":
      return [part(expression.body)];
    default:
      return [...expression.bounds.map(({ set }) => part(set)), part(expression.body)];
  }
}

function malformed(folder: string, expected: string): VerifyError {
  return new VerifyError({
    code: "SPEC_MALFORMED",
    what: "the spec lacks a definition that the tools rely on",
    where: `${folder}/${coreModule}.tla:1:1`,
    expected,
    hint: `keep the variables, ${Object.values(OFFERS).join(", ")} in the core or what it extends`,
  });
}
