/** A call that its caller takes step by step, so that others can come in between. */
import type { Registers } from "./abi.js";
import { BLOCKED, type Operation, type Protocol } from "./sync/index.js";
import { UsageError } from "./usageError.js";

export interface PendingCall {
  /** The step that comes next, by the model's name; undefined when the call has ended. */
  readonly next: string | undefined;
  /** w0..w7, each 0..2^32-1, when the call has ended. */
  readonly answer: Registers | undefined;
  /**
   * Takes the next step.
   *
   * @returns false, and nothing has changed, where the step waits: for a lock that another call
   *   holds, or for the domain.
   * @throws SyncFault when the code misuses what it shares, as a design with a defect may.
   *   UsageError CALL_ENDED; VCPU_GONE, DOMAIN_ABSENT when the vCPU's domain is gone; BAD_ANSWER
   */
  step(): boolean;
}

/** Runs a call's code one operation at a time. */
export class StepwiseCall implements PendingCall {
  private at: IteratorResult<Operation, Registers>;

  /** @param execute Gives an operation's result, or {@link BLOCKED}. */
  constructor(
    private readonly code: Protocol<Registers>,
    private readonly execute: (op: Operation) => number,
  ) {
    this.at = code.next();
  }

  get next(): string | undefined {
    return this.at.done ? undefined : this.at.value.label;
  }

  get answer(): Registers | undefined {
    return this.at.done ? this.at.value : undefined;
  }

  step(): boolean {
    if (this.at.done) throw new UsageError("CALL_ENDED", "the call has been answered");
    const result = this.execute(this.at.value);
    if (result === BLOCKED) return false;
    this.at = this.code.next(result);
    return true;
  }
}
