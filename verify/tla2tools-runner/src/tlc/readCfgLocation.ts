import type { SourceLocation } from "./SourceLocation.js";

/** What TLC puts around the name at fault; each pattern captures the name. */
const NAME_PATTERNS = [
  /^The \w+(?: \w+)?? (\w+) specified in the configuration file/,
  /^The invariant (\w+) is/,
  /^The \w+ of (\w+) is equal to/,
  /identifier (\w+)/,
  /substitutes (?:for|constant) (\w+)/,
  /operator (\w+)/,
  /property (\w+)/,
  /formula (\w+)/,
];

/**
 * Where in the configuration file an error lies. TLC gives a line only for errors of syntax; for
 * others this looks for the name that the message complains about. Failing that, it is the start.
 */
export function readCfgLocation(
  message: string,
  config: { readonly path: string; readonly text: string },
): SourceLocation {
  const line = /configuration file at line (\d+)/.exec(message)?.[1];
  if (line !== undefined) return place(config.path, Number(line), 1);
  // Comments are blanked out, so that what is found keeps its place.
  const text = config.text.replace(/\\\*.*$/gm, (comment) => " ".repeat(comment.length));
  const from = Math.max(0, text.search(sectionOf(message)));
  for (const pattern of NAME_PATTERNS) {
    const name = pattern.exec(message)?.[1];
    if (name === undefined) continue;
    const found = text.slice(from).search(new RegExp(`\\b${name}\\b`));
    if (found < 0) continue;
    const before = text.slice(0, from + found).split("\n");
    return place(config.path, before.length, (before.at(-1) ?? "").length + 1);
  }
  return place(config.path, 1, 1);
}

/** The section of the file that a message is about; a name may occur in others too. */
function sectionOf(message: string): RegExp {
  if (/invariant/i.test(message)) return /\bINVARIANTS?\b/;
  if (/property/i.test(message)) return /\bPROPERT(?:Y|IES)\b/;
  return /^/;
}

function place(file: string, line: number, column: number): SourceLocation {
  return { module: undefined, file, line, column, endLine: undefined, endColumn: undefined };
}
