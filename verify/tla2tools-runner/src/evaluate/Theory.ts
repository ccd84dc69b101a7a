import type { Definition, Expression, Place } from "../module/Expression.js";
import type { TlaModule } from "../module/TlaModule.js";
import type { ErrorCode } from "../support/errorCodes.js";
import { ToolError, type ToolErrorFields } from "../support/ToolError.js";
import type { TlaValue } from "../value/TlaValue.js";
import { type Levels, relevel, relevelDefinitions } from "./specialise/relevel.js";
import { childrenOf } from "./specialise/traverse.js";
import type { Fail } from "./values/Computed.js";
import { fromTlaValue } from "./values/tlaValues.js";
import type { Value } from "./values/Value.js";
import { ValueTable } from "./values/ValueTable.js";

/** What a cfg puts in the place of a name: a value, or the definition of another name. */
export type Replacement = { readonly value: TlaValue } | { readonly definition: string };

export interface TheoryOptions {
  readonly modules: readonly TlaModule[];
  /** For constants, and for definitions that a cfg overrides. */
  readonly constants?: ReadonlyMap<string, Replacement>;
  /** The files of modules, for the places of errors. Default: the name and `.tla`. */
  readonly files?: ReadonlyMap<string, string>;
  /** Gets each line that Print and PrintT print. Default: they are dropped. */
  readonly print?: (line: string) => void;
}

/** An error at a place of a module. */
export class EvaluationError extends ToolError {
  constructor(
    readonly place: Place,
    fields: ToolErrorFields,
  ) {
    super(fields);
  }
}

/** Says that an expression cannot be evaluated ahead of time. */
export class PrintsError extends Error {}

/** The names of a model, with the constants of a cfg put in, and the table of its values. */
export class Theory {
  readonly table = new ValueTable();
  /** In the order of their declarations. */
  readonly variables: readonly string[];
  private isQuiet = false;
  private readonly output: (line: string) => void;
  private readonly indexes: ReadonlyMap<string, number>;
  private readonly definitions: ReadonlyMap<string, Definition>;
  private readonly values = new Map<string, Value>();
  private readonly files: ReadonlyMap<string, string>;
  private readonly levels: Levels;
  private readonly releveled = new WeakMap<Expression, Expression>();

  constructor({ modules, constants = new Map(), files = new Map(), print }: TheoryOptions) {
    this.files = files;
    this.output = print ?? (() => {});
    this.variables = modules.flatMap(({ variables }) => variables.map(({ name }) => name));
    this.indexes = new Map(this.variables.map((name, index) => [name, index]));
    const own = modules.flatMap((module) => module.definitions);
    const replaced: Definition[] = [];
    for (const [name, constant] of constants) {
      if ("value" in constant) this.values.set(name, this.constantValue(name, constant.value));
      else replaced.push({ ...replacementOf(name, constant.definition, own), name });
    }
    const kept = own.filter(({ name }) => !replaced.some((other) => other.name === name));
    const { definitions, levels } = relevelDefinitions([...replaced, ...kept]);
    this.levels = levels;
    this.definitions = new Map(
      definitions.map((definition) => {
        const { name } = definition;
        const by = constants.get(name);
        // It is found under the name that it replaces, and keeps its own.
        const itself = by !== undefined && "definition" in by ? by.definition : name;
        return [name, { ...definition, name: itself }];
      }),
    );
    for (const { body } of own) this.meetStrings(body);
  }

  /** The value that the cfg gives to a name. */
  valueOf(name: string): Value | undefined {
    return this.values.get(name);
  }

  /** The definition of a name, or the one that the cfg puts in its place. */
  definitionOf(name: string): Definition | undefined {
    return this.definitions.get(name);
  }

  /** The position of a variable in a state. */
  indexOf(variable: string): number {
    return this.indexes.get(variable) ?? -1;
  }

  /** An expression of the modules with levels that can be relied on. */
  relevel(expression: Expression): Expression {
    const known = this.releveled.get(expression);
    if (known !== undefined) return known;
    const made = relevel(expression, this.levels);
    this.releveled.set(expression, made);
    // What has been seen to need no change is not looked at again.
    this.releveled.set(made, made);
    return made;
  }

  /** The names of all definitions. */
  definedNames(): Iterable<string> {
    return this.definitions.keys();
  }

  print(line: string): void {
    if (this.isQuiet) throw new PrintsError();
    this.output(line);
  }

  /** Evaluates ahead of time; what would print something, then ends with a PrintsError. */
  quietly<T>(evaluate: () => T): T {
    const before = this.isQuiet;
    this.isQuiet = true;
    try {
      return evaluate();
    } finally {
      this.isQuiet = before;
    }
  }

  /** Ends an evaluation with TLA_EVALUATION, or another code, at a place. */
  failAt(place: Place, code: ErrorCode = "TLA_EVALUATION", hint?: string): Fail {
    return (what) => {
      throw new EvaluationError(place, { code, what, where: this.where(place), hint });
    };
  }

  /** `file:line:column`. */
  where({ module, line, column }: Place): string {
    return `${this.files.get(module) ?? `${module}.tla`}:${line}:${column}`;
  }

  /** Strings have the order in which they stand in the cfg and then in the modules, as in TLC. */
  private meetStrings(expression: Expression): void {
    if (expression.kind === "string") this.table.rank(expression.value);
    childrenOf(expression).forEach((child) => {
      this.meetStrings(child);
    });
  }

  private constantValue(name: string, value: TlaValue): Value {
    return fromTlaValue(value, this.table, (what) => {
      throw new ToolError({ code: "TLA_EVALUATION", what: `the constant ${name}: ${what}` });
    });
  }
}

function replacementOf(name: string, by: string, own: readonly Definition[]): Definition {
  const definition = own.find((each) => each.name === by);
  if (definition !== undefined) return definition;
  throw new ToolError({
    code: "TLA_EVALUATION",
    what: `${by}, which is to replace ${name}, is not defined`,
    hint: "Name a definition of the module or of one that it extends.",
  });
}
