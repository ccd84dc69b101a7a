import type { Definition, Expression, Place } from "./Expression.js";

/** A CONSTANT or a VARIABLE; a constant may be an operator. */
export interface Declaration {
  readonly name: string;
  readonly arity: number;
  readonly place: Place;
}

export interface Assumption {
  readonly name: string | undefined;
  readonly body: Expression;
  readonly place: Place;
}

/** One module, with what its own text declares and defines. */
export interface TlaModule {
  readonly name: string;
  /** SHA-256 of the text, in lower-case hexadecimal digits. */
  readonly sha256: string;
  /**
   * The modules that it extends, directly or not, each behind those that it extends itself.
   * Standard modules are named and have no tree.
   */
  readonly extends: readonly string[];
  readonly constants: readonly Declaration[];
  readonly variables: readonly Declaration[];
  readonly assumptions: readonly Assumption[];
  /** In the order of the text. */
  readonly definitions: readonly Definition[];
}

/** Modules whose operators the evaluator knows; they have no tree. */
export const standardModules: ReadonlySet<string> = new Set([
  "Naturals",
  "Integers",
  "Sequences",
  "FiniteSets",
  "TLC",
]);
