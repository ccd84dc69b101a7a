import { assertNever } from "../support/assertNever.js";
import type { Bound, Definition, Expression, Parameter, Place } from "./Expression.js";
import type { Assumption, Declaration, TlaModule } from "./TlaModule.js";

/** The version of the compiled form. It changes with the form, and with the types of the tree. */
export const COMPILED_FORMAT = 1;

type Json = string | number | boolean | null | readonly Json[];

/**
 * Writes a module as JSON, to be kept beside its text; `readCompiled` reads it back. Every unit
 * is one line, and its places count from the unit's first line, so that an edit changes the lines
 * of the units that it touches, and the one line that tells where all units begin.
 *
 * An expression is `[kind, level, place, ...]`; what follows is in {@link encodeExpression}. A
 * place is `[line, column, endLine, endColumn]`, with lines that count from 0 at the unit's first
 * one.
 */
export function compileModule(module: TlaModule): string {
  const { name, sha256, constants, variables, assumptions, definitions } = module;
  const units = [constants, variables, assumptions, definitions];
  const lines = units.map((all) => all.map(({ place }) => place.line));
  return `{
"format": ${COMPILED_FORMAT},
"module": ${JSON.stringify(name)},
"sha256": ${JSON.stringify(sha256)},
"extends": ${JSON.stringify(module.extends)},
"lines": ${JSON.stringify(lines)},
"constants": ${oneALine(constants, encodeDeclaration)},
"variables": ${oneALine(variables, encodeDeclaration)},
"assumptions": ${oneALine(assumptions, encodeAssumption)},
"definitions": ${oneALine(definitions, (of) => encodeDefinition(of, of.place.line))}
}
`;
}

function oneALine<T>(units: readonly T[], encode: (unit: T) => Json): string {
  if (units.length === 0) return "[]";
  return `[\n${units.map((unit) => JSON.stringify(encode(unit))).join(",\n")}\n]`;
}

function encodeDeclaration({ name, arity, place }: Declaration): Json {
  return [name, arity, encodePlace(place, place.line)];
}

function encodeAssumption({ name, body, place }: Assumption): Json {
  return [name ?? null, encodePlace(place, place.line), encodeExpression(body, place.line)];
}

function encodeDefinition(definition: Definition, base: number): Json {
  const { name, parameters, body, level, isRecursive, place } = definition;
  return [
    name,
    level,
    encodePlace(place, base),
    parameters.map(encodeParameter),
    isRecursive,
    encodeExpression(body, base),
  ];
}

function encodeParameter({ name, arity }: Parameter): Json {
  return [name, arity];
}

function encodePlace({ line, column, endLine, endColumn }: Place, base: number): Json {
  return [line - base, column, endLine - base, endColumn];
}

function encodeExpression(expression: Expression, base: number): Json {
  const { kind, level, place } = expression;
  return [kind, level, encodePlace(place, base), ...encodeParts(expression, base)];
}

/** What follows the kind, the level and the place. */
function encodeParts(expression: Expression, base: number): Json[] {
  const encode = (part: Expression) => encodeExpression(part, base);
  switch (expression.kind) {
    case "number":
    case "string":
      return [expression.value];
    case "at":
      return [];
    case "value":
      throw new Error("a value stands for no text, so that no reader makes one");
    case "constant":
    case "variable":
    case "parameter":
    case "definition":
    case "standard":
      return [expression.name, expression.operands.map(encode)];
    case "builtin":
      return [expression.operator, expression.operands.map(encode)];
    case "forall":
    case "exists":
    case "choose":
    case "filter":
    case "map":
    case "function":
      return [expression.bounds.map((bound) => encodeBound(bound, base)), encode(expression.body)];
    case "let": {
      const definitions = expression.definitions.map((of) => encodeDefinition(of, base));
      return [definitions, encode(expression.body)];
    }
    case "case":
      return [expression.arms.map(({ guard, value }) => [guard && encode(guard), encode(value)])];
    case "except": {
      const updates = expression.updates.map(({ path, value }) => [
        path.map(encode),
        encode(value),
      ]);
      return [encode(expression.of), updates];
    }
    case "operator":
      return [expression.parameters.map(encodeParameter), encode(expression.body)];
    default:
      return assertNever(expression);
  }
}

function encodeBound({ names, isTuple, set }: Bound, base: number): Json {
  return [names, isTuple, encodeExpression(set, base)];
}
