import { withLevel } from "../../src/evaluate/specialise/build.js";
import type { Definition, Expression } from "../../src/index.js";
import type { Bare } from "./trees.js";

const PLACE = { module: "Model", line: 1, column: 1, endLine: 1, endColumn: 1 };

/** A bare tree with the levels that SANY would give it; what a LET defines counts as a state's. */
export function leveled(tree: Bare): Expression {
  // Inner parts come first, so that their levels are known.
  return JSON.parse(JSON.stringify(tree), (_, part) => {
    if (part?.isRecursive !== undefined) {
      return { ...part, place: PLACE, level: part.body.level };
    }
    if (part?.kind === undefined) return part;
    const own = part.kind === "definition" ? 1 : 0;
    return withLevel({ ...part, place: PLACE, level: 0 }, own);
  });
}

export function leveledDefinition(tree: Bare): Definition {
  const { definitions } = leveled({
    kind: "let",
    definitions: [tree],
    body: { kind: "number", value: 0 },
  }) as Extract<Expression, { kind: "let" }>;
  return definitions[0];
}
