import type { Rule } from "../finding.js";
import { codeFiles, linesOf } from "../texts.js";

const MOST_COLUMNS = 100;

/** The formatter breaks code, but neither strings nor comments. */
export const lineLength: Rule = {
  name: "line-length",
  description: `A line of src/ or verify/ has at most ${MOST_COLUMNS} characters.`,
  check({ files }, report) {
    for (const [file, text] of codeFiles(files)) {
      for (const [i, line] of linesOf(text).entries()) {
        report.look();
        const { length } = [...line];
        if (length <= MOST_COLUMNS) continue;
        const message = `the line has ${length} characters; ${MOST_COLUMNS} are the most`;
        const place = { file, line: i + 1, column: MOST_COLUMNS + 1 };
        report.find(place, message, "format the file, or break the string or the comment");
      }
    }
  },
};
