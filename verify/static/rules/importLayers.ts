import type { Rule } from "../finding.js";
import { layerOf, layers } from "../layers.js";

export const importLayers: Rule = {
  name: "import-layers",
  description: "A folder of src/ or verify/ imports only those that its layer may know.",
  check({ imports }, report) {
    for (const place of imports) {
      report.look();
      const { file, target } = place;
      const [from, to] = [layerOf(file), layerOf(target)];
      if (from === undefined) {
        report.find(
          { file, line: 1, column: 1 },
          "the file is in no layer",
          "give its folder a row in verify/static/layers.ts",
        );
      } else if (from !== to && !layers.get(from)?.includes(to ?? "")) {
        report.find(
          place,
          `${from} may not import ${to ?? "what is in no layer"}: ${target}`,
          "hand in what is needed, or move it to a layer below; verify/static/layers.ts has them",
        );
      }
    }
  },
};
