import type { Value } from "../evaluate/values/Value.js";

/**
 * TLA+ expressions as a typed tree. Names are kept as written: SANY has resolved them, and TLA+
 * lets no inner name hide an outer one, so a name and its kind of reference say what is meant.
 */

/** A range of a module's text; lines and columns count from 1, and both ends belong to it. */
export interface Place {
  readonly module: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** 0 constant, 1 state, 2 action, 3 temporal; as SANY has it. */
export type Level = 0 | 1 | 2 | 3;

interface Node {
  readonly place: Place;
  readonly level: Level;
}

export type Expression =
  | NumberExpression
  | ValueExpression
  | StringExpression
  | ReferenceExpression
  | BuiltinExpression
  | QuantifiedExpression
  | LetExpression
  | CaseExpression
  | ExceptExpression
  | AtExpression
  | OperatorExpression;

/** A value that the evaluator has put in the place of an expression; no reader makes one. */
export interface ValueExpression extends Node {
  readonly kind: "value";
  readonly value: Value;
}

export interface NumberExpression extends Node {
  readonly kind: "number";
  /** From 0 up to 2^53 - 1. */
  readonly value: number;
}

export interface StringExpression extends Node {
  readonly kind: "string";
  readonly value: string;
}

/**
 * The use of a name, with its operands; those without parameters have none. Of an operator with
 * several spellings, SANY has one: `\leq` and not `<=`, `\geq`, `\o`, `\div`, `\oplus`. The prefix
 * minus is `-.`.
 */
export interface ReferenceExpression extends Node {
  readonly kind: "constant" | "variable" | "parameter" | "definition" | "standard";
  readonly name: string;
  readonly operands: readonly Expression[];
}

/**
 * An operator of the language itself. The operands come in the order of the text; those of
 * `record` and `recordSet` alternate between a field's name, as a string, and its value.
 */
export interface BuiltinExpression extends Node {
  readonly kind: "builtin";
  readonly operator: Builtin;
  readonly operands: readonly Expression[];
}

export const builtins = [
  "TRUE",
  "FALSE",
  "BOOLEAN",
  "STRING",
  "=",
  "#",
  "~",
  "/\\",
  "\\/",
  "=>",
  "<=>",
  "\\in",
  "\\notin",
  "\\subseteq",
  "\\cup",
  "\\cap",
  "\\",
  "SUBSET",
  "UNION",
  "DOMAIN",
  "\\X",
  "if",
  "tuple",
  "set",
  "record",
  "recordSet",
  "functionSet",
  "apply",
  "field",
  "'",
  "UNCHANGED",
  "ENABLED",
  "\\cdot",
  "squareAction",
  "angleAction",
  "[]",
  "<>",
  "~>",
  "-+->",
  "WF",
  "SF",
] as const;

/**
 * `apply` is `f[x]`, with `f[x, y]` as one tuple; `field` is `r.name`; `squareAction` is `[A]_v`.
 * A list of conjuncts is one `/\` with as many operands as there are bullets.
 */
export type Builtin = (typeof builtins)[number];

/** Names bound to the elements of a set; a tuple binds the components of each element. */
export interface Bound {
  readonly names: readonly string[];
  readonly isTuple: boolean;
  readonly set: Expression;
}

/** `filter` is `{x \in S : P}`, `map` is `{e : x \in S}`, `function` is `[x \in S |-> e]`. */
export interface QuantifiedExpression extends Node {
  readonly kind: "forall" | "exists" | "choose" | "filter" | "map" | "function";
  readonly bounds: readonly Bound[];
  readonly body: Expression;
}

export interface LetExpression extends Node {
  readonly kind: "let";
  readonly definitions: readonly Definition[];
  readonly body: Expression;
}

export interface CaseExpression extends Node {
  readonly kind: "case";
  /** Null guards OTHER, which is the last arm. */
  readonly arms: readonly { readonly guard: Expression | null; readonly value: Expression }[];
}

/** `[f EXCEPT ![a].b = e, ...]`; a field of a path is a string. `@` is an {@link AtExpression}. */
export interface ExceptExpression extends Node {
  readonly kind: "except";
  readonly of: Expression;
  readonly updates: readonly { readonly path: readonly Expression[]; readonly value: Expression }[];
}

/** Its place is that of the update in which it stands; SANY has no other. */
export interface AtExpression extends Node {
  readonly kind: "at";
}

/**
 * An operator that is an operand itself: a LAMBDA, or a name. A name `F` stands there as
 * `LAMBDA _1, _2 : F(_1, _2)`, with parameters that no text can have.
 */
export interface OperatorExpression extends Node {
  readonly kind: "operator";
  readonly parameters: readonly Parameter[];
  readonly body: Expression;
}

export interface Parameter {
  readonly name: string;
  /** How many operands it takes itself; 0 for a plain value. */
  readonly arity: number;
}

/**
 * `name(parameters) == body`, of a module or of a LET. A function `f[x \in S] == e` is a definition
 * whose body is `[x \in S |-> e]`; it is recursive if `f` occurs in `e`.
 */
export interface Definition {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly body: Expression;
  readonly level: Level;
  readonly isRecursive: boolean;
  readonly place: Place;
}
