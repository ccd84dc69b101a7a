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

/** One line a row, or one block a row where the lines would not fit; nothing without any row. */
export function formatTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width = widthOf(process.stdout),
): string {
  if (rows.length === 0) return "";
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
  return rows.map((row) => formatRecord(columns, row, width)).join("\n");
}

/** The first column that has a title heads the block, with any mark that stands before it. */
function formatRecord(columns: readonly Column[], row: readonly string[], width: number): string {
  const heads = columns.findIndex(({ title }) => title !== "") + 1;
  const head = row.slice(0, heads).filter((cell) => cell !== "");
  const fields = columns.slice(heads).flatMap(({ title }, i) => {
    const cell = row[heads + i];
    if (cell === "") return [];
    const field = title === "" ? `  ${cell}` : `  ${title}: ${cell}`;
    return [wrapWords(field, width, "    ")];
  });
  return [head.join(" "), ...fields].join("\n");
}

/**
 * A text on as few lines as there must be, broken at blanks, and only at those that follow `behind`
 * where that is given. What is longer than a line stays whole.
 */
export function wrapWords(text: string, width: number, indent: string, behind = /\S/): string {
  const lines: string[] = [];
  for (const word of text.split(new RegExp(`(?<=${behind.source}) `))) {
    const last = lines[lines.length - 1];
    const fits = last !== undefined && visibleLength(last) + visibleLength(word) < width;
    if (fits) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(last === undefined ? word : indent + word);
  }
  return lines.join("\n");
}

/** How many columns a line takes, colours left out. */
export const visibleLength = (line: string): number => stripVTControlCharacters(line).length;
