/** The inverse of the refinement mapping for shared memory, found by listing. */
import { canonicalValue, formatValue, parseValue } from "tla2tools-runner";
import type { Location } from "../../src/sync/index.js";
import type { Stepper } from "../engine/stepper.js";
import type { SharedVariable } from "./correspondence/sharedVariables.js";
import { slotsOf } from "./refinement.js";
import type { System } from "./system.js";

/** What each value of a location looks like in the model, with its bits in a packed state. */
export function bitsByText(
  stepper: Stepper<System>,
  of: SharedVariable,
  at: Location,
): Map<string, Int32Array> {
  const { layout } = stepper.system.state;
  const slots = slotsOf(of, at);
  const inverse = new Map<string, Int32Array>();
  const codes = slots.map(() => 0);
  for (;;) {
    const bits = new Int32Array(stepper.packing.words);
    for (const [i, slot] of slots.entries()) {
      const field = stepper.packing.slots[slot];
      bits[field.word] |= codes[i] << field.shift;
    }
    const text = formatValue(canonicalValue(parseValue(of.show(codes, at))));
    // A list has its free places at the end, so the first way to write a value is the right one.
    if (!inverse.has(text)) inverse.set(text, bits);
    let i = 0;
    while (i < codes.length && ++codes[i] === layout.slotLimits[slots[i]]) codes[i++] = 0;
    if (i === codes.length) return inverse;
  }
}
