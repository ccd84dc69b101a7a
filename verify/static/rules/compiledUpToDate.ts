import { basename } from "node:path";
import { COMPILED, compiledName, hashOf, readFresh } from "../../model/compiledForm.js";
import { isForTlcAlone } from "../../model/forTlcAlone.js";
import type { Rule } from "../finding.js";

const REMEDY = "run npm run compile";

/** Whether the content is what the text compiles to needs Java to be said, and is not said here. */
export const compiledUpToDate: Rule = {
  name: "compiled-up-to-date",
  description: `What the tools read of model/ has its present text compiled in ${COMPILED}/.`,
  check({ files }, report) {
    const modules = new Set<string>();
    for (const [file, text] of files) {
      if (!/^model\/\w+\.tla$/.test(file) || isForTlcAlone(text)) continue;
      const name = basename(file, ".tla");
      modules.add(name);
      report.look();
      const path = `model/${compiledName(name)}`;
      const module = readFresh(files.get(path), path, name, hashOf(text));
      if (typeof module === "string") report.find({ file, line: 1, column: 1 }, module, REMEDY);
    }
    for (const file of files.keys()) {
      if (!file.startsWith(`model/${COMPILED}/`) || modules.has(basename(file, ".json"))) continue;
      report.find({ file, line: 1, column: 1 }, "there is no module of that name", REMEDY);
    }
  },
};
