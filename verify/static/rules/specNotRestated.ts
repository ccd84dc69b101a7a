import type { Rule } from "../finding.js";
import { codeFiles, linesOf } from "../texts.js";

// static-exception spec-not-restated: the names are a convention, which says nothing of the texts
const DEFINITION = /^(TypeOK|\w+(?:Inv|Prop)) ==/gm;

/** A function that says of a state or a step whether something holds there; not the type of one. */
const CLAUSE = /(?<!readonly )\bholds: \(/g;

/** Where clauses are read off the spec, and where tests of the engine script their own. */
const CLAUSES_FROM = /^verify\/(spec\/|engine\/scripted\.ts$)/;

/**
 * Two signs of a property that is written a second time: code that goes by its name, and code that
 * makes a clause of its own. It cannot see one that is written under another name and in another
 * form; that a changed text alone makes the explorer object is what the tests show.
 */
export const specNotRestated: Rule = {
  name: "spec-not-restated",
  description: "What must hold is said in the spec, and the code reads it there.",
  check({ files }, report) {
    const names = [...files]
      .filter(([path]) => /^model\/\w+\.tla$/.test(path))
      .flatMap(([, text]) => [...text.matchAll(DEFINITION)].map(([, name]) => name));
    const named = new RegExp(`\\b(?:${[...names, "(?!)"].join("|")})\\b`, "g");
    for (const [file, text] of codeFiles(files)) {
      report.look();
      for (const [i, line] of linesOf(text).entries()) {
        for (const { 0: name, index } of line.matchAll(named)) {
          const remedy = "derive it from the spec: see verify/spec/deriveCheckable.ts";
          report.find({ file, line: i + 1, column: index + 1 }, `the code names ${name}`, remedy);
        }
        if (CLAUSES_FROM.test(file)) continue;
        for (const { index } of line.matchAll(CLAUSE)) {
          const remedy = "write it as an invariant or a property of the model";
          report.find({ file, line: i + 1, column: index + 1 }, "a clause of its own", remedy);
        }
      }
    }
  },
};
