import { DOCUMENT_FILE } from "../checkedProject.js";
import { correspondenceDocument } from "../correspondenceDocument.js";
import type { Rule } from "../finding.js";
import { linesOf } from "../texts.js";

export const documentUpToDate: Rule = {
  name: "document-up-to-date",
  description: `${DOCUMENT_FILE} is what the tables of the correspondence say.`,
  check({ files, correspondence }, report) {
    const expected = linesOf(correspondenceDocument(correspondence));
    const found = linesOf(files.get(DOCUMENT_FILE) ?? "");
    report.look(expected.length);
    const differs = (_: string, i: number): boolean => expected[i] !== found[i];
    const longer = expected.length > found.length ? expected : found;
    const line = longer.findIndex(differs) + 1;
    if (line === 0) return;
    report.find(
      { file: DOCUMENT_FILE, line, column: 1 },
      `the line is not what the tables say: ${expected[line - 1] ?? "nothing more"}`,
      "run node dist/verify/static/main.js --write-docs",
    );
  },
};
