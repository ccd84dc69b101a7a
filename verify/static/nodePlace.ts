/** Where a piece of syntax is in the project. */
import type { Node } from "ts-morph";
import type { SourcePlace } from "../model/specActions.js";

export function placeOfNode(node: Node): SourcePlace {
  const source = node.getSourceFile();
  return { file: pathOf(source), ...source.getLineAndColumnAtPos(node.getStart()) };
}

/** The path of a source file from the root of the project. */
export const pathOf = (source: { getFilePath(): string }): string =>
  source.getFilePath().replace(/^\//, "");
