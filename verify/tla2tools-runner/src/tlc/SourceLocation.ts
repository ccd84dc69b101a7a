/** A place in a source file; lines and columns count from 1. */
export interface SourceLocation {
  /** The TLA+ module; undefined for a place in a configuration file. */
  readonly module: string | undefined;
  /** The path of the file; undefined for a standard module, which lies inside the jar. */
  readonly file: string | undefined;
  readonly line: number;
  readonly column: number;
  /** The last line, undefined where only a point is known. */
  readonly endLine: number | undefined;
  /** The column of the last character, undefined where only a point is known. */
  readonly endColumn: number | undefined;
}

/** The files of the modules that TLC has read, by module name. */
export type ModuleFiles = ReadonlyMap<string, string>;

const RANGE =
  /\bline (\d+), col(?:umn)? (\d+) to line (\d+), col(?:umn)? (\d+) (?:of module|in) (\w+)/gi;

/** All the places named in a text of TLC, such as `line 6, col 8 to line 6, col 48 of module A`. */
export function locationsIn(text: string, files: ModuleFiles): SourceLocation[] {
  return [...text.matchAll(RANGE)].map(([, line, column, endLine, endColumn, module = ""]) => ({
    module,
    file: files.get(module),
    line: Number(line),
    column: Number(column),
    endLine: Number(endLine),
    endColumn: Number(endColumn),
  }));
}

/** `file:line:column`, or `module:line:column` where the file is not known. */
export function formatLocation(location: SourceLocation): string {
  const { file, module, line, column } = location;
  return `${file ?? module ?? "?"}:${line}:${column}`;
}
