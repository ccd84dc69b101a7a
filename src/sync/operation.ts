/**
 * What protocol code hands to whoever runs it: one operation on shared memory, as plain data.
 *
 * Protocol code is a generator. It yields an operation, the runner executes it as one step, and
 * the result comes back as a small integer. Between two operations the code is deterministic and
 * touches nothing shared, so the same code can be run straight through, stepped by a scheduler,
 * driven by a trace, or explored exhaustively. Where the environment has a say in a result, such as
 * the secure world in what it answers, the runner chooses for it: see `choicesOf`.
 */

/** Every kind of operation; `execute` gives each its meaning. */
export type OperationKind =
  | "lock"
  | "tryLock"
  | "unlock"
  | "readLock"
  | "readUnlock"
  | "writeLock"
  | "writeUnlock"
  | "read"
  | "write"
  | "add"
  | "append"
  | "unlink"
  | "next"
  | "contains"
  | "pop"
  | "writeBuffer"
  | "copy"
  | "create"
  | "start"
  | "enter"
  | "leave"
  | "pause"
  | "get"
  | "put"
  | "hold"
  | "letGo"
  | "raise"
  | "free"
  | "set"
  | "fire"
  | "tell"
  | "share"
  | "reclaim";

/**
 * One step. It holds numbers and strings only, so it can be stored, compared, sent and replayed.
 */
export interface Operation {
  /** The name of the action in the model, and of the record in a trace. */
  readonly label: string;
  readonly kind: OperationKind;
  /** The index of the location in the layout. */
  readonly at: number;
  /** The operand: a value to write, an amount to add, a list member, an offset, a handle. */
  readonly operand: number;
  /** For `writeBuffer`: the bytes written, each 0..255. */
  readonly bytes?: readonly number[];
}

/** Code that touches shared memory through operations only, and ends with a `T`. */
export type Protocol<T> = Generator<Operation, T, number>;

/** The result of an operation that has nothing to tell. */
export const DONE = 0;

/** What `execute` answers when the operation cannot be taken now: the step is not enabled. */
export const BLOCKED = -1;

/** Yields one operation and passes its result on. */
export function* perform(
  label: string,
  kind: OperationKind,
  at: number,
  operand = 0,
): Protocol<number> {
  return yield { label, kind, at, operand };
}
