/**
 * Which cells the states of a graph have. It is read off the texts: a variable whose value is a
 * tuple of one length in every state is taken apart; those of the actors are put together again,
 * actor by actor.
 */
import { canonicalValue, formatValue, parseValue } from "tla2tools-runner";
import { unescapeDot } from "../graph/dumpText.js";
import { localVariables } from "../mediator/correspondence/localVariables.js";
import { VerifyError } from "../support/verifyError.js";
import { type Cell, CellPacking, type CellPart } from "./modelGraph.js";
import type { Rows } from "./rows.js";

export interface SplitCells {
  readonly cells: readonly Cell[];
  readonly actors: number;
  /** Of each cell: for every state the number of its value. */
  readonly numbers: readonly Uint16Array[];
}

/** The texts of a variable, by the numbers that its rows have. */
interface Column {
  readonly variable: string;
  /** Which of the rows' columns it is. */
  readonly at: number;
  /** How many elements it has; 0 for a variable that stays whole. */
  readonly length: number;
  /** Of each text: its elements, or the one canonical text. */
  readonly texts: readonly (readonly string[])[];
}

/** @throws VerifyError DUMP_OTHER_MODEL where the variables of the actors are none */
export function cellsOf(rows: Rows, states: number): SplitCells {
  const columns = rows.variables
    .map((variable, at) => columnOf(variable, at, [...rows.texts[at].keys()]))
    .sort((a, b) => (a.variable < b.variable ? -1 : 1));
  const locals = localVariables.map((name) => {
    const column = columns.find(({ variable }) => variable === name);
    if (column === undefined || column.length === 0) throw notOfActors(name);
    return column;
  });
  const actors = Math.max(...locals.map(({ length }) => length));
  const own = Array.from({ length: actors }, (_, a) => {
    return locals.filter(({ length }) => a < length).map((column) => ({ column, index: a + 1 }));
  });
  const shared = columns
    .filter((column) => !locals.includes(column))
    .flatMap((column) => indicesOf(column).map((index) => [{ column, index }]));
  const made = [...own, ...shared].map((parts) => cellOf(rows, states, parts));
  return {
    actors,
    cells: made.map(({ cell }) => cell),
    numbers: made.map(({ numbers }) => numbers),
  };
}

const indicesOf = ({ length }: Column): readonly number[] =>
  length === 0 ? [0] : Array.from({ length }, (_, i) => i + 1);

function columnOf(variable: string, at: number, raws: readonly string[]): Column {
  const values = raws.map((raw) => canonicalValue(parseValue(unescapeDot(raw))));
  const lengths = values.map((value) => (value.type === "tuple" ? value.elements.length : 0));
  const length = lengths.every((each) => each === lengths[0]) ? lengths[0] : 0;
  const texts = values.map((value) => {
    const isSplit = length > 0 && value.type === "tuple";
    return (isSplit ? value.elements : [value]).map((each) => formatValue(each));
  });
  return { variable, at, length, texts };
}

type ColumnPart = { readonly column: Column; readonly index: number };

/** A cell's values in order, and which of them each state has. */
function cellOf(
  rows: Rows,
  states: number,
  parts: readonly ColumnPart[],
): { readonly cell: Cell; readonly numbers: Uint16Array } {
  const elements = parts.map(({ column, index }) => {
    return numbered(column.texts.map((texts) => texts[Math.max(0, index - 1)]));
  });
  const found = new Map<number, number>();
  const numbers = new Uint16Array(states);
  for (let state = 0; state < states; state++) {
    let key = 0;
    for (let p = 0; p < parts.length; p++) {
      const { numbers: of, texts } = elements[p];
      key = key * texts.length + of[rows.at(state, parts[p].column.at)];
    }
    let number = found.get(key);
    if (number === undefined) {
      number = found.size;
      found.set(key, number);
    }
    numbers[state] = number;
  }
  if (found.size > MOST_VALUES) throw tooManyValues(parts[0]);
  const values = [...found.keys()].map((key) =>
    textsOf(
      key,
      elements.map(({ texts }) => texts),
    ),
  );
  const order = [...values.keys()].sort((a, b) => compareTexts(values[a], values[b]));
  const places = new Uint16Array(values.length);
  for (const [place, number] of order.entries()) places[number] = place;
  const cell = {
    parts: parts.map(({ column, index }): CellPart => ({ variable: column.variable, index })),
    values: order.map((number) => values[number]),
  };
  return { cell, numbers: numbers.map((number) => places[number]) };
}

/** Texts that are equal have one number. */
function numbered(all: readonly string[]) {
  const texts = [...new Set(all)];
  const byText = new Map(texts.map((text, number) => [text, number]));
  return { texts, numbers: all.map((text) => byText.get(text) ?? 0) };
}

function textsOf(key: number, texts: readonly (readonly string[])[]): readonly string[] {
  let rest = key;
  return texts.map((of, i) => {
    const behind = texts.slice(i + 1).reduce((product, { length }) => product * length, 1);
    const number = Math.floor(rest / behind);
    rest -= number * behind;
    return of[number];
  });
}

/** By UTF-16 code units, which no locale changes. */
function compareTexts(one: readonly string[], other: readonly string[]): number {
  const at = one.findIndex((text, i) => text !== other[i]);
  return at < 0 ? 0 : one[at] < other[at] ? -1 : 1;
}

/** A state's cells in the words that {@link CellPacking} has for them. */
export function packRows({ cells, numbers }: SplitCells, states: number): Int32Array {
  const { fields, words } = new CellPacking({ cells });
  const arena = new Int32Array(states * words);
  for (const [c, { word, shift }] of fields.entries()) {
    const of = numbers[c];
    for (let state = 0; state < states; state++) arena[state * words + word] |= of[state] << shift;
  }
  return arena;
}

/** The numbers of a cell's values have 16 bits. */
const MOST_VALUES = 2 ** 16;

function tooManyValues({ column, index }: ColumnPart): VerifyError {
  return new VerifyError({
    code: "TOO_MANY_VALUES",
    what: `the graph has more values of ${column.variable}[${index}] than traces keep apart`,
    expected: `at most ${MOST_VALUES}`,
    hint: "choose smaller bounds, or fewer calls",
  });
}

function notOfActors(variable: string): VerifyError {
  return new VerifyError({
    code: "DUMP_OTHER_MODEL",
    what: `the state graph has no variable ${variable} that is a function on actors`,
    expected: localVariables.join(", "),
    hint: "let TLC write the graph of a model of FfaMediator",
  });
}
