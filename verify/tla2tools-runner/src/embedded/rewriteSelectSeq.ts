import { listFollows, matching } from "./operands.js";
import type { Unit } from "./splitModule.js";
import { tokenise } from "./tokenise.js";

/**
 * Replaces the name of an operator as the second argument of SelectSeq by a LAMBDA that applies
 * it, which is all that the engine takes there. Where that would move a list, the unit is left as
 * it is, and the engine will say that it cannot evaluate it.
 */
export function rewriteSelectSeq(unit: Unit): Unit {
  const tokens = tokenise(unit.text);
  let { text } = unit;
  // From the last to the first, so that the offsets of those still to come stay right.
  for (let index = tokens.length - 1; index >= 0; index -= 1) {
    if (tokens[index]?.text !== "SelectSeq" || tokens[index + 1]?.text !== "(") continue;
    const close = matching(tokens, index + 1, 1);
    if (close === undefined || listFollows(tokens, close)) continue;
    const test = tokens[close - 1];
    if (test?.kind !== "word" || tokens[close - 2]?.text !== ",") continue;
    const lambda = `LAMBDA embeddedElement : ${test.text}(embeddedElement)`;
    text = text.slice(0, test.offset) + lambda + text.slice(test.offset + test.text.length);
  }
  return { ...unit, text };
}
