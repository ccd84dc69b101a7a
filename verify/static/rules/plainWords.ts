import type { Rule } from "../finding.js";
import { linesOf } from "../texts.js";

/** Words that say something else than is meant here, and what to say instead. */
const AVOIDED: readonly (readonly [RegExp, string])[] = [
  [/\bhandshak(e|es|ing)\b/gi, "say negotiation"],
  [/\bflaky\b/gi, "say what varies from run to run"],
  [/\bfuzz\w*/gi, "say schedule exploration, or generated arguments"],
  [/\bproved\b/gi, "say model-checked, and for which bounds"],
];

export const plainWords: Rule = {
  name: "plain-words",
  description: "Code, models and documents use the words of the field.",
  check({ files }, report) {
    for (const [file, text] of files) {
      for (const [i, line] of linesOf(text).entries()) {
        report.look();
        for (const [word, remedy] of AVOIDED) {
          for (const { 0: found, index } of line.matchAll(word)) {
            if (isQuoted(line, index, index + found.length)) continue;
            report.find({ file, line: i + 1, column: index + 1 }, `"${found}" is avoided`, remedy);
          }
        }
      }
    }
  },
};

/** A word in quotation marks is spoken of, and not used. */
const isQuoted = (line: string, start: number, end: number): boolean =>
  start > 0 && /["`]/.test(line[start - 1]) && line[end] === line[start - 1];
