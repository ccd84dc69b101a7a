import { ToolError } from "../support/ToolError.js";
import {
  asBoolean,
  asCount,
  asItems,
  asText,
  asTuple,
  MalformedCompiled,
  malformed,
} from "./compiledItems.js";
import { COMPILED_FORMAT } from "./compileModule.js";
import {
  type Bound,
  type Builtin,
  builtins,
  type Definition,
  type Expression,
  type Level,
  type Parameter,
  type Place,
} from "./Expression.js";
import type { Assumption, Declaration, TlaModule } from "./TlaModule.js";

const knownBuiltins: ReadonlySet<unknown> = new Set(builtins);

/** Where a unit is: its module, and the line from which its places count. */
interface Base {
  readonly module: string;
  readonly line: number;
}

/**
 * Reads what `compileModule` wrote.
 *
 * @param path The file of `text`, for errors.
 * @throws ToolError TLA_COMPILED_INVALID if it is malformed or of another version.
 */
export function readCompiled(text: string, path: string): TlaModule {
  try {
    return readModule(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof MalformedCompiled || error instanceof SyntaxError)) throw error;
    throw new ToolError({
      code: "TLA_COMPILED_INVALID",
      what: "the file is no compiled form of a module, or of another version",
      where: path,
      expected: `what compileModule writes, format ${COMPILED_FORMAT}`,
      found: error.message,
      hint: "Compile the module anew.",
    });
  }
}

function readModule(value: unknown): TlaModule {
  const fields = readFields(value);
  const name = asText(fields.module);
  const lines = asTuple(fields.lines, 4);
  const units = <T>(list: unknown, index: number, read: (unit: unknown, base: Base) => T): T[] => {
    const items = asItems(list);
    const firstLines = asTuple(lines[index], items.length);
    return items.map((item, i) => read(item, { module: name, line: asCount(firstLines[i]) }));
  };
  return {
    name,
    sha256: asText(fields.sha256),
    extends: asItems(fields.extends).map(asText),
    constants: units(fields.constants, 0, readDeclaration),
    variables: units(fields.variables, 1, readDeclaration),
    assumptions: units(fields.assumptions, 2, readAssumption),
    definitions: units(fields.definitions, 3, readDefinition),
  };
}

function readFields(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) malformed("an object", value);
  const fields: Readonly<Record<string, unknown>> = { ...value };
  if (fields.format !== COMPILED_FORMAT) malformed(`format ${COMPILED_FORMAT}`, fields.format);
  return fields;
}

function readDeclaration(value: unknown, base: Base): Declaration {
  const [name, arity, place] = asTuple(value, 3);
  return { name: asText(name), arity: asCount(arity), place: readPlace(place, base) };
}

function readAssumption(value: unknown, base: Base): Assumption {
  const [name, place, body] = asTuple(value, 3);
  return {
    name: name === null ? undefined : asText(name),
    body: readExpression(body, base),
    place: readPlace(place, base),
  };
}

function readDefinition(value: unknown, base: Base): Definition {
  const [name, level, place, parameters, isRecursive, body] = asTuple(value, 6);
  return {
    name: asText(name),
    parameters: asItems(parameters).map(readParameter),
    body: readExpression(body, base),
    level: readLevel(level),
    isRecursive: asBoolean(isRecursive),
    place: readPlace(place, base),
  };
}

function readParameter(value: unknown): Parameter {
  const [name, arity] = asTuple(value, 2);
  return { name: asText(name), arity: asCount(arity) };
}

function readPlace(value: unknown, { module, line: base }: Base): Place {
  const [line, column, endLine, endColumn] = asTuple(value, 4);
  return {
    module,
    line: base + asCount(line),
    column: asCount(column),
    endLine: base + asCount(endLine),
    endColumn: asCount(endColumn),
  };
}

function readLevel(value: unknown): Level {
  if (value === 0 || value === 1 || value === 2 || value === 3) return value;
  return malformed("a level", value);
}

function readBuiltin(value: unknown): Builtin {
  return isBuiltin(value) ? value : malformed("an operator of the language", value);
}

function isBuiltin(value: unknown): value is Builtin {
  return knownBuiltins.has(value);
}

function readExpression(value: unknown, base: Base): Expression {
  const [kind, level, place, first, second] = asItems(value);
  const at = { level: readLevel(level), place: readPlace(place, base) };
  const read = (part: unknown) => readExpression(part, base);
  switch (kind) {
    case "number":
      return { kind, value: asCount(first), ...at };
    case "string":
      return { kind, value: asText(first), ...at };
    case "at":
      return { kind, ...at };
    case "constant":
    case "variable":
    case "parameter":
    case "definition":
    case "standard":
      return { kind, name: asText(first), operands: asItems(second).map(read), ...at };
    case "builtin":
      return { kind, operator: readBuiltin(first), operands: asItems(second).map(read), ...at };
    case "forall":
    case "exists":
    case "choose":
    case "filter":
    case "map":
    case "function": {
      const bounds = asItems(first).map((bound) => readBound(bound, base));
      return { kind, bounds, body: read(second), ...at };
    }
    case "let": {
      const definitions = asItems(first).map((of) => readDefinition(of, base));
      return { kind, definitions, body: read(second), ...at };
    }
    case "case":
      return { kind, arms: asItems(first).map((arm) => readArm(arm, base)), ...at };
    case "except":
      return {
        kind,
        of: read(first),
        updates: asItems(second).map((of) => readUpdate(of, base)),
        ...at,
      };
    case "operator":
      return { kind, parameters: asItems(first).map(readParameter), body: read(second), ...at };
    default:
      return malformed("a kind of expression", kind);
  }
}

function readBound(value: unknown, base: Base): Bound {
  const [names, isTuple, set] = asTuple(value, 3);
  return {
    names: asItems(names).map(asText),
    isTuple: asBoolean(isTuple),
    set: readExpression(set, base),
  };
}

function readArm(value: unknown, base: Base): { guard: Expression | null; value: Expression } {
  const [guard, result] = asTuple(value, 2);
  return {
    guard: guard === null ? null : readExpression(guard, base),
    value: readExpression(result, base),
  };
}

function readUpdate(value: unknown, base: Base): { path: Expression[]; value: Expression } {
  const [path, result] = asTuple(value, 2);
  return {
    path: asItems(path).map((step) => readExpression(step, base)),
    value: readExpression(result, base),
  };
}
