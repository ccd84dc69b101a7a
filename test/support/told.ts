/** What an exploration says, whoever did it: for comparing two of them. */
import type { Exploration } from "../../verify/engine/exploration.js";

export const told = ({
  outcome,
  distinct,
  mappedDistinct,
  generated,
  depth,
  generatedByAction,
}: Exploration) => {
  if (outcome.kind !== "holds") return outcome.kind;
  return {
    distinct,
    mappedDistinct,
    generated,
    depth,
    byAction: [...generatedByAction].toSorted(),
  };
};
