/**
 * Which values two predicates cannot tell apart: a string that neither names is to them like any
 * other that neither names.
 */
import { Tuple, type Value } from "tla2tools-runner";
import { type Cell, cellName } from "../spec/cells.js";
import type { Difference } from "./differences.js";

export class Likeness {
  private readonly known = new Map<Value, string>();

  constructor(private readonly difference: Pick<Difference, "strings" | "compared">) {}

  /** The same text for values of a cell that are alike. */
  of(value: Value, cell: Cell): string {
    return this.difference.compared.has(cellName(cell)) ? exactly(value) : this.named(value);
  }

  private named(value: Value): string {
    if (typeof value === "string") return this.difference.strings.has(value) ? value : "(another)";
    if (!(value instanceof Tuple)) return exactly(value);
    const known = this.known.get(value);
    if (known !== undefined) return known;
    const made = `<<${value.elements.map((element) => this.named(element)).join()}>>`;
    this.known.set(value, made);
    return made;
  }
}

/** A text that is another for another value. */
export const exactly = (value: Value): string =>
  typeof value === "object" ? `#${value.id}` : `${typeof value} ${String(value)}`;
