/** What a run of the mutation tester came to, short enough to be kept: counts, and survivors. */
import { dirname } from "node:path";
import { z } from "zod";

const mutant = z.object({
  mutatorName: z.string(),
  replacement: z.string().default(""),
  status: z.string(),
  location: z.object({
    start: z.object({ line: z.int(), column: z.int() }),
    end: z.object({ line: z.int(), column: z.int() }),
  }),
});
type ReportedMutant = z.infer<typeof mutant>;

/** The parts of Stryker's JSON report that are read; lines and columns count from 1. */
export const strykerReport = z.object({
  files: z.record(z.string(), z.object({ source: z.string(), mutants: z.array(mutant) })),
});
export type StrykerReport = z.infer<typeof strykerReport>;

const count = z.int().nonnegative();

const folderResult = z.strictObject({
  killed: count,
  timedOut: count,
  survived: count,
  /** Changes of what runs once, while a file is loaded: they are not tried. */
  static: count,
  /** What a run that ended early did not come to, or what ended the process of the tests. */
  left: count,
});
export type FolderResult = z.infer<typeof folderResult>;

const survivor = z.strictObject({
  file: z.string(),
  line: z.int(),
  /** The text of that line. */
  code: z.string(),
  was: z.string(),
  now: z.string(),
});
export type Survivor = z.infer<typeof survivor>;

export const partResult = z.strictObject({
  /** The commit that was measured; with `+` where files differed from it. */
  commit: z.string(),
  folders: z.record(z.string(), folderResult),
  survivors: z.array(survivor),
});
export type PartResult = z.infer<typeof partResult>;

/** By the name of the part. */
export const results = z.record(z.string(), partResult);
export type Results = z.infer<typeof results>;

type Column = keyof FolderResult | undefined;

/** What each status of Stryker counts as; a change that does not compile counts as nothing. */
const COLUMNS: Readonly<Record<string, Column>> = {
  Killed: "killed",
  Timeout: "timedOut",
  Survived: "survived",
  NoCoverage: "survived",
  Ignored: "static",
  Pending: "left",
  // The process of the tests ended, for want of memory for instance: one mutant is no whole run.
  RuntimeError: "left",
  CompileError: undefined,
};

/** @throws Error for a status that is not known */
export function resultOf({ files }: StrykerReport, commit: string): PartResult {
  const folders: Record<string, FolderResult> = {};
  const survivors: Survivor[] = [];
  for (const [file, { source, mutants }] of Object.entries(files).toSorted(byName)) {
    const lines = source.split("\n");
    const counts = { ...(folders[dirname(file)] ?? NOTHING) };
    for (const each of mutants) {
      const column = columnOf(each);
      if (column !== undefined) counts[column]++;
      if (column === "survived") survivors.push(survivorOf(file, lines, each));
    }
    folders[dirname(file)] = counts;
  }
  return { commit, folders, survivors };
}

const NOTHING: FolderResult = { killed: 0, timedOut: 0, survived: 0, static: 0, left: 0 };

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : 1;

function columnOf({ status }: ReportedMutant): Column {
  if (status in COLUMNS) return COLUMNS[status];
  throw new Error(`a mutant is ${status}: the run says nothing of it`);
}

function survivorOf(
  file: string,
  lines: readonly string[],
  { location: { start, end }, replacement }: ReportedMutant,
): Survivor {
  const text = lines.slice(start.line - 1, end.line);
  text[text.length - 1] = text[text.length - 1].slice(0, end.column - 1);
  text[0] = text[0].slice(start.column - 1);
  const code = lines[start.line - 1].trim();
  return { file, line: start.line, code, was: shown(text.join("\n")), now: shown(replacement) };
}

/** On one line, and cut off where it goes on. */
function shown(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= MOST_SHOWN ? line : `${line.slice(0, MOST_SHOWN - 1)}…`;
}
const MOST_SHOWN = 60;

/** Of 100 mutants, how many the tests noticed; a change that runs for ever is noticed. */
export function score({ killed, timedOut, survived }: FolderResult): number {
  const noticed = killed + timedOut;
  return (100 * noticed) / (noticed + survived);
}

export const sum = (all: readonly FolderResult[]): FolderResult =>
  all.reduce(
    (a, b) => ({
      killed: a.killed + b.killed,
      timedOut: a.timedOut + b.timedOut,
      survived: a.survived + b.survived,
      static: a.static + b.static,
      left: a.left + b.left,
    }),
    NOTHING,
  );
