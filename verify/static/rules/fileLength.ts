import type { Rule } from "../finding.js";
import { codeFiles, linesOf } from "../texts.js";

const MOST_LINES = 350;

export const fileLength: Rule = {
  name: "file-length",
  description: `A file of src/ or verify/ has at most ${MOST_LINES} lines.`,
  check({ files }, report) {
    for (const [file, text] of codeFiles(files)) {
      report.look();
      const { length } = linesOf(text);
      if (length <= MOST_LINES) continue;
      const message = `the file has ${length} lines; ${MOST_LINES} are the most`;
      report.find({ file, line: MOST_LINES + 1, column: 1 }, message, "split it by its ideas");
    }
  },
};
