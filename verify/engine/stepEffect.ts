/**
 * One step as one masked operation on the words of a packed state, found by executing it.
 *
 * The operation is executed on the slots as they are, and on slots whose every bit outside the
 * footprint is inverted. A bit that comes out equal was written; one that comes out as it went in
 * was not. Anything else means that the footprint forgets something, and is an error.
 */
import {
  BLOCKED,
  describeLocation,
  execute,
  type Layout,
  type Operation,
  SyncFault,
} from "../../src/sync/index.js";
import { VerifyError } from "../support/verifyError.js";
import { FieldExhausted } from "./fieldExhausted.js";
import type { Footprint } from "./footprint.js";
import { type Packing, readField } from "./packing.js";

/** successor = (state & keep) | set, word by word. */
export interface StepEffect {
  readonly result: number;
  readonly keep: Int32Array;
  readonly set: Int32Array;
}

/**
 * The effect that `op` of `actor` has in the state at `words[base..]`, and in every state that
 * agrees on its footprint; null when it is blocked there.
 *
 * @param choice As `execute` takes it.
 *
 * @throws SyncFault as `execute` does, and VALUE_OUT_OF_RANGE for any slot beyond its range;
 *   VerifyError FIELD_EXHAUSTED.
 */
export function effectOf(
  layout: Layout,
  packing: Packing,
  footprint: Footprint,
  op: Operation,
  actor: number,
  choice: number,
  words: Int32Array,
  base: number,
): StepEffect | null {
  const before = packing.slots.map((field) => readField(words, base, field));
  const inverted = before.map((code, slot) => code ^ (packing.slots[slot].mask & ~fixed(slot)));
  const after = Int32Array.from(before);
  const result = execute(layout, after, op, actor, choice);
  if (result === BLOCKED) return null;
  checkRanges(layout, op, after);
  const other = Int32Array.from(inverted);
  if (resultOf(layout, other, op, actor, choice) !== result) throw footprintIncomplete(op);

  const keep = new Int32Array(packing.words).fill(-1);
  const set = new Int32Array(packing.words);
  for (const [slot, { word, shift, mask }] of packing.slots.entries()) {
    // A bit of the footprint that stays as it is comes out equal too.
    const same = fixed(slot) & ~(after[slot] ^ before[slot]);
    const written = ~(after[slot] ^ other[slot]) & mask & ~same;
    if (((after[slot] ^ before[slot]) & mask & ~written) !== 0) throw footprintIncomplete(op);
    if ((after[slot] & ~mask) !== 0) throw slotExhausted(op, slot, mask);
    keep[word] &= ~(written << shift);
    set[word] |= (after[slot] & written) << shift;
  }
  return { result, keep, set };

  function fixed(slot: number): number {
    return footprint.reads.find((bits) => bits.slot === slot)?.mask ?? 0;
  }
}

/** What it gives on slots that only a footprint which forgets something tells from the state. */
function resultOf(
  layout: Layout,
  slots: Int32Array,
  op: Operation,
  actor: number,
  choice: number,
): number | null {
  try {
    return execute(layout, slots, op, actor, choice);
  } catch (fault) {
    if (fault instanceof SyncFault) return null;
    throw fault;
  }
}

function checkRanges(layout: Layout, op: Operation, slots: Int32Array): void {
  const bad = layout.slotLimits.findIndex((limit, i) => slots[i] < 0 || slots[i] >= limit);
  if (bad < 0) return;
  const at = layout.locations.find(({ slot, slots: n }) => slot <= bad && bad < slot + n)!;
  const range = `slot ${bad - at.slot} holds 0..${layout.slotLimits[bad] - 1}`;
  throw new SyncFault(
    "VALUE_OUT_OF_RANGE",
    describeLocation(at),
    `${op.label} (${op.kind}): ${range}, not ${slots[bad]}`,
  );
}

function slotExhausted(op: Operation, slot: number, mask: number): FieldExhausted {
  const what = `${op.label} writes more into slot ${slot} than ${mask}`;
  return new FieldExhausted({ of: "slots", index: slot }, what);
}

function footprintIncomplete(op: Operation): VerifyError {
  return new VerifyError({
    code: "FOOTPRINT_INCOMPLETE",
    what: `a ${op.kind} depends on more of the shared state than is declared`,
    where: `step ${op.label}`,
    hint: "name what it depends on in verify/engine/footprint.ts",
  });
}
