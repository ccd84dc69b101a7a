/**
 * Shared memory for running protocol code straight through: the slots, and the buffers as bytes.
 */
import { execute } from "./execute.js";
import { SyncFault } from "./fault.js";
import { describeLocation, type Layout, type Location } from "./layout.js";
import { BLOCKED, type Operation, type Protocol } from "./operation.js";

export class SharedMemory {
  readonly slots: Int32Array;
  private readonly buffers = new Map<number, Uint8Array>();

  constructor(readonly layout: Layout) {
    this.slots = Int32Array.from(layout.initialSlots);
    for (const at of layout.locations) {
      if (at.kind === "buffer") this.buffers.set(at.index, new Uint8Array(at.high));
    }
  }

  /** Executes one operation, buffers included. @throws SyncFault as `execute` does. */
  execute(op: Operation, actor: number): number {
    const result = execute(this.layout, this.slots, op, actor);
    if (op.kind === "writeBuffer") this.buffers.get(op.at)?.set(op.bytes ?? [], op.operand);
    return result;
  }

  /** The bytes of a buffer, as the guest sees them. */
  bytes(buffer: Location): Uint8Array {
    const bytes = this.buffers.get(buffer.index);
    if (!bytes) throw new SyncFault("WRONG_LOCATION", describeLocation(buffer), "is no buffer");
    return bytes;
  }

  /** Runs protocol code to its end, alone. @throws SyncFault WOULD_BLOCK when it would wait. */
  run<T>(code: Protocol<T>, actor: number): T {
    let step = code.next();
    while (!step.done) {
      const result = this.execute(step.value, actor);
      if (result === BLOCKED) {
        const at = describeLocation(this.layout.locations[step.value.at]);
        throw new SyncFault("WOULD_BLOCK", at, `${step.value.label} waits and nobody else runs`);
      }
      step = code.next(result);
    }
    return step.value;
  }
}
