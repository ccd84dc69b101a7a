import { locationsIn, type ModuleFiles, type SourceLocation } from "./SourceLocation.js";

/** Why the parser refuses a module. */
export interface ParserReport {
  readonly kind: "parse-error" | "semantic-error";
  readonly message: string;
  readonly location: SourceLocation | undefined;
}

/** What the parser prints to show its own state, or repeats; of no use to a reader. */
const NOISE =
  /^(Parsing file|Semantic |tla2sany\.|Residual stack|Fatal errors|\*\*\*|Unknown location)/;

/**
 * Reads the parser's report, which comes as plain lines. What is wrong with the text of a module
 * (or its name, or a module that is missing) is a parse error, the rest a semantic error.
 */
export function readParserReport(output: readonly string[], files: ModuleFiles): ParserReport {
  const text = output.join("\n");
  const isSemantic = /^Semantic errors:/m.test(text);
  return {
    kind: isSemantic ? "semantic-error" : "parse-error",
    message: firstParagraphs(output),
    location: isSemantic
      ? locationsIn(text, files)[0]
      : (pointIn(text, files) ?? locationsIn(text, files)[0]),
  };
}

/** The text up to where the parser tells its own stack, places of semantic errors included. */
function firstParagraphs(output: readonly string[]): string {
  const start = output.findIndex((line) => /Error|error|Cannot|does not match/.test(line));
  const rest = output.slice(Math.max(start, 0));
  const end = rest.findIndex((line) => /^(Residual stack|Fatal errors)/.test(line));
  const lines = (end > 0 ? rest.slice(0, end) : rest).filter(
    (line) => line.trim() !== "" && !NOISE.test(line),
  );
  return lines.join("\n") || "parsing or semantic analysis failed";
}

/** The point of a lexical or syntax error; it lies in the module that was being read last. */
function pointIn(text: string, files: ModuleFiles): SourceLocation | undefined {
  const [, line, column] = /at line (\d+), column (\d+)/.exec(text) ?? [];
  if (line === undefined || column === undefined) return undefined;
  const module =
    /Could not parse module (\w+)/.exec(text)?.[1] ?? [...files.keys()].at(-1) ?? undefined;
  return {
    module,
    file: module === undefined ? undefined : files.get(module),
    line: Number(line),
    column: Number(column),
    endLine: undefined,
    endColumn: undefined,
  };
}
