/**
 * Shared memory for running protocol code straight through: the slots, and the buffers as bytes.
 */
import { answersTo, execute } from "./execute.js";
import { SyncFault } from "./fault.js";
import { CopiedPages } from "./guestPages.js";
import { describeLocation, type Layout, type Location } from "./layout.js";
import { BLOCKED, type Operation, type Protocol } from "./operation.js";

/** Answers for the environment: the index of one of `at.values`, where 0 is OK. */
export type Answer = (op: Operation, at: Location) => number;

/** A secure world that grants all. */
const answerOk: Answer = () => 0;

export class SharedMemory {
  readonly slots: Int32Array;
  private readonly buffers = new Map<number, Uint8Array>();

  /** @param pages What keeps copies of guest pages; null where the environment chooses them. */
  constructor(
    readonly layout: Layout,
    private readonly pages: CopiedPages | null = new CopiedPages(),
  ) {
    this.slots = Int32Array.from(layout.initialSlots);
    for (const at of layout.locations) {
      if (at.kind === "buffer" || at.kind === "guestPage")
        this.buffers.set(at.index, new Uint8Array(at.high));
    }
  }

  /** Executes one operation, buffers included. @throws SyncFault as `execute` does. */
  execute(op: Operation, actor: number, choice = 0): number {
    const result = execute(this.layout, this.slots, op, actor, choice);
    if (op.kind === "copy" && this.pages !== null) {
      return this.pages.take(this.bytes(this.layout.locations[op.at]));
    }
    if (op.kind === "writeBuffer") this.buffers.get(op.at)?.set(op.bytes ?? [], op.operand);
    return result;
  }

  /** The same, with the secure world asked where it is its turn. */
  executeWith(op: Operation, actor: number, answer: Answer): number {
    const isAsked = answersTo(this.layout, op) !== undefined;
    return this.execute(op, actor, isAsked ? answer(op, this.layout.locations[op.at]) : 0);
  }

  /** The bytes of a buffer, as the guest sees them. */
  bytes(buffer: Location): Uint8Array {
    const bytes = this.buffers.get(buffer.index);
    if (!bytes) throw new SyncFault("WRONG_LOCATION", describeLocation(buffer), "is no buffer");
    return bytes;
  }

  /**
   * Runs protocol code to its end, alone.
   *
   * @param answer Asked for each operation that the secure world answers. Default: it says OK.
   * @throws SyncFault WOULD_BLOCK when the code would wait, CHOICE_OUT_OF_RANGE for an answer that
   *   is none of those declared, and as `execute` does.
   */
  run<T>(code: Protocol<T>, actor: number, answer = answerOk): T {
    let step = code.next();
    while (!step.done) {
      const op = step.value;
      const result = this.executeWith(op, actor, answer);
      if (result === BLOCKED) {
        const where = describeLocation(this.layout.locations[op.at]);
        throw new SyncFault("WOULD_BLOCK", where, `${op.label} waits and nobody else runs`);
      }
      step = code.next(result);
    }
    return step.value;
  }
}
