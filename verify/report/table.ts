/** Tables without borders, made with cli-table3; narrower terminals get records instead. */
import { stripVTControlCharacters } from "node:util";
import CliTable from "cli-table3";
import { widthOf } from "./screen.js";

const NO_BORDERS = Object.fromEntries(
  ["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left"]
    .concat(["bottom-right", "left", "left-mid", "mid", "mid-mid", "right", "right-mid"])
    .map((name) => [name, ""]),
);

export interface Column {
  readonly title: string;
  readonly align?: "left" | "right";
}

/** One line a row, or one block a row where the lines would not fit. */
export function formatTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width = widthOf(process.stdout),
): string {
  const table = new CliTable({
    chars: { ...NO_BORDERS, middle: "  " },
    style: { head: [], border: [], compact: true, "padding-left": 0, "padding-right": 0 },
    head: columns.map(({ title }) => title),
    colAligns: columns.map(({ align = "left" }) => align),
  });
  table.push(...rows.map((row) => [...row]));
  const lines = table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd());
  if (Math.max(...lines.map(visibleLength)) <= width) return lines.join("\n");
  return rows.map((row) => formatRecord(columns, row)).join("\n");
}

function formatRecord(columns: readonly Column[], row: readonly string[]): string {
  const [first, ...rest] = row;
  const fields = rest.map((cell, i) => `  ${columns[i + 1].title}: ${cell}`);
  return [first, ...fields.filter((line) => !line.endsWith(": "))].join("\n");
}

/** How many columns a line takes, colours left out. */
export const visibleLength = (line: string): number => stripVTControlCharacters(line).length;
