/**
 * What an operation depends on: the slots that decide its result and its effect.
 *
 * This says less than the meaning, which src/sync/execute.ts has alone. It is what makes a step
 * worth remembering: two states that agree on these slots take the step alike.
 */
import {
  assertNever,
  bitOfHandle,
  HOLDERS_SLOT,
  INSIDE_SLOT,
  type Layout,
  LIFE_SLOT,
  type Operation,
  READERS_SLOT,
  REFERENCE_SLOT,
  slotOfHandle,
  WRITER_SLOT,
} from "../../src/sync/index.js";

/** Some bits of a slot. */
export interface SlotBits {
  readonly slot: number;
  readonly mask: number;
}

export interface Footprint {
  /** Slots of one location, in order. */
  readonly reads: readonly SlotBits[];
  /** The operation is taken if all these bits are 0, and is blocked otherwise. */
  readonly onlyWhenZero: boolean;
}

/** The footprint of an operation of `actor`. Where it depends on nothing it has no slots. */
export function footprintOf(layout: Layout, op: Operation, actor: number): Footprint {
  const at = layout.locations[op.at];
  const all = Array.from({ length: at.slots }, (_, i) => whole(at.slot + i));
  switch (op.kind) {
    case "lock":
    case "tryLock":
    case "unlock":
    case "read":
    case "add":
    case "append":
    case "unlink":
    case "next":
    case "contains":
    case "pop":
    case "share":
    case "fire":
      return reads(all);
    case "readLock":
    case "writeUnlock":
      return reads([whole(at.slot + WRITER_SLOT)]);
    case "readUnlock":
      return reads([{ slot: at.slot + READERS_SLOT, mask: 1 << actor }]);
    case "writeLock":
      return { reads: all, onlyWhenZero: true };
    case "write":
      return reads(at.guardedBy === undefined ? [] : [whole(layout.locations[at.guardedBy].slot)]);
    case "reclaim":
      if (op.operand < 1 || op.operand > at.high) return reads([]);
      return reads([{ slot: slotOfHandle(at, op.operand), mask: bitOfHandle(op.operand) }]);
    case "create":
    case "start":
    case "hold":
      return reads([whole(at.slot + LIFE_SLOT)]);
    case "enter":
    case "pause":
      return reads([whole(at.slot + INSIDE_SLOT), whole(at.slot + LIFE_SLOT)]);
    case "leave":
      return reads([whole(at.slot + INSIDE_SLOT)]);
    case "get":
    case "put":
      return reads([whole(at.slot + REFERENCE_SLOT)]);
    case "letGo":
      return reads([{ slot: at.slot + HOLDERS_SLOT, mask: 1 << actor }]);
    case "free":
      return reads([whole(at.slot + LIFE_SLOT), whole(at.slot + HOLDERS_SLOT)]);
    case "writeBuffer":
    case "copy":
    case "raise":
    case "set":
    case "tell":
      return reads([]);
    default:
      return assertNever(op.kind);
  }
}

const whole = (slot: number): SlotBits => ({ slot, mask: -1 });

const reads = (slots: readonly SlotBits[]): Footprint => ({ reads: slots, onlyWhenZero: false });
