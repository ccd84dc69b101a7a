/**
 * What an expression reads of a state, found from the expression: each part of a variable that it
 * looks at becomes a parameter, so that it can be evaluated from those parts alone and cannot read
 * anything else.
 */
import {
  type BuiltinExpression,
  compileExpression,
  type Expression,
  mapChildren,
  type Theory,
  type Value,
} from "tla2tools-runner";
import type { Reads, StateView } from "../engine/clause.js";
import { VerifyError } from "../support/verifyError.js";

/**
 * A part of a state: a variable as a whole; one element of a function, as in `life[1]`; or whether
 * one number is a member of a set, as in `2 \in listReaders`.
 */
export interface Cell {
  readonly variable: string;
  readonly part: "whole" | "element" | "member";
  /** The element's index, or the member; 0 for a whole variable. */
  readonly index: number;
  /** Whether it is read in the state behind the step. */
  readonly isNext: boolean;
}

/** What a cell is in the packed state of an implementation. */
export interface CellReader {
  readonly reads: Reads;
  readonly value: (state: StateView) => Value;
}

/** An expression over cells. */
export interface CellExpression {
  readonly cells: readonly Cell[];
  /** Cells are parameters here, named by {@link cellName}. */
  readonly expression: Expression;
  /** @param values One for each cell. @throws ToolError TLA_EVALUATION, as TLC stops */
  readonly evaluate: (values: readonly Value[]) => Value;
}

/** `life[1]'`, `2 \in listReaders`. */
export function cellName({ variable, part, index, isNext }: Cell): string {
  const prime = isNext ? "'" : "";
  if (part === "whole") return variable + prime;
  return part === "element" ? `${variable}[${index}]${prime}` : `${index} \\in ${variable}${prime}`;
}

/**
 * @param expression Specialised, so that constants are put in.
 * @throws VerifyError SPEC_UNSUPPORTED when a part of it hides what it reads
 */
export function overCells(specialised: Expression, theory: Theory): CellExpression {
  const cells = new Map<string, Cell>();
  const cell = (from: Expression, found: Cell): Expression => {
    const name = cellName(found);
    cells.set(name, found);
    return { kind: "parameter", name, operands: [], place: from.place, level: 0 };
  };
  const rewrite = (at: Expression, isNext: boolean): Expression => {
    if (at.kind === "variable") {
      return cell(at, { variable: at.name, part: "whole", index: 0, isNext });
    }
    // A definition that is left calls itself, so that what it reads cannot be seen here.
    if (at.kind === "definition" && theory.definitionOf(at.name)?.isRecursive && at.level > 0) {
      throw hidden(at, theory);
    }
    if (at.kind !== "builtin") return mapChildren(at, (part) => rewrite(part, isNext));
    const found = cellOf(at, isNext);
    if (found !== undefined) return cell(at, found);
    switch (at.operator) {
      case "'":
        return rewrite(at.operands[0], true);
      case "UNCHANGED": {
        const operands = [rewrite(at.operands[0], true), rewrite(at.operands[0], isNext)];
        return { ...at, operator: "=", operands };
      }
      case "\\notin": {
        const member = cellOf({ ...at, operator: "\\in" }, isNext);
        if (member !== undefined) return { ...at, operator: "~", operands: [cell(at, member)] };
        break;
      }
    }
    return mapChildren(at, (part) => rewrite(part, isNext));
  };
  const expression = rewrite(specialised, false);
  const compiled = compileExpression(expression, theory, [...cells.keys()]);
  return { cells: [...cells.values()], expression, evaluate: (values) => compiled(values) };
}

/** The cell that `life[1]`, `life'[1]` or `2 \in listReaders` is; undefined for anything else. */
function cellOf({ operator, operands }: BuiltinExpression, isNext: boolean): Cell | undefined {
  if (operator !== "apply" && operator !== "\\in") return undefined;
  const part = operator === "apply" ? "element" : "member";
  const [of, at] = operator === "apply" ? operands : operands.toReversed();
  const primed = of.kind === "builtin" && of.operator === "'" ? of.operands[0] : undefined;
  const variable = primed ?? of;
  const index = numberOf(at);
  if (variable.kind !== "variable" || index === undefined) return undefined;
  return { variable: variable.name, part, index, isNext: isNext || primed !== undefined };
}

function numberOf(expression: Expression): number | undefined {
  if (expression.kind !== "number" && expression.kind !== "value") return undefined;
  return typeof expression.value === "number" ? expression.value : undefined;
}

function hidden(at: Expression, theory: Theory): VerifyError {
  return new VerifyError({
    code: "SPEC_UNSUPPORTED",
    what: "an operator that calls itself reads the state, so what it reads cannot be found",
    where: theory.where(at.place),
    hint: "pass it the values that it needs, or leave the property to TLC",
  });
}
