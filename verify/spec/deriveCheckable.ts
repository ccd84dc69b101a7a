/** An invariant or an action property of the spec as clauses for the engine. */
import { actionOf, type Expression, mapChildren, specialise, type Theory } from "tla2tools-runner";
import type { Checkable, Reads, StateClause, StepClause } from "../engine/clause.js";
import { type Cell, type CellReader, cellName, overCells } from "./cells.js";
import { plainValue } from "./plainValue.js";
import { profileClasses } from "./profileClasses.js";
import { smallConjunctsOf } from "./smallConjuncts.js";

/** Finds the reader of a cell; whether it is of this or of the next state does not matter. */
export type CellSource = (cell: Cell) => CellReader;

/**
 * @returns undefined when the spec does not define the name, or it is neither a state predicate
 *   nor of the form `[][A]_v`.
 * @throws VerifyError SPEC_UNSUPPORTED
 */
export function deriveCheckable(
  name: string,
  theory: Theory,
  source: CellSource,
): Checkable | undefined {
  const definition = theory.definitionOf(name);
  if (definition === undefined || definition.parameters.length > 0) return undefined;
  if (definition.level <= 1) {
    const conjuncts = smallConjunctsOf(specialise(definition.body, { theory }));
    return { name, states: conjuncts.map((each) => stateClause(each, theory, source)), steps: [] };
  }
  const action = actionOf(definition.body);
  if (action === undefined) return undefined;
  const conjuncts = smallConjunctsOf(specialise(action, { theory }));
  return { name, states: [], steps: conjuncts.map((each) => stepClause(each, theory, source)) };
}

/** The invariants and action properties of a spec, by what their names end in. */
export const checkableNames = (theory: Theory): readonly string[] =>
  // static-exception spec-not-restated: the names are a convention, which says nothing of the texts
  [...theory.definedNames()].filter((name) => /^TypeOK$|Inv$|Prop$/.test(name));

function stateClause(conjunct: Expression, theory: Theory, source: CellSource): StateClause {
  const over = overCells(conjunct, theory);
  const readers = over.cells.map(source);
  return {
    ...union(readers.map(({ reads }) => reads)),
    classOf: profileClasses(over, readers, theory),
    holds: (state) => over.evaluate(readers.map(({ value }) => value(state))) === true,
  };
}

function stepClause(conjunct: Expression, theory: Theory, source: CellSource): StepClause {
  const over = overCells(conjunct, theory);
  const readers = over.cells.map(source);
  const decisive = decisiveCells(conjunct, theory);
  return {
    ...union(readers.map(({ reads }) => reads)),
    changes: decisive === undefined ? "any" : union(decisive.map((cell) => source(cell).reads)),
    holds: (before, after) => {
      const values = readers.map(({ value }, i) => value(over.cells[i].isNext ? after : before));
      return over.evaluate(values) === true;
    },
  };
}

/**
 * Cells of the next state without which the conjunct holds of a step: where none of them changes,
 * it is true whatever else happens. Undefined when there are no such cells.
 */
export function decisiveCells(conjunct: Expression, theory: Theory): readonly Cell[] | undefined {
  const { cells, expression } = overCells(conjunct, theory);
  let decisive = cells.filter(({ isNext }) => isNext);
  if (!holdsUnchanged(expression, decisive)) return undefined;
  for (const cell of decisive) {
    const fewer = decisive.filter((each) => each !== cell);
    if (holdsUnchanged(expression, fewer)) decisive = fewer;
  }
  return decisive;
}

/** Whether the expression is plainly true when these cells are the same in both states. */
function holdsUnchanged(expression: Expression, cells: readonly Cell[]): boolean {
  const before = new Map(
    cells.map((cell) => [cellName(cell), cellName({ ...cell, isNext: false })]),
  );
  return plainValue(renamed(expression, before)) === true;
}

function renamed(expression: Expression, names: ReadonlyMap<string, string>): Expression {
  if (expression.kind === "parameter") {
    return { ...expression, name: names.get(expression.name) ?? expression.name };
  }
  return mapChildren(expression, (part) => renamed(part, names));
}

function union(all: readonly Reads[]): Reads {
  const masks = new Map<number, number>();
  for (const { slot, mask } of all.flatMap(({ slots }) => slots)) {
    masks.set(slot, (masks.get(slot) ?? 0) | mask);
  }
  return {
    actors: [...new Set(all.flatMap(({ actors }) => actors))],
    slots: [...masks].map(([slot, mask]) => ({ slot, mask })),
  };
}
