/**
 * The meaning of every operation, on shared memory kept as one integer a slot.
 *
 * There is one such function for all who run protocol code. An operation changes the slots of its
 * own location only, but for `free`, which gives a context back in its initial state.
 *
 * What the environment chooses is an argument, so that a step is a function of the state and that
 * choice.
 */
import { SyncFault, type SyncFaultCode } from "./fault.js";
import {
  ABSENT,
  CREATED,
  DROPPED,
  describeLocation,
  HANDLES_A_SLOT,
  HOLDERS_SLOT,
  INSIDE_SLOT,
  type Layout,
  LIFE_SLOT,
  type Location,
  PAUSED,
  READERS_SLOT,
  REFERENCE_SLOT,
  RUNNING,
  WRITER_SLOT,
} from "./layout.js";
import { BLOCKED, DONE, type Operation } from "./operation.js";

/** The most results of an operation on a location that the environment may choose from, from 1. */
export function choicesAt({ kind, low, values }: Location): number {
  if (kind === "guestPage") return low;
  return kind === "secureWorld" ? (values?.length ?? 1) : 1;
}

/**
 * How many results of `op` the environment may choose from, from 1. Whoever runs the code gives
 * `execute` one of 0..choices-1.
 */
export function choicesOf(layout: Layout, op: Operation): number {
  const at = layout.locations[op.at];
  const asks = op.kind === "copy" || answersTo(layout, op) !== undefined;
  return asks && at !== undefined ? choicesAt(at) : 1;
}

/** What the secure world may answer to `op`, by choice; undefined when it is not asked. */
export function answersTo(layout: Layout, op: Operation): readonly number[] | undefined {
  const asks = op.kind === "tell" || op.kind === "share" || op.kind === "reclaim";
  const at = layout.locations[op.at];
  return asks && at?.kind === "secureWorld" ? at.values : undefined;
}

/** The status that the secure world gave with a result of `op`; undefined when it was not asked. */
export function statusOf(layout: Layout, op: Operation, result: number): number | undefined {
  const refused = op.kind === "share" ? Math.max(0, result - layout.locations[op.at].high) : result;
  return answersTo(layout, op)?.[refused];
}

/**
 * Executes `op` for `actor` (1..layout.actors) on `slots`.
 *
 * @param choice What the environment chooses, 0..`choicesOf(layout, op)`-1.
 * @returns the result, 0 or more, or {@link BLOCKED} with nothing changed.
 * @throws SyncFault when the code misuses the location, and CHOICE_OUT_OF_RANGE; `slots` is as it
 *   was.
 */
export function execute(
  layout: Layout,
  slots: Int32Array,
  op: Operation,
  actor: number,
  choice = 0,
): number {
  const at = layout.locations[op.at];
  if (at === undefined) throw new SyncFault("WRONG_LOCATION", op.label, `no location ${op.at}`);
  const choices = choicesOf(layout, op);
  if (!Number.isInteger(choice) || choice < 0 || choice >= choices) {
    fault("CHOICE_OUT_OF_RANGE", at, op, `choice 0..${choices - 1} expected, not ${choice}`);
  }
  const s = at.slot;
  switch (op.kind) {
    case "lock":
      if (slots[s] !== 0) return BLOCKED;
      slots[s] = actor;
      return DONE;
    case "tryLock":
      if (slots[s] !== 0) return 0;
      slots[s] = actor;
      return 1;
    case "unlock":
      if (slots[s] !== actor) fault("NOT_THE_HOLDER", at, op, `holder is ${slots[s]}`);
      slots[s] = 0;
      return DONE;
    case "readLock":
      if (slots[s + WRITER_SLOT] !== 0) return BLOCKED;
      slots[s + READERS_SLOT] |= 1 << actor;
      return DONE;
    case "readUnlock":
      if ((slots[s + READERS_SLOT] & (1 << actor)) === 0) {
        fault("NOT_THE_HOLDER", at, op, `actor ${actor} does not hold it for reading`);
      }
      slots[s + READERS_SLOT] &= ~(1 << actor);
      return DONE;
    case "writeLock":
      if (slots[s + WRITER_SLOT] !== 0 || slots[s + READERS_SLOT] !== 0) return BLOCKED;
      slots[s + WRITER_SLOT] = actor;
      return DONE;
    case "writeUnlock":
      if (slots[s + WRITER_SLOT] !== actor) {
        fault("NOT_THE_HOLDER", at, op, `writer is ${slots[s + WRITER_SLOT]}`);
      }
      slots[s + WRITER_SLOT] = 0;
      return DONE;
    case "read":
      return loaded(at, slots[s]);
    case "write":
      slots[s] = codeOfWrite(layout, slots, at, op, actor);
      return DONE;
    case "add":
      slots[s] = codeOf(at, op, loaded(at, slots[s]) + op.operand);
      return loaded(at, slots[s]);
    case "append":
      return append(slots, at, op);
    case "unlink":
      return unlink(slots, at, op);
    case "next":
      return next(slots, at, op);
    case "contains":
      return placeOf(slots, at, op.operand) < at.slots && op.operand !== 0 ? 1 : 0;
    case "pop": {
      const first = at.slots === 0 ? 0 : slots[s];
      if (first !== 0) unlink(slots, at, { ...op, operand: first });
      return first;
    }
    case "writeBuffer":
      if (op.operand < 0 || op.operand + (op.bytes?.length ?? 0) > at.high) {
        fault("BUFFER_OVERRUN", at, op, `${op.bytes?.length ?? 0} bytes at ${op.operand}`);
      }
      return DONE;
    case "copy":
      return choice;
    case "create":
      if (slots[s + LIFE_SLOT] !== ABSENT) return BLOCKED;
      slots[s + LIFE_SLOT] = op.operand;
      slots[s + REFERENCE_SLOT] = 1;
      return DONE;
    case "start":
      if (slots[s + LIFE_SLOT] !== CREATED) fault("WRONG_LIFE", at, op, "it is not created");
      slots[s + LIFE_SLOT] = RUNNING;
      return DONE;
    case "enter":
      if (slots[s + LIFE_SLOT] !== RUNNING) return BLOCKED;
      if (slots[s + INSIDE_SLOT] + 1 >= layout.slotLimits[s + INSIDE_SLOT]) {
        fault("VALUE_OUT_OF_RANGE", at, op, `${slots[s + INSIDE_SLOT]} vCPUs are inside already`);
      }
      slots[s + INSIDE_SLOT]++;
      return DONE;
    case "leave":
      if (slots[s + INSIDE_SLOT] === 0) fault("WRONG_LIFE", at, op, "no vCPU is inside");
      slots[s + INSIDE_SLOT]--;
      return DONE;
    case "pause":
      if (slots[s + LIFE_SLOT] !== RUNNING || slots[s + INSIDE_SLOT] !== 0) return BLOCKED;
      slots[s + LIFE_SLOT] = PAUSED;
      return DONE;
    case "get":
      if (slots[s + REFERENCE_SLOT] === 0) fault("WRONG_LIFE", at, op, "no reference is left");
      if (slots[s + REFERENCE_SLOT] + 1 >= layout.slotLimits[s + REFERENCE_SLOT]) {
        fault("VALUE_OUT_OF_RANGE", at, op, `more than ${slots[s + REFERENCE_SLOT]} references`);
      }
      return ++slots[s + REFERENCE_SLOT];
    case "put":
      return put(slots, at, op);
    case "hold":
      if (slots[s + LIFE_SLOT] !== RUNNING && slots[s + LIFE_SLOT] !== PAUSED) return 0;
      slots[s + HOLDERS_SLOT] |= 1 << actor;
      return 1;
    case "letGo":
      if ((slots[s + HOLDERS_SLOT] & (1 << actor)) === 0) {
        fault("NOT_THE_HOLDER", at, op, `actor ${actor} does not hold it`);
      }
      slots[s + HOLDERS_SLOT] &= ~(1 << actor);
      return DONE;
    case "raise":
      return DONE;
    case "free":
      if (slots[s + LIFE_SLOT] !== DROPPED || slots[s + HOLDERS_SLOT] !== 0) return BLOCKED;
      free(layout, slots, at);
      return DONE;
    case "set":
      slots[s] = 1;
      return DONE;
    case "fire":
      if (slots[s] === 0) return BLOCKED;
      slots[s] = 0;
      return DONE;
    case "tell":
      answersOf(at, op);
      return choice;
    case "share":
      return share(slots, at, op, choice);
    case "reclaim":
      return reclaim(slots, at, op, choice);
    default:
      return assertNever(op.kind);
  }
}

function loaded(at: Location, code: number): number {
  return at.values ? at.values[code] : code + at.low;
}

function codeOf(at: Location, op: Operation, value: number): number {
  const code = at.values ? at.values.indexOf(value) : value - at.low;
  if (code < 0 || value > at.high) {
    const range = at.values ? `one of ${at.values.join(", ")}` : `${at.low}..${at.high}`;
    fault("VALUE_OUT_OF_RANGE", at, op, `${range} expected, not ${value}`);
  }
  return code;
}

function codeOfWrite(
  layout: Layout,
  slots: Int32Array,
  at: Location,
  op: Operation,
  actor: number,
): number {
  if (at.guardedBy !== undefined) {
    const lock = layout.locations[at.guardedBy];
    if (slots[lock.slot] !== actor) {
      fault("UNGUARDED_WRITE", at, op, `actor ${actor} does not hold ${describeLocation(lock)}`);
    }
  }
  return codeOf(at, op, op.operand);
}

/** Where `member` is in the list, from 0; the place of the first free slot for member 0. */
function placeOf(slots: Int32Array, at: Location, member: number): number {
  let place = 0;
  while (place < at.slots && slots[at.slot + place] !== member) place++;
  return place;
}

function append(slots: Int32Array, at: Location, op: Operation): number {
  if (op.operand < 1 || op.operand > at.high) {
    fault("VALUE_OUT_OF_RANGE", at, op, `1..${at.high} expected, not ${op.operand}`);
  }
  if (placeOf(slots, at, op.operand) < at.slots) {
    fault("ALREADY_LISTED", at, op, `member ${op.operand} is on the list`);
  }
  slots[at.slot + placeOf(slots, at, 0)] = op.operand;
  return DONE;
}

function unlink(slots: Int32Array, at: Location, op: Operation): number {
  const place = placeOf(slots, at, op.operand);
  if (place === at.slots) fault("NOT_LISTED", at, op, `member ${op.operand} is not on the list`);
  slots.copyWithin(at.slot + place, at.slot + place + 1, at.slot + at.slots);
  slots[at.slot + at.slots - 1] = 0;
  return DONE;
}

/** The member behind `op.operand`, the first one behind 0, or 0 at the end. */
function next(slots: Int32Array, at: Location, op: Operation): number {
  if (op.operand === 0) return at.slots === 0 ? 0 : slots[at.slot];
  const place = placeOf(slots, at, op.operand);
  if (place === at.slots) fault("NOT_LISTED", at, op, `member ${op.operand} is not on the list`);
  return place + 1 < at.slots ? slots[at.slot + place + 1] : 0;
}

/** Drops a reference; nobody finds a domain any more that has none. */
function put(slots: Int32Array, at: Location, op: Operation): number {
  if (slots[at.slot + REFERENCE_SLOT] === 0) fault("WRONG_LIFE", at, op, "no reference is left");
  const left = --slots[at.slot + REFERENCE_SLOT];
  if (left === 0) slots[at.slot + LIFE_SLOT] = DROPPED;
  return left;
}

/** The context is as it was before creation. What the secure world holds is not in the context. */
function free(layout: Layout, slots: Int32Array, at: Location): void {
  for (const location of layout.locations) {
    if (location.owner !== at.owner || location.kind === "secureWorld") continue;
    for (let i = location.slot; i < location.slot + location.slots; i++) {
      slots[i] = layout.initialSlots[i];
    }
  }
}

/** @throws SyncFault WRONG_LOCATION for a location that nobody in the secure world answers for */
function answersOf(at: Location, op: Operation): readonly number[] {
  if (at.kind !== "secureWorld") fault("WRONG_LOCATION", at, op, "is no secure world");
  return at.values ?? [];
}

/** Where a secure world says whether it holds an object. */
export const slotOfHandle = (at: Location, handle: number): number =>
  at.slot + Math.floor((handle - 1) / HANDLES_A_SLOT);
export const bitOfHandle = (handle: number): number => 1 << ((handle - 1) % HANDLES_A_SLOT);

const isHeld = (slots: Int32Array, at: Location, handle: number): boolean =>
  handle >= 1 && handle <= at.high && (slots[slotOfHandle(at, handle)] & bitOfHandle(handle)) !== 0;

/** The smallest handle that is free, which is held from now on; or `at.high` + a refusal. */
function share(slots: Int32Array, at: Location, op: Operation, choice: number): number {
  answersOf(at, op);
  if (choice > 0) return at.high + choice;
  let handle = 1;
  while (handle <= at.high && isHeld(slots, at, handle)) handle++;
  if (handle > at.high) {
    fault("VALUE_OUT_OF_RANGE", at, op, `more than ${at.high} memory objects`);
  }
  slots[slotOfHandle(at, handle)] |= bitOfHandle(handle);
  return handle;
}

/**
 * The index of the answer; OK takes the object back. OK is nothing that can be said of an object
 * that is not held, so the choice of it is then the last answer: no behavior is invented in which
 * one object is given back twice.
 */
function reclaim(slots: Int32Array, at: Location, op: Operation, choice: number): number {
  const answers = answersOf(at, op);
  if (choice > 0) return choice;
  const handle = op.operand;
  if (!isHeld(slots, at, handle)) return answers.length - 1;
  slots[slotOfHandle(at, handle)] &= ~bitOfHandle(handle);
  return choice;
}

function fault(code: SyncFaultCode, at: Location, op: Operation, detail: string): never {
  throw new SyncFault(code, describeLocation(at), `${op.label} (${op.kind}): ${detail}`);
}

export function assertNever(value: never): never {
  throw new Error(`unexpected: ${String(value)}`);
}
