/**
 * What an expression sees of each actor: the values of its largest parts that read this actor and
 * nothing else. Where these are the same, so is the expression, whatever else the profile says.
 */
import {
  childrenOf,
  compileExpression,
  type Expression,
  freeNames,
  type Theory,
  ToolError,
  type Value,
} from "tla2tools-runner";
import type { ClassOf } from "../engine/clause.js";
import { type CellExpression, type CellReader, cellName } from "./cells.js";

interface Part {
  readonly readers: readonly CellReader[];
  readonly evaluate: (values: readonly Value[]) => Value;
}

/** @param readers One for each cell. */
export function profileClasses(
  { cells, expression }: CellExpression,
  readers: readonly CellReader[],
  theory: Theory,
): ClassOf {
  const byName = new Map(cells.map((cell, i) => [cellName(cell), readers[i]]));
  const parts = new Map<number, Part[]>();
  const visit = (at: Expression): void => {
    const names = [...freeNames(at)];
    const read = names.flatMap((name) => byName.get(name) ?? []);
    if (!read.some(({ reads }) => reads.actors.length > 0)) return;
    const actor = read.length === names.length ? onlyActorOf(read) : undefined;
    if (actor === undefined) {
      for (const child of childrenOf(at)) visit(child);
      return;
    }
    const evaluate = compileExpression(at, theory, names);
    const part = { readers: read, evaluate: (values: readonly Value[]) => evaluate(values) };
    parts.set(actor, [...(parts.get(actor) ?? []), part]);
  };
  visit(expression);
  return (actor, state) =>
    (parts.get(actor) ?? [])
      .map(({ readers, evaluate }) => outcomeOf(() => evaluate(readers.map((r) => r.value(state)))))
      .join();
}

/** The actor that all of them read, if they read one and no memory. */
function onlyActorOf(readers: readonly CellReader[]): number | undefined {
  const actors = new Set(readers.flatMap(({ reads }) => reads.actors));
  const isLocal = readers.every(({ reads }) => reads.slots.length === 0);
  return isLocal && actors.size === 1 ? [...actors][0] : undefined;
}

/** Equal for equal values. To have none is an outcome too: it ends whatever asks for the value. */
function outcomeOf(evaluate: () => Value): string {
  try {
    const value = evaluate();
    return typeof value === "object" ? `#${value.id}` : `${typeof value} ${value}`;
  } catch (error) {
    if (error instanceof ToolError) return "none";
    throw error;
  }
}
