import type { Expression } from "../../module/Expression.js";
import type { Use } from "./connectives.js";
import type { Names } from "./Names.js";

/** Puts values in the place of names, and simplifies what then can be. */
export interface Specialiser {
  /** @param use what the value is used for; by default, anything */
  specialise(expression: Expression, names: Names, use?: Use): Expression;
  /** The value of an expression without names and state as a node, or the expression. */
  fold(expression: Expression): Expression;
}
